"""Removes what covers an element: tours, tips, teaching bubbles, banners, veils (sign-in and home §5, real pages 1.9).

Only what really covers the element is closed: by a button that says so, by one with a cross in a corner, or by the only
button there is. The buttons of a teaching popover only turn its pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, in_time, or_default
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.window_view import BOX, box_in
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.pages.handles import THE, HeldElement, in_full

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Locator

    from troubleshooter.evidence.window_shot import Box

_COVER = files("troubleshooter.pages").joinpath("cover.js").read_text(encoding="utf-8")
_UNCOVER = f"(element, [card, mode]) => ({_COVER})(element, card, mode)"
_IS_UNCOVERED = f"{_UNCOVER} === true"
_REVEAL = f"""(element, card) => {{
  {BOX}
  element.scrollIntoViewIfNeeded();
  let uncovered = true;
  try {{ uncovered = ({_COVER})(element, the(card), '') === true; }} catch {{ /* it has changed, as in `uncover` */ }}
  return {{ uncovered, box: window === window.top ? boxOf(element) : null }};
}}"""
_IN_WINDOW = f"""(pairs) => {{
  {BOX}
  {THE}
  return pairs.map(([element, card]) => {{
    let uncovered = true;
    try {{ uncovered = ({_COVER})(the(element), the(card), '') === true; }} catch {{ /* as above */ }}
    return uncovered && window === window.top ? boxOf(the(element)) : null;
  }});
}}"""
_STAYS = 2.0
"""Seconds after which a cover that can't be closed by a button is tried with the Escape key."""
_BUBBLES = 6
"""The maximum number of bubbles to close, one after the other."""
_CLICK_MS = 2000
"""Milliseconds that a click on a bubble's button may take."""


@dataclass(frozen=True)
class Revealed:
    """An element that was scrolled into view."""

    uncovered: bool
    """Whether nothing covers it."""
    box: Box | None
    """Where it is in the window; None if it has no box, or is in a frame."""


async def reveal(element: HeldElement, card: HeldElement) -> Revealed:
    """Scroll `element` into view unless it is; return where it is then, and whether it can be seen.

    Args:
        card: what belongs to `element`, as for `uncover`.
    """
    told: dict[str, object] = await element.evaluate(_REVEAL, card.given)
    return Revealed(told["uncovered"] is True, box_in(told["box"]))


async def boxes_in_window(pairs: Sequence[tuple[HeldElement, HeldElement]], frame: Frame) -> list[Box | None]:
    """Return where several elements of `frame` are now; None for one that is covered, has no box, or is in a frame.

    Args:
        pairs: each element, and what belongs to it, as for `uncover`.
    """
    given = [[element.given, card.given] for element, card in pairs]
    return [box_in(box) for box in in_full(await frame.evaluate(_IN_WINDOW, given), len(pairs))]


async def uncover(
    element: ElementHandle | Locator, seconds: float, card: ElementHandle | None = None, *, mode: str = ""
) -> bool:
    """Close what covers `element`, or wait until it disappears; return whether `element` can be seen.

    Args:
        seconds: how long to wait for a cover without a button: a spinner disappears by itself.
        card: what belongs to `element`, so that its own badge or frame does not count as a cover.
        mode: `sure` leaves out guesses.
    """
    for _ in range(_BUBBLES):
        try:
            with browser_failures():
                if await element.evaluate(_IS_UNCOVERED, [card, mode]):
                    return True
                answer = await element.evaluate_handle(_UNCOVER, [card, mode])
                button = answer.as_element()
                if button is None:
                    return bool(await answer.json_value()) or await _disappears(element, seconds, card)
                await button.click(timeout=_CLICK_MS)
        except TimedOut:
            return await _disappears(element, seconds, card)
        except BrowserFailure:
            return True  # the element is gone or has changed; whatever is seen then is reported as usual
    return await _disappears(element, seconds, card)


async def needs_uncovered(element: Locator, seconds: float, name: str) -> None:
    """Close what covers `element`, also by the Escape key, or wait until it disappears.

    Args:
        seconds: how long to wait for a cover without a button.
        name: the page object's name.

    Raises:
        CannotTell: it stays covered (`page-changed`); the message says by what.
    """
    if await uncover(element, min(seconds, _STAYS), mode="sure"):
        return
    if await in_time(element.click(trial=True, timeout=_CLICK_MS)):
        return  # what covers it, such as a tint, lets clicks through
    await element.page.keyboard.press("Escape")
    if await uncover(element, seconds):
        return
    cover = await or_default(element.evaluate(_UNCOVER, [None, "words"]), "")
    note = message("Something covers the next element to select and cannot be closed: {cover}", cover=cover)
    raise CannotTell(Reason.PAGE_CHANGED, note, page=name)


async def _disappears(element: ElementHandle | Locator, seconds: float, card: ElementHandle | None) -> bool:
    from playwright.async_api import ElementHandle  # noqa: PLC0415 - loaded by whoever made the element

    handle = element if isinstance(element, ElementHandle) else await element.element_handle()
    frame = await handle.owner_frame()
    if frame is None:
        return True
    script = f"([element, card]) => ({_COVER})(element, card) === true"
    limit = seconds * 1000
    return await in_time(frame.wait_for_function(script, arg=[handle, card], timeout=limit, polling=250))
