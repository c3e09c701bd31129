"""Saved pages as fixtures: which of the product's locators find something on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import Frame, Page

from troubleshooter.pages import account_panel, launcher, site_page
from troubleshooter.signin.selectors import AT
from troubleshooter.surfaces import SURFACES

FOLDER = Path(__file__).parents[1] / "data" / "pages"
MATCHES = FOLDER / "matches.json"
GROUPS: Mapping[str, Sequence[str]] = {
    **{surface.value: definition.locators for surface, definition in SURFACES.items() if definition.locators},
    "launcher: waffle": launcher._WAFFLE,
    "launcher: drawer": launcher._DRAWER,
    "launcher: all apps": launcher._ALL_APPS,
    **{f"launcher: {app.name}": app.ids for app in (launcher.SHAREPOINT, launcher.ONEDRIVE)},
    "account panel": account_panel._OPENED,
    "account panel: address": account_panel._SECONDARY,
    "account panel: name": account_panel._NAME,
    "site page: canvas": site_page._CANVAS,
    **{f"sign-in: {name}": (selector,) for name, selector in AT.items()},
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
