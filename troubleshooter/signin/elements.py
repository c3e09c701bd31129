"""Finds the usable elements of a sign-in page, in whose document finished views stay, hidden."""

from __future__ import annotations

from collections.abc import Sequence
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
_FIRST = f"""(found, selectors) => {{
  {VISIBLE}
  const first = found.findIndex(usable);
  return [first, first < 0 ? '' : selectors.find((s) => found[first].matches(s)) || ''];
}}"""
"""Which of the elements is the first that can be used, -1 for none, and the first selector that matches it."""
_OF_DOCUMENT = "(e, document) => (performance.timeOrigin === document ? e : null)"
"""The element, if its document has that value of `Probe.document`."""
_VISIBLE = f"(e) => {{ {VISIBLE} return visible(e); }}"


async def usable(page: Page, wanted: Wanted, seconds: float = 0) -> Locator | None:
    """Return the first element of `wanted` that a person could use.

    Args:
        seconds: how long to wait for it, because a button may be disabled until something is typed.
    """
    use = locators()
    found, matched = await _first_usable(page, use.css(wanted), list(use.selectors(wanted)), seconds)
    if matched:
        use.found(wanted, matched)
    elif not found:
        use.missed(wanted)
    return found


async def any_usable(page: Page, selector: str, seconds: float = 0) -> Locator | None:
    """Return the first element of `selector` that a person could use; `seconds` as for `usable`."""
    return (await _first_usable(page, selector, [], seconds))[0]


async def _first_usable(page: Page, css: str, selectors: Sequence[str], seconds: float) -> tuple[Locator | None, str]:
    """Return the first element of `css` that a person could use, and which of `selectors` matches it."""
    if seconds:
        await or_default(page.wait_for_function(_ANY, arg=css, timeout=seconds * 1000), None)
    every = page.locator(css)
    answer: object = await or_default(every.evaluate_all(_FIRST, list(selectors)), None, unless_closed=page)
    match answer:
        case [int(first), str(matched)]:
            return (every.nth(first), matched if matched in selectors else "") if first >= 0 else (None, "")
    # The page was about to change: what is there now is asked one by one.
    for locator in await every.all():
        if await is_usable(locator):
            return locator, ""
    return None, ""


async def is_usable(locator: Locator) -> bool:
    """Return whether a person could use the element; an element that is gone can't be used."""
    answer = locator.evaluate(_USABLE, timeout=_AT_ONCE_MS)
    return bool(await or_default(answer, False, unless_closed=locator.page))


async def pinned(locator: Locator, *, in_document: float | None = None) -> ElementHandle | None:
    """Return the very element that `locator` finds now, whatever takes its place later; None if there is none.

    Args:
        in_document: when the document began in which alone it counts, as `Probe.document` says it.
    """
    if in_document is None:
        return await or_default(locator.element_handle(timeout=_AT_ONCE_MS), None, unless_closed=locator.page)
    found = locator.evaluate_handle(_OF_DOCUMENT, in_document, timeout=_AT_ONCE_MS)
    handle = await or_default(found, None, unless_closed=locator.page)
    return handle.as_element() if handle else None


async def is_in_sight(frame: Frame) -> bool:
    """Return whether a person can see `frame`: large enough to hold a form, within frames that are visible."""
    script, at = _ROOMY, frame
    while at.parent_frame:
        if not await (await at.frame_element()).evaluate(script):
            return False
        script, at = _VISIBLE, at.parent_frame
    return True
