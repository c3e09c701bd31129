"""Saved pages as fixtures: which of the product's locators find something on them."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page

from troubleshooter.steps.locator_catalogue import CATALOGUE

FOLDER = Path(__file__).parents[1] / "data" / "pages"
MATCHES = FOLDER / "matches.json"
ANY = re.compile(r"[a-z]+(?:, [a-z#]+)*")
"""A selector that is the name of an element finds one on every page."""


async def counts(tab: Page) -> dict[str, tuple[int, int]]:
    """Return, by selector that matches something, how many elements it matches and how many of them are visible."""
    found = {}
    for selector in dict.fromkeys(selector for one in CATALOGUE.values() for selector in one.all):
        elements = tab.locator(selector)
        if not ANY.fullmatch(selector) and (number := await elements.count()):
            found[selector] = (number, await elements.filter(visible=True).count())
    return found


async def matches_in(tab: Page, page: str) -> dict[str, str]:
    """Open a saved page in `tab`; return, by locator, its first selector that matches and how many elements it does."""
    await tab.set_content(page)
    there = await counts(tab)
    first = {name: next((one for one in found.all if one in there), None) for name, found in CATALOGUE.items()}
    return {name: f"{one} ({there[one][0]}, {there[one][1]} visible)" for name, one in first.items() if one}
