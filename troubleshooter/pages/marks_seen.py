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
    """Which of its selectors matched first, from 0."""
    count: int
    """How many elements it matched, on the page and in its frames."""
    visible: int
    """How many of them are visible."""


async def marks_seen(page: Page, wanted: Mapping[str, Sequence[str]]) -> dict[str, MarkSeen]:
    """Return which of the marks `wanted` the page has, by name; each is a list of selectors, most trusted first."""
    given = {name: list(selectors) for name, selectors in wanted.items()}
    found: dict[str, MarkSeen] = {}
    for frame in page.frames:
        rows: object = await or_default(frame.evaluate(_SEEN, given), {})
        for name, row in rows.items() if isinstance(rows, dict) else ():
            if name not in given or not _is_row(row, len(given[name])):
                continue  # a script of the page made it
            position, count, visible = row
            known = found.get(name)
            if known is None or position < known.position:
                found[name] = MarkSeen(position, count, visible)
            elif position == known.position:
                found[name] = MarkSeen(position, known.count + count, known.visible + visible)
    return found


def _is_row(row: object, selectors: int) -> bool:
    numbers = isinstance(row, list) and len(row) == 3 and all(type(number) is int for number in row)
    return numbers and isinstance(row, list) and 0 <= row[0] < selectors
