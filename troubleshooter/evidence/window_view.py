"""Defines what is where in a window, and whether it can be photographed: measured by scripts, as plain data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from troubleshooter.evidence.window_shot import Box

if TYPE_CHECKING:
    from playwright.async_api import FloatRect, Page

BOX = """const boxOf = (e) => {
  const { left, top, width, height } = e.getBoundingClientRect();
  return e.getClientRects().length ? [left, top, width, height] : null;
};"""
"""A statement that defines `boxOf(e)`: where an element is in the window of its document; null if it has no box."""
SHOWS_ANYTHING = """() => {
  const body = document.body;
  if (!body || location.protocol === 'about:') return location.protocol === 'about:';
  if (body.innerText.trim() || getComputedStyle(body).backgroundImage !== 'none') return true;
  const drawn = 'img, canvas, svg, iframe, video, input, button';
  return [...body.querySelectorAll('*')].some((e) => e.shadowRoot
    || (e.matches(drawn) && e.checkVisibility({ visibilityProperty: true })));
}"""
STATE = f"() => [({SHOWS_ANYTHING})(), document.fonts.status === 'loaded']"
"""Whether anything is drawn, and whether no font is still to come."""
_Result = TypeVar("_Result")
_FAR = 1e7
"""More pixels than any page has."""


class Element(Protocol):
    """An element on a page, however it is found: a locator, a handle, or what has another way to it."""

    async def bounding_box(self) -> FloatRect | None:
        """Return where the element is in the window; None if it has no box."""

    async def screenshot(
        self,
        *,
        animations: Literal["disabled"] | None = ...,
        caret: Literal["hide"] | None = ...,
        scale: Literal["css", "device"] | None = ...,
        type: Literal["png"] | None = ...,
    ) -> bytes:
        """Take a screenshot of the element, once it is in view and at rest."""


@dataclass(frozen=True)
class WindowView:
    """What is where in a window, at one moment."""

    marked: tuple[Box | None, ...]
    """Where the elements to mark are; None for one that has no box, or is gone."""
    covered: tuple[Box, ...] = ()
    """The boxes to cover."""
    drawn: bool = True
    """Whether the page shows anything at all."""
    fonts: bool = True
    """Whether none of the page's fonts is still to come."""

    @property
    def boxes(self) -> tuple[tuple[Box | None, ...], tuple[Box, ...]]:
        """Return what must not change while the window is photographed."""
        return self.marked, self.covered


Measure = Callable[[Sequence[Element]], Awaitable[WindowView]]
"""Returns where elements are now, and what has to be covered."""


async def measured(page: Page, elements: Sequence[Element]) -> WindowView:
    """Return where `elements` are in the window of `page`, with nothing to cover."""
    drawn, fonts = state_in(await _or_none(page.main_frame.evaluate(STATE)))
    return WindowView(tuple([await box_of(element) for element in elements]), (), drawn, fonts)


async def box_of(element: Element) -> Box | None:
    """Return where `element` is in the window; None if it has no box, or is gone."""
    box = await _or_none(element.bounding_box())  # without a mark, the screenshot still shows what was done
    return (box["x"], box["y"], box["width"], box["height"]) if box else None


async def _or_none(work: Awaitable[_Result]) -> _Result | None:
    """Await `work`; return None if the browser failed."""
    from playwright.async_api import Error  # noqa: PLC0415 - commands without a browser load this module, too

    try:
        return await work
    except Error:
        return None


def state_in(answer: object) -> tuple[bool, bool]:
    """Return what `STATE` said; a page that can't be asked, or has tampered with it, is photographed as it is."""
    if not isinstance(answer, list) or len(answer) != 2:
        return True, True
    return answer[0] is not False, answer[1] is not False


def box_in(answer: object) -> Box | None:
    """Return the box in a script's answer; None if it is none, as from a script that the page has tampered with."""
    if not isinstance(answer, list) or len(answer) != 4 or any(type(n) not in (int, float) for n in answer):
        return None
    left, top, wide, high = map(float, answer)
    possible = all(abs(n) < _FAR for n in (left, top, wide, high)) and wide >= 0 and high >= 0
    return (left, top, wide, high) if possible else None
