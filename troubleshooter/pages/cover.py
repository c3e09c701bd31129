"""Takes away what lies over an element: teaching bubbles, banners, veils (facts on sign-in and home, §5).

Only what really covers the element is touched, and only by a button that says it closes: any other may be a choice.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from playwright.async_api import ElementHandle

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, in_time

if TYPE_CHECKING:
    from playwright.async_api import Locator

_COVER = files("troubleshooter.pages").joinpath("cover.js").read_text(encoding="utf-8")
_CLOSED = 3
"""At most so many bubbles are closed, one after the other."""
_SHORT_MS = 2000
"""How long a bubble's button may take to be clicked."""


async def uncover(one: ElementHandle | Locator, seconds: float, card: ElementHandle | None = None) -> bool:
    """Close what covers `one`, or wait until it goes away; return whether `one` can be seen where it is.

    Args:
        seconds: how long a cover without a button is waited for: a spinner goes by itself.
        card: what belongs to `one`, so that a badge or a frame of its own counts as no cover.
    """
    for _ in range(_CLOSED):
        try:
            with browser_failures():
                answer = await one.evaluate_handle(_COVER, card)
                button = answer.as_element()
                if button is None:
                    return bool(await answer.json_value()) or await _goes(one, seconds, card)
                await button.click(timeout=_SHORT_MS)
        except TimedOut:
            return await _goes(one, seconds, card)
        except BrowserFailure:
            return True  # it went away, or no longer is what it was: what is seen then is told as always
    return await _goes(one, seconds, card)


async def _goes(one: ElementHandle | Locator, seconds: float, card: ElementHandle | None) -> bool:
    handle = one if isinstance(one, ElementHandle) else await one.element_handle()
    frame = await handle.owner_frame()
    if frame is None:
        return True
    script = f"([one, card]) => ({_COVER})(one, card) === true"
    return await in_time(frame.wait_for_function(script, arg=[handle, card], timeout=seconds * 1000, polling=250))
