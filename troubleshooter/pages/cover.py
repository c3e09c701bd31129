"""Takes away what lies over an element: teaching bubbles, banners, veils (facts on sign-in and home, §5).

Only what really covers the element is touched, and only by a button that says it closes: any other may be a choice.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from playwright.async_api import Error

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Locator

_COVER = files("troubleshooter.pages").joinpath("cover.js").read_text(encoding="utf-8")
_CLOSED = 3
"""At most so many bubbles are closed, one after the other."""
_SHORT_MS = 2000
"""How long a bubble's button may take to be clicked."""


async def uncover(one: ElementHandle | Locator, card: ElementHandle | None = None) -> bool:
    """Close what covers `one`; return whether it can be seen where it is.

    Args:
        card: what belongs to it, so that a badge or a frame of its own counts as no cover.
    """
    for _ in range(_CLOSED + 1):
        try:
            answer = await one.evaluate_handle(_COVER, card)
            button = answer.as_element()
            if button is None:
                return bool(await answer.json_value())
            await button.click(timeout=_SHORT_MS)
        except Error:
            return True  # it went away, or no longer is what it was: what is seen then is told as always
    return False
