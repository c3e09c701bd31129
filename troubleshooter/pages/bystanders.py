"""Finds who else is on a page: the boxes to cover before a screenshot of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

_BOXES = files("troubleshooter.pages").joinpath("bystanders.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mine:
    """What shows that a picture is the subject's."""

    addresses: frozenset[str]
    """The subject's addresses, in lower case, one of which the picture's URL contains."""
    except_for: str = ""
    """URLs that prove nothing although they name the subject, as a regular expression; none if empty."""


Box = tuple[float, float, float, float]
"""Left, top, width and height."""


async def boxes(
    page: Page,
    keep: Sequence[tuple[Frame, ElementHandle]],
    mine: Mine,
    hide_me: bool,
    more: Sequence[str] = (),
) -> list[Box]:
    """Return the boxes, in CSS pixels of the window, of everybody on `page` who is not the subject.

    Args:
        keep: the subject's cards, each with its frame.
        mine: what shows that a picture is the subject's.
        hide_me: whether the person who is signed in is a bystander too.
        more: locators of further places that show people, where everything except `keep` is covered.
    """
    found: list[Box] = []
    settings = [[list(mine.addresses), mine.except_for], hide_me, list(more)]
    for frame in page.frames:
        cards = [element for owner, element in keep if owner == frame]
        # A detached frame shows nobody any more.
        found += await or_default(_in_frame(page, frame, cards, settings), [])
    return found


async def _in_frame(page: Page, frame: Frame, cards: list[ElementHandle], settings: list[Any]) -> list[Box]:
    left, top = 0.0, 0.0
    if frame != page.main_frame:
        outer = await (await frame.frame_element()).bounding_box()
        if outer is None:
            return []
        left, top = outer["x"], outer["y"]
    found = await or_default(frame.evaluate(_BOXES, [cards, *settings]), None)
    if found is None:
        # If a card has left the page meanwhile, nobody is left uncovered, which is safe.
        found = await frame.evaluate(_BOXES, [[], *settings])
    return [(x + left, y + top, width, height) for x, y, width, height in found]
