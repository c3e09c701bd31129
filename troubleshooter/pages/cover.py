"""Removes what covers an element: teaching bubbles, banners, veils (facts on sign-in and home, §5).

Only what really covers the element is closed, and only with a button that says so, because any other button may be a
choice.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from playwright.async_api import ElementHandle

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, in_time

if TYPE_CHECKING:
    from playwright.async_api import Locator

_COVER = files("troubleshooter.pages").joinpath("cover.js").read_text(encoding="utf-8")
_BUBBLES = 3
"""The maximum number of bubbles to close, one after the other."""
_CLICK_MS = 2000
"""Milliseconds that a click on a bubble's button may take."""


async def uncover(element: ElementHandle | Locator, seconds: float, card: ElementHandle | None = None) -> bool:
    """Close what covers `element`, or wait until it disappears; return whether `element` can be seen.

    Args:
        seconds: how long to wait for a cover without a button, because a spinner disappears by itself.
        card: the card that `element` belongs to, whose own badges and frames do not count as covers.
    """
    for _ in range(_BUBBLES):
        try:
            with browser_failures():
                answer = await element.evaluate_handle(_COVER, card)
                button = answer.as_element()
                if button is None:
                    return bool(await answer.json_value()) or await _disappears(element, seconds, card)
                await button.click(timeout=_CLICK_MS)
        except TimedOut:
            return await _disappears(element, seconds, card)
        except BrowserFailure:
            return True  # the element is gone or has changed; whatever is seen then is reported as usual
    return await _disappears(element, seconds, card)


async def _disappears(element: ElementHandle | Locator, seconds: float, card: ElementHandle | None) -> bool:
    handle = element if isinstance(element, ElementHandle) else await element.element_handle()
    frame = await handle.owner_frame()
    if frame is None:
        return True
    script = f"([element, card]) => ({_COVER})(element, card) === true"
    limit = seconds * 1000
    return await in_time(frame.wait_for_function(script, arg=[handle, card], timeout=limit, polling=250))
