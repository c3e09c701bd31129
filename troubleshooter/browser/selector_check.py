"""Asks the browser whether the selectors of `locators.toml` are any, before it visits anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures, succeeded
from troubleshooter.browser.locator_use import locators, place_of_repair
from troubleshooter.browser.session import Session
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from playwright.async_api import Page

_REFUSED = """(selectors) => selectors.filter((selector) => {
  try { document.createDocumentFragment().querySelector(selector); return false; } catch { return true; }
})"""


async def check_repairs(session: Session) -> None:
    """Check the repairs of the present run in a tab of their own.

    Raises:
        InputError: one is not a selector for this browser; the error names its file, id and position.
    """
    use = locators()
    if not use.repairs:
        return
    try:
        with browser_failures():
            tab = await session.tab()
            refused = await _refused_by(tab, [one for rows in use.repairs.values() for one in rows])
            await tab.close()
    except BrowserFailure:
        return  # whatever the browser cannot do now is reported where it is needed
    for id_, rows in use.repairs.items():
        for number, selector in enumerate(rows, 1):
            if selector in refused:
                place = place_of_repair(id_, number, len(rows))
                why = "the browser does not accept it; expected CSS that selects elements"
                raise InputError(use.file, f"{place}: {selector!r}: {why}")


async def _refused_by(tab: Page, selectors: list[str]) -> list[str]:
    """Return those of `selectors` that scripts on a page, or Playwright, cannot search for."""
    refused: list[str] = await tab.evaluate(_REFUSED, selectors)
    # Playwright reads selectors itself, and knows no pseudo-elements, for instance.
    if refused or await _found_by_playwright(tab, *selectors):
        return refused
    refused = [selector for selector in selectors if not await _found_by_playwright(tab, selector)]
    await tab.evaluate("() => 0")  # a browser that is gone has said nothing about them
    return refused


async def _found_by_playwright(tab: Page, *selectors: str) -> bool:
    css = ", ".join(f":is({selector})" for selector in selectors)
    return await succeeded(tab.locator(css).count())
