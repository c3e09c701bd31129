"""Builds one avatar as the page shows it, with its comparison with the reference."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.model.enums import Kind, MatchVerdict, Source
from troubleshooter.model.records import Comparison, Sighting
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import CODES, MATCH_TONES, MATCHES, SOURCES, kind_of
from troubleshooter.report.picture_files import ShownPicture
from troubleshooter.report.what_is_shown import what_is_shown
from troubleshooter.report.wording import Moment, Wording, page_name, sentence


@dataclass(frozen=True)
class ComparisonText:
    """An avatar's comparison with the reference, as text."""

    id: str
    tone: str
    word: str
    distance: str
    limit: str
    what: str
    """What differs; may be empty."""


@dataclass(frozen=True)
class AvatarFigure:
    """One avatar as the page shows it."""

    id: str
    name: str
    technical: str
    picture: ShownPicture | None
    alt: str
    tile: str
    """The text of the neutral tile that is shown in place of the picture."""
    size: str = ""
    store: str = ""
    page: str = ""
    seen: Moment | None = None
    match: ComparisonText | None = None
    state: str = ""
    """Why it was not compared, if its picture alone does not show that."""
    shows: str = ""
    """An id for what it shows, compared with the reference; avatars with the same id can be counted together."""
    choice: str = ""
    """Its entry in the two lists of the picture comparison; empty without a picture."""


def comparison_text(comparison: Comparison, number: int, wording: Wording) -> ComparisonText:
    """Return the comparison with this number as readable text."""
    _ = wording.gettext
    if comparison.verdict is MatchVerdict.SAME:
        what = ""
    elif comparison.said is not None:
        what = wording.say(comparison.said)
    else:
        what = _(CODES.get(comparison.code) or comparison.reason)
    return ComparisonText(
        id=f"comparisons-{number}",
        tone=MATCH_TONES[comparison.verdict],
        word=_(MATCHES[comparison.verdict]),
        distance="" if comparison.score is None else wording.catalogue.number(comparison.score),
        limit=wording.catalogue.number(comparison.limit),
        what=what,
    )


def avatar_figure(index: int, sighting: Sighting, context: ReportContext) -> AvatarFigure:
    """Return the sighting with this index as a figure."""
    wording, _ = context.wording, context.wording.gettext
    picture = context.pictures.show(sighting.preview) or context.pictures.show(sighting.shot)
    name = wording.surface(sighting.surface)
    row = context.view.with_reference(index)
    return AvatarFigure(
        id=f"sightings-{index}",
        name=sentence(name),
        technical=sighting.surface,
        picture=picture,
        alt=fill(_("{place}: {kind}"), {"place": name, "kind": _(kind_of(sighting))}),
        tile=_tile(sighting, context),
        size=wording.size(sighting.natural_px),
        store="" if sighting.source is Source.SHAREPOINT_COPY else _(SOURCES[sighting.source]),
        page=page_name(sighting.page_url) if sighting.page is not None else "",
        seen=wording.clock(sighting.seen_at),
        match=comparison_text(row[1], row[0], wording) if row else None,
        state=_(kind_of(sighting)) if picture and sighting.kind is Kind.LOADING else "",
        shows=what_is_shown(sighting, row[1] if row else None, context.view),
        choice=sentence(context.anchors.place(index)) if picture else "",
    )


def _tile(sighting: Sighting, context: ReportContext) -> str:
    _ = context.wording.gettext
    if sighting.shot is not None:
        return _("picture file missing")
    if context.view.shows_subject(sighting):
        return _(kind_of(sighting)) if sighting.kind is Kind.LOADING else _("not photographed")
    return _("not identified") if sighting.subject is None else _("somebody else")
