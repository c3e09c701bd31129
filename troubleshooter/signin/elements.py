"""Finds the usable elements of a sign-in page, in whose document finished views stay, hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import Wanted
from troubleshooter.signin.probe import VISIBLE

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Locator, Page

_AT_ONCE_MS = 1000
"""Milliseconds for an element to respond. Existing ones do so immediately; Playwright waits for others to return."""
_USABLE = f"(e) => {{ {VISIBLE} return usable(e); }}"
_ANY = f"(s) => {{ {VISIBLE} return [...document.querySelectorAll(s)].some(usable); }}"
_ROOMY = f"(e) => {{ {VISIBLE} return roomy(e); }}"
_MATCHED = "(e, selectors) => selectors.find((s) => e.matches(s)) || ''"
_VISIBLE = f"(e) => {{ {VISIBLE} return visible(e); }}"


async def usable(page: Page, wanted: Wanted, seconds: float = 0) -> Locator | None:
    """Return the first element of `wanted` that a person could use.

    Args:
        seconds: how long to wait for it, because a button may be disabled until something is typed.
    """
    use = locators()
    found = await any_usable(page, use.css(wanted), seconds)
    selectors = list(use.selectors(wanted))
    if found and (matched := await or_default(found.evaluate(_MATCHED, selectors, timeout=_AT_ONCE_MS), "")):
        use.found(wanted, matched)
    elif not found:
        use.missed(wanted)
    return found


async def any_usable(page: Page, selector: str, seconds: float = 0) -> Locator | None:
    """Return the first element of `selector` that a person could use; `seconds` as for `usable`."""
    if seconds:
        await or_default(page.wait_for_function(_ANY, arg=selector, timeout=seconds * 1000), None)
    for locator in await page.locator(selector).all():
        if await is_usable(locator):
            return locator
    return None


async def is_usable(locator: Locator) -> bool:
    """Return whether a person could use the element; an element that is gone can't be used."""
    answer = locator.evaluate(_USABLE, timeout=_AT_ONCE_MS)
    return bool(await or_default(answer, False, unless_closed=locator.page))


async def pinned(locator: Locator) -> ElementHandle | None:
    """Return the very element that `locator` finds now, whatever takes its place later; None if there is none."""
    return await or_default(locator.element_handle(timeout=_AT_ONCE_MS), None, unless_closed=locator.page)


async def is_in_sight(frame: Frame) -> bool:
    """Return whether a person can see `frame`: large enough to hold a form, within frames that are visible."""
    script, at = _ROOMY, frame
    while at.parent_frame:
        if not await (await at.frame_element()).evaluate(script):
            return False
        script, at = _VISIBLE, at.parent_frame
    return True
