"""Writes the evidence of a cause in lines of text: equal sentences once, with their number and their pages."""

from __future__ import annotations

from collections.abc import Iterable

from troubleshooter.locale import isolate
from troubleshooter.model.records import Evidence, Sighting
from troubleshooter.report.context import ReportContext
from troubleshooter.report.wording import page_name, sentence


def evidence_lines(evidence: Iterable[Evidence], context: ReportContext) -> list[str]:
    """Return a line for each different sentence: how often it is said, and of which pages."""
    pages: dict[str, list[str]] = {}
    for point in evidence:
        pages.setdefault(sentence(context.wording.say(point)), []).append(_page(point.ref, context))
    return [_line(text, found, context) for text, found in pages.items()]


def _line(text: str, pages: list[str], context: ReportContext) -> str:
    names = ", ".join(dict.fromkeys(isolate(page) for page in pages if page))
    times = f"{context.wording.catalogue.number(len(pages), 0)} ×" if len(pages) > 1 else ""
    more = ": ".join(filter(None, (times, names)))
    return f"{text} ({more})" if more else text


def _page(ref: str | None, context: ReportContext) -> str:
    """Return the name of the page on which a piece of evidence was seen; empty if it is not about one."""
    seen = _seen(ref, context)
    return page_name(seen.page_url) if seen and seen.page is not None else ""


def _seen(ref: str | None, context: ReportContext) -> Sighting | None:
    """Return the sighting that a reference leads to, by itself or as one of the two sides of a comparison."""
    record, (kind, _, name) = context.record, (ref or "").partition("/")
    number = int(name) if name.isascii() and name.isdecimal() else -1
    if kind == "comparisons" and 0 <= number < len(record.comparisons):
        row = record.comparisons[number]
        sides = [side for side in (row.a, row.b) if isinstance(side, int) and side != record.reference]
        kind, number = "sightings", sides[0] if sides else -1
    return record.sightings[number] if kind == "sightings" and 0 <= number < len(record.sightings) else None
