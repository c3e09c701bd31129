"""Writes the sightings of one run as CSV, one a row, with their comparison with the reference."""

from __future__ import annotations

from collections.abc import Iterator

from troubleshooter.locale import catalogue
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record, Sighting, Size, rfc3339
from troubleshooter.report.formats.spreadsheet import spreadsheet
from troubleshooter.report.wording import Wording, sentence

HEADER = (
    *("run", "number", "surface", "place", "page_url", "subject", "identified_by", "is_reference", "kind", "source"),
    *("compared", "score", "limit", "difference", "width_px", "height_px", "rendered_width_px", "rendered_height_px"),
    *("dpr", "seen_at", "step", "session", "status", "url", "shot", "sha256"),
)
"""The columns; `number` is the sighting's index in the record, `compared` how it compares with the reference."""


def sightings_csv(record: Record, *, lang: str = "en") -> str:
    """Return a CSV file with a row for every sighting.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    view, wording = RecordView(record), Wording(catalogue(lang), record)
    return spreadsheet(HEADER, (list(_row(view, wording, i, s)) for i, s in enumerate(record.sightings)))


def _row(view: RecordView, wording: Wording, index: int, sighting: Sighting) -> Iterator[str]:
    record, row = view.record, view.with_reference(index)
    yield from (record.id, str(index), sighting.surface.value, sentence(wording.surface(sighting.surface)))
    yield from (sighting.page_url or "", sighting.subject or "", sighting.identified_by or "")
    yield from ("yes" if index == record.reference else "", sighting.kind.value, sighting.source.value)
    yield from (row[1].verdict.value, _number(row[1].score), _number(row[1].limit)) if row else ("", "", "")
    yield row[1].code if row else ""
    yield from (*_size(sighting.natural_px), *_size(sighting.rendered_px), _number(sighting.dpr))
    yield from (rfc3339(sighting.seen_at), sighting.step, sighting.session.value)
    yield str(sighting.response.status) if sighting.response else ""
    yield from (sighting.url or "", sighting.shot or "", sighting.sha256 or "")


def _size(size: Size | None) -> tuple[str, str]:
    return (str(size[0]), str(size[1])) if size else ("", "")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
