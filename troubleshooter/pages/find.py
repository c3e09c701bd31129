"""Finding one thing by several locators, in order of trust, on a page and in its frames."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator, Page


@dataclass(frozen=True)
class FoundElement:
    """An element, and which of the locators matched."""

    locator: Locator
    selector: str


async def first(page: Page | Frame, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Wait until one of `selectors` shows an element; return it, the most trusted first; None after `seconds`.

    What is there already is found, however long a busy browser takes to say so.
    """
    union = page.locator(", ".join(selectors)).filter(visible=True).first
    appears = union.wait_for
    if not await union.count() and not await in_time(appears(state="visible", timeout=max(seconds, 0.05) * 1000)):
        return None
    for selector in selectors:
        one = page.locator(selector).filter(visible=True).first
        if await one.count():
            return FoundElement(one, selector)
    return FoundElement(union, ", ".join(selectors))


async def anywhere(page: Page, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Like `first`, in the page and in every frame that it has while waiting."""
    changed = asyncio.Event()

    def note(_: Frame) -> None:
        changed.set()

    page.on("frameattached", note)
    page.on("framenavigated", note)
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    try:
        while True:
            changed.clear()
            left = deadline - loop.time()
            looks = [asyncio.ensure_future(_quiet_first(f, selectors, left)) for f in page.frames]
            news = asyncio.ensure_future(changed.wait())
            found = await _race(looks, news)
            if found or loop.time() >= deadline:
                return found
    finally:
        page.remove_listener("frameattached", note)
        page.remove_listener("framenavigated", note)


async def _race(looks: list[asyncio.Task[FoundElement | None]], news: asyncio.Task[bool]) -> FoundElement | None:
    """Return what the first successful look found; None once all failed or a frame came or went."""
    open_: set[asyncio.Task[FoundElement | None]] = set(looks)
    try:
        while open_ and not news.done():
            await asyncio.wait([*open_, news], return_when=asyncio.FIRST_COMPLETED)
            for task in looks:
                if task.done() and task in open_:
                    open_.discard(task)
                    if found := task.result():
                        return found
        return None
    finally:
        for look in looks:
            look.cancel()
        news.cancel()
        await asyncio.gather(*looks, news, return_exceptions=True)


async def _quiet_first(frame: Frame, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Return what `first` finds in `frame`; None if the frame goes away."""
    return await or_default(first(frame, selectors, seconds), None)


async def needed(page: Page, selectors: Sequence[str], seconds: float, name: str, what: str) -> FoundElement:
    """Like `anywhere`, for something that the page must have.

    Raises:
        CannotTell: it is not there (`page-changed`); nothing is guessed.
    """
    found = await anywhere(page, selectors, seconds)
    if found is None:
        note = message("{what} was not found on the page; it may have been redesigned.", what=what)
        raise CannotTell(Reason.PAGE_CHANGED, note, page=name)
    return found
