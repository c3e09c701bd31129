"""Builds the row of avatars: the reference, SharePoint's copies, and every other place, each with its distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from troubleshooter.locale import fill
from troubleshooter.model.enums import COPIES, SOURCE_SIDE, Kind, MatchVerdict, Source
from troubleshooter.model.records import Comparison, Sighting
from troubleshooter.report.anchors import EXPECTED
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import CODES, MATCH_TONES, MATCHES, SOURCES, kind_of
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
    src: str | None
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
    choice: str = ""
    """Its entry in the two lists of the picture comparison; empty without a picture."""


@dataclass(frozen=True)
class AvatarGroup:
    """Avatars served by one kind of store."""

    id: str
    title: str
    figures: tuple[AvatarFigure, ...] = field(default=())


def avatar_groups(context: ReportContext) -> tuple[AvatarGroup, ...]:
    """Return the groups of avatars: the reference first, and in each group what differs before what agrees."""
    record, anchors, _ = context.record, context.anchors, context.wording.gettext
    if not record.sightings and record.expected is None:
        return ()
    figures = {i: _figure(i, s, context) for i, s in enumerate(record.sightings) if anchors.among_avatars(i)}
    profile = [i for i in figures if not record.sightings[i].in_private_session]
    others = [i for i in figures if i not in (record.reference, *profile)]
    copies = [i for i in others if record.sightings[i].source in COPIES]
    elsewhere = [i for i in others if i not in copies]
    elsewhere.sort(key=lambda i: record.sightings[i].source not in SOURCE_SIDE)
    groups = (
        AvatarGroup("reference", _("Reference"), (_reference(figures, context),)),
        AvatarGroup("sharepoint", _("SharePoint"), _worst_first(figures[i] for i in copies)),
        AvatarGroup("elsewhere", _("Elsewhere"), _worst_first(figures[i] for i in elsewhere)),
        AvatarGroup("profile", _("In the browser profile"), _worst_first(figures[i] for i in profile)),
    )
    return tuple(group for group in groups if group.figures)


def unidentified_avatars(context: ReportContext) -> tuple[AvatarFigure, ...]:
    """Return the avatars that are not proven to show the subject."""
    sightings, anchors = enumerate(context.record.sightings), context.anchors
    return tuple(_figure(i, s, context) for i, s in sightings if not anchors.among_avatars(i))


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


def _worst_first(figures: Iterable[AvatarFigure]) -> tuple[AvatarFigure, ...]:
    order = {"bad": 0, "open": 1, "": 2, "good": 3}
    return tuple(sorted(figures, key=lambda figure: order[figure.match.tone if figure.match else ""]))


def _figure(index: int, sighting: Sighting, context: ReportContext) -> AvatarFigure:
    wording, _ = context.wording, context.wording.gettext
    src = context.pictures.embed(sighting.preview) or context.pictures.embed(sighting.shot)
    name = wording.surface(sighting.surface)
    row = context.view.with_reference(index)
    return AvatarFigure(
        id=f"sightings-{index}",
        name=name,
        technical=sighting.surface,
        src=src,
        alt=fill(_("{place}: {kind}"), {"place": name, "kind": _(kind_of(sighting))}),
        tile=_tile(sighting, context),
        size=wording.size(sighting.natural_px),
        store="" if sighting.source is Source.SHAREPOINT_COPY else _(SOURCES[sighting.source]),
        page=page_name(sighting.page_url) if sighting.page is not None else "",
        seen=wording.clock(sighting.seen_at),
        match=comparison_text(row[1], row[0], wording) if row else None,
        state=_(kind_of(sighting)) if src and sighting.kind is Kind.LOADING else "",
        choice=sentence(context.anchors.place(index)) if src else "",
    )


def _tile(sighting: Sighting, context: ReportContext) -> str:
    _ = context.wording.gettext
    if sighting.shot is not None:
        return _("picture file missing")
    if context.view.shows_subject(sighting):
        return _(kind_of(sighting)) if sighting.kind is Kind.LOADING else _("not photographed")
    return _("not identified") if sighting.subject is None else _("somebody else")


def _reference(figures: dict[int, AvatarFigure], context: ReportContext) -> AvatarFigure:
    record, wording, _ = context.record, context.wording, context.wording.gettext
    reference = record.reference
    if isinstance(reference, int) and reference in figures:
        return figures[reference]
    if reference == EXPECTED and record.expected is not None:
        src = context.pictures.embed(record.expected.shot)
        return AvatarFigure(
            id=EXPECTED,
            name=_("the expected photo"),
            technical=record.expected.name,
            src=src,
            alt=_("the expected photo"),
            tile=_("picture file missing"),
            size=wording.size(record.expected.natural_px),
            store=_("given with --photo") if record.photo else _("given with --expect"),
            choice=sentence(_("the expected photo")) if src else "",
        )
    return AvatarFigure(
        id="no-reference",
        name=_("no reference"),
        technical="",
        src=None,
        alt="",
        tile=_("none"),
        store=_("nothing to compare the others with"),
    )
