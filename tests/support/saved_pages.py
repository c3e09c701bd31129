"""Saved pages as fixtures: which of the product's locators find something on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import Frame, Page

from troubleshooter.steps.locator_catalogue import CATALOGUE

FOLDER = Path(__file__).parents[1] / "data" / "pages"
MATCHES = FOLDER / "matches.json"
GROUPS: Mapping[str, Sequence[str]] = {
    id_: definition.all for id_, definition in CATALOGUE.items() if definition.page not in ("privacy", "photo-dialog")
}
"""Locators by what they look for, most trusted first."""


async def counts(frame: Page | Frame) -> dict[str, tuple[int, int]]:
    """Return, by locator that matches something, how many elements it matches and how many of them are visible."""
    found = {}
    for locator in dict.fromkeys(locator for group in GROUPS.values() for locator in group):
        elements = frame.locator(locator)
        if number := await elements.count():
            found[locator] = (number, await elements.filter(visible=True).count())
    return found


async def matches_in(tab: Page, page: str) -> dict[str, str]:
    """Open a saved page in `tab`; return, by group, the first locator that matches and how many elements."""
    await tab.set_content(page)
    there = await counts(tab)
    first = {name: next((one for one in group if one in there), None) for name, group in GROUPS.items()}
    return {name: f"{one} ({there[one][0]}, {there[one][1]} visible)" for name, one in first.items() if one}
