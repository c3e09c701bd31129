"""Builds the table of what each place showed at the last conclusive check, and what it shows now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from troubleshooter.locale import N_
from troubleshooter.model.enums import Kind, MatchVerdict, Surface
from troubleshooter.model.records import Change
from troubleshooter.report.anchors import Link
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import kind_of
from troubleshooter.report.wording import ID_NAMES, Moment, page_name, sentence

_SHOWN = {
    MatchVerdict.SAME: ("good", N_("the right photo")),
    MatchVerdict.DIFFERENT: ("bad", N_("a different picture")),
    MatchVerdict.UNDETERMINED: ("open", N_("a picture that could not be identified")),
}
RIGHT = _SHOWN[MatchVerdict.SAME][1]
"""What a change says of a place that shows the right photo."""
_TONES = {text: tone for tone, text in _SHOWN.values()}


@dataclass(frozen=True)
class MatrixCell:
    """What a place showed at one time."""

    tone: str
    text: str


@dataclass(frozen=True)
class MatrixRow:
    """One place at both times."""

    place: str
    before: MatrixCell
    now: MatrixCell
    changed: bool
    link: Link | None


@dataclass(frozen=True)
class Matrix:
    """The places, at the time of the last conclusive check and now."""

    before: Moment
    now: Moment
    rows: tuple[MatrixRow, ...]


def recheck_matrix(context: ReportContext) -> Matrix | None:
    """Return the table; None where nothing is compared with an earlier check."""
    record, wording = context.record, context.wording
    if record.last_known is None or not context.view.tells:
        return None
    now = record.finished or record.started
    rows = (*_changed(context), *_unchanged(context))
    return Matrix(wording.moment(record.last_known.finished), wording.moment(now), rows) if rows else None


def is_of_place(change: Change) -> bool:
    """Return whether `change` has a row of its own in the table."""
    return change.what == "surface" and change.surface is not None


def _of_places(context: ReportContext) -> list[Change]:
    return [change for change in context.record.changes if is_of_place(change)]


def _changed(context: ReportContext) -> Iterator[MatrixRow]:
    _ = context.wording.gettext
    for change in _of_places(context):
        assert change.surface
        before, now = (
            MatrixCell(_TONES.get(text, ""), _(ID_NAMES.get(text, text)))
            for text in (change.before or "", change.after or "")
        )
        place = _place(context, change.surface, change.page_url)
        yield MatrixRow(place, before, now, changed=True, link=context.anchors.link(change.ref))


def _unchanged(context: ReportContext) -> Iterator[MatrixRow]:
    """Yield each place that shows the same as before: the comparison of the two checks lists all others."""
    changed = {(change.surface, change.page_url) for change in _of_places(context)}
    places: dict[tuple[Surface, str | None], tuple[MatrixCell, int]] = {}
    for index, sighting in context.view.in_private_session:
        place = (sighting.surface, sighting.page_url if sighting.page is not None else None)
        if place not in changed and (place not in places or places[place][0].tone == "good"):
            places[place] = (what_it_showed(context, index), index)
    for (surface, url), (cell, index) in places.items():
        link = context.anchors.link(f"sightings/{index}")
        yield MatrixRow(_place(context, surface, url), cell, cell, changed=False, link=link)


def what_it_showed(context: ReportContext, index: int) -> MatrixCell:
    """Return what the sighting with this index shows, compared with the reference."""
    sighting, _ = context.record.sightings[index], context.wording.gettext
    if sighting.kind is not Kind.PHOTO:
        return MatrixCell("", _(kind_of(sighting)))
    row = context.view.with_reference(index)
    if index != context.record.reference and row is None:
        return MatrixCell("", _("not compared"))
    tone, text = _SHOWN[row[1].verdict if row else MatchVerdict.SAME]
    return MatrixCell(tone, _(text))


def _place(context: ReportContext, surface: Surface, url: str | None) -> str:
    return " · ".join(part for part in (sentence(context.wording.surface(surface)), page_name(url)) if part)
