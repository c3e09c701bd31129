"""Who else is on a page: the boxes to cover before a picture of it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from playwright.async_api import Error

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page

_BOXES = files("troubleshooter.pages").joinpath("bystanders.js").read_text(encoding="utf-8")

Box = tuple[float, float, float, float]


async def boxes(
    page: Page,
    keep: Sequence[tuple[Frame, ElementHandle]],
    mine: Iterable[str],
    hide_me: bool,
    more: Sequence[str] = (),
) -> list[Box]:
    """Return the boxes, in CSS pixels of the window, of everybody on `page` who is not the subject.

    Args:
        keep: the subject's cards, each with its frame.
        mine: addresses of the subject, in lower case.
        hide_me: whether the person who is signed in is a bystander too.
        more: locators of further places that show people, where everything but `keep` is covered.
    """
    found: list[Box] = []
    for frame in page.frames:
        try:
            left, top = 0.0, 0.0
            if frame != page.main_frame:
                outer = await (await frame.frame_element()).bounding_box()
                if outer is None:
                    continue
                left, top = outer["x"], outer["y"]
            cards = [element for owner, element in keep if owner == frame]
            for x, y, wide, high in await _in_frame(frame, cards, list(mine), hide_me, more):
                found.append((x + left, y + top, wide, high))
        except Error:
            continue  # the frame went away, and with it whoever it showed
    return found


async def _in_frame(
    frame: Frame, cards: list[ElementHandle], mine: list[str], hide_me: bool, more: Sequence[str]
) -> list[list[float]]:
    try:
        return list(await frame.evaluate(_BOXES, [cards, mine, hide_me, list(more)]))
    except Error:
        # A card may have left the page meanwhile: then nobody is spared, which is safe.
        return list(await frame.evaluate(_BOXES, [[], mine, hide_me, list(more)]))
