"""Measures a window for its photograph: what to mark, whom to cover, whether all is drawn, in one evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default
from troubleshooter.evidence.window_view import BOX, STATE, Element, WindowView, box_in, measured, state_in
from troubleshooter.pages.bystanders import BOXES, boxes, kept_in
from troubleshooter.pages.handles import THE, HeldElement

if TYPE_CHECKING:
    from playwright.async_api import Page

    from troubleshooter.pages.bystanders import Keep

_VIEW = f"""(located, [marks, given]) => {{
  {THE} {BOX}
  if (window !== window.top) return null;
  return [({STATE})(), marks.map((k) => boxOf(k ? the(k) : located)), ({BOXES})(given)];
}}"""
_VIEW_OF_PAGE = f"(about) => ({_VIEW})(null, about)"


async def view_of(page: Page, elements: Sequence[Element], keep: Keep, given: dict[str, Any]) -> WindowView:
    """Return where `elements` are in the window of `page`, and the boxes of everybody there who is not the subject.

    Args:
        keep: the subject's cards, each with its frame.
        given: what `bystanders.settings` returned.
    """
    main = page.main_frame
    seen = await in_one_evaluation(page, elements, {"kept": kept_in(main, keep), **given})
    if seen is None:
        seen, rest = await measured(page, elements), await boxes(page, keep, given)
    else:
        rest = await boxes(page, keep, given, but=main)
    return replace(seen, covered=(*seen.covered, *rest))


async def in_one_evaluation(page: Page, elements: Sequence[Element], given: dict[str, Any]) -> WindowView | None:
    """Return what the page itself shows, without its frames; None if one script can't tell all of it.

    Args:
        given: what `bystanders.settings` returned, and as `kept` the subject's cards.
    """
    from playwright.async_api import Locator  # noqa: PLC0415 - loaded by whoever made the page

    located = [element for element in elements if isinstance(element, Locator)]
    if len(located) > 1:
        return None
    marks = [None if element in located else _argument(element) for element in elements]
    told: object = None
    if located:
        told = await or_default(located[0].evaluate(_VIEW, [marks, given]), None)
    else:
        told = await or_default(page.main_frame.evaluate(_VIEW_OF_PAGE, [marks, given]), None)
    return _view_in(told, len(elements))


def _argument(element: Element) -> Any:  # noqa: ANN401 - whatever Playwright takes
    return element.given if isinstance(element, HeldElement) else element


def _view_in(answer: object, marks: int) -> WindowView | None:
    """Return the view in a script's answer; None if it is none, as from a script that the page has tampered with."""
    if not isinstance(answer, list) or len(answer) != 3:
        return None
    state, marked, covered = answer
    if not isinstance(marked, list) or len(marked) != marks or not isinstance(covered, list):
        return None
    hidden = [box for box in map(box_in, covered) if box]
    if len(hidden) < len(covered):
        return None
    return WindowView(tuple(map(box_in, marked)), tuple(hidden), *state_in(state))
