"""Finding what can be used of a sign-in page: the views that are done stay in the document, hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.signin.actions import Target
from troubleshooter.signin.probe import VISIBLE
from troubleshooter.signin.selectors import AT

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Locator, Page

TARGETS = {
    Target.SIGN_IN: AT["sign_in_link"],
    Target.PRIMARY: AT["primary"],
    Target.NO: AT["back"],
    Target.SKIP: AT["skip_proof_up"],
    Target.WORK: AT["work_tile"],
    Target.SSO: AT["sso_consent"],
    Target.ANOTHER_WAY: AT["another_way"],
    Target.TO_PASSWORD: AT["to_password"],
}

_AT_ONCE = 1000
"""Milliseconds in which an element answers that is still there: its library waits for one to come back."""
_USABLE = f"(e) => {{ {VISIBLE} return usable(e); }}"
_ANY = f"(s) => {{ {VISIBLE} return [...document.querySelectorAll(s)].some(usable); }}"
_ROOMY = f"(e) => {{ {VISIBLE} return roomy(e); }}"
_VISIBLE = f"(e) => {{ {VISIBLE} return visible(e); }}"


async def usable(page: Page, selector: str, seconds: float = 0) -> Locator | None:
    """Return the first element of `selector` that a person could use.

    Args:
        seconds: how long to wait for one: a button may wait for what is typed.
    """
    if seconds:
        await or_default(page.wait_for_function(_ANY, arg=selector, timeout=seconds * 1000), None)
    for locator in await page.locator(selector).all():
        if await is_usable(locator):
            return locator
    return None


async def is_usable(locator: Locator) -> bool:
    """Return whether a person could use the element; one that went away meanwhile can't be used."""
    answer = locator.evaluate(_USABLE, timeout=_AT_ONCE)
    return bool(await or_default(answer, False, unless_closed=locator.page))


async def pinned(locator: Locator) -> ElementHandle | None:
    """Return the very element that `locator` finds now, whatever comes to its place later; None where there is none."""
    return await or_default(locator.element_handle(timeout=_AT_ONCE), None, unless_closed=locator.page)


async def in_sight(frame: Frame) -> bool:
    """Return whether a person can see `frame`, large enough to hold a form, in frames that can be seen."""
    script, at = _ROOMY, frame
    while at.parent_frame:
        if not await (await at.frame_element()).evaluate(script):
            return False
        script, at = _VISIBLE, at.parent_frame
    return True
