"""Counts what a page has of known marks, and does nothing else: no clicks, no waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import Page

_SEEN = files("troubleshooter.pages").joinpath("marks_seen.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class MarkSeen:
    """A mark that a page has."""

    position: int
    """Which of its selectors matched, from 0."""
    count: int
    """How many elements it matched, on the page and in its frames."""
    visible: int
    """How many of them are visible."""


async def marks_seen(page: Page, wanted: Mapping[str, Sequence[str]]) -> dict[str, MarkSeen]:
    """Return which of the marks `wanted` the page has, by name, each by the most trusted selector that matches.

    Args:
        wanted: by name, a list of selectors, most trusted first.
    """
    return {name: rows[0] for name, rows in (await every_mark_seen(page, wanted)).items()}


async def every_mark_seen(page: Page, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[MarkSeen]]:
    """Return which of the marks `wanted` the page has, by name, each by every selector that matches."""
    given = {name: list(selectors) for name, selectors in wanted.items()}
    found: dict[str, dict[int, MarkSeen]] = {}
    for frame in page.frames:
        seen: object = await or_default(frame.evaluate(_SEEN, given), {})
        for name, rows in seen.items() if isinstance(seen, dict) else ():
            if name not in given or not isinstance(rows, list):
                continue  # a script of the page made it
            known = found.setdefault(name, {})
            for position, count, visible in (row for row in rows if _is_row(row, len(given[name]))):
                before = known.get(position, MarkSeen(position, 0, 0))
                known[position] = MarkSeen(position, before.count + count, before.visible + visible)
    return {name: [known[position] for position in sorted(known)] for name, known in found.items() if known}


def _is_row(row: object, selectors: int) -> bool:
    numbers = isinstance(row, list) and len(row) == 3 and all(type(number) is int for number in row)
    return numbers and isinstance(row, list) and 0 <= row[0] < selectors
