"""Finds one element by several locators, in order of trust, on a page and in its frames."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator, Page

_SHORTEST = 0.05
"""The shortest wait for an element, in seconds."""


@dataclass(frozen=True)
class FoundElement:
    """An element, and which of the locators matched."""

    locator: Locator
    selector: str
    """The locator that matched; where a structure was searched, what was found in words."""
    alternatives: int = 1
    """How many visible elements this locator matched."""


async def first(page: Page | Frame, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Wait until one of `selectors` matches a visible element; return the most trusted one; None after `seconds`.

    An element that is already on the page is found, however long a busy browser takes to respond.
    """
    union = page.locator(", ".join(selectors)).filter(visible=True).first
    limit = max(seconds, _SHORTEST) * 1000
    if not await union.count() and not await in_time(union.wait_for(state="visible", timeout=limit)):
        return None
    for selector in selectors:
        locator = page.locator(selector).filter(visible=True)
        if count := await locator.count():
            return FoundElement(locator.first, selector, count)
    return FoundElement(union, ", ".join(selectors))


async def anywhere(page: Page, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Find an element as `first` does, on the page and in every frame that it has or gets meanwhile."""
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
            searches = [asyncio.ensure_future(_first_in(frame, selectors, left)) for frame in page.frames]
            found = await _first_found(searches, asyncio.ensure_future(changed.wait()))
            if found or loop.time() >= deadline:
                return found
    finally:
        page.remove_listener("frameattached", note)
        page.remove_listener("framenavigated", note)


async def _first_found(
    searches: list[asyncio.Task[FoundElement | None]], changed: asyncio.Task[bool]
) -> FoundElement | None:
    """Return what the first successful search found; None once all failed, or a frame was added or removed."""
    running: set[asyncio.Task[FoundElement | None]] = set(searches)
    try:
        while running and not changed.done():
            await asyncio.wait([*running, changed], return_when=asyncio.FIRST_COMPLETED)
            for search in searches:
                if search.done() and search in running:
                    running.discard(search)
                    if found := search.result():
                        return found
        return None
    finally:
        for task in (*searches, changed):
            task.cancel()
        await asyncio.gather(*searches, changed, return_exceptions=True)


async def _first_in(frame: Frame, selectors: Sequence[str], seconds: float) -> FoundElement | None:
    """Return what `first` finds in `frame`; None if the frame is removed."""
    return await or_default(first(frame, selectors, seconds), None)


async def needed(page: Page, selectors: Sequence[str], seconds: float, name: str, what: Message) -> FoundElement:
    """Return what `anywhere` finds.

    Args:
        name: the page object's name.
        what: what the element is called, at the beginning of a sentence.

    Raises:
        CannotTell: the element was not found (`page-changed`); nothing is guessed.
    """
    found = await anywhere(page, selectors, seconds)
    if found is None:
        note = message("{what} was not found on the page; it may have been redesigned.", what=what)
        raise CannotTell(Reason.PAGE_CHANGED, note, page=name)
    return found
