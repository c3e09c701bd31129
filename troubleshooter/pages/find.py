"""Finds one element by several locators, in order of trust, on a page and in its frames."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.patience import patience
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import LocatorDefinition, Wanted, definitions_in
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
    """The selector that matched; where a structure was searched, what was found in words."""
    alternatives: int = 1
    """How many visible elements this selector matched."""
    definition: LocatorDefinition | None = None
    """The locator that the selector belongs to."""

    @property
    def by_structure(self) -> bool:
        """Return whether no documented id or attribute matched."""
        return self.definition is None or self.selector in self.definition.by_structure


async def first(page: Page | Frame, wanted: Wanted, seconds: float, having: str = "") -> FoundElement | None:
    """Wait until a selector of `wanted` matches a visible element; return the most trusted one; None after `seconds`.

    An element that is already on the page is found, however long a busy browser takes to respond.

    Args:
        having: what else the element has to match, such as `:text("@")`.
    """
    use = locators()
    css = f":is({use.css(wanted)}){having}" if having else use.css(wanted)
    union = page.locator(css).filter(visible=True).first
    limit = max(seconds, _SHORTEST) * 1000
    if not await union.count() and not await in_time(union.wait_for(state="visible", timeout=limit)):
        use.missed(wanted)
        return None
    for selector in use.selectors(wanted):
        locator = page.locator(f":is({selector}){having}" if having else selector).filter(visible=True)
        if count := await locator.count():
            use.found(wanted, selector)
            return FoundElement(locator.first, selector, count, use.owner(wanted, selector))
    return FoundElement(union, css)


async def anywhere(page: Page, wanted: Wanted, seconds: float, having: str = "") -> FoundElement | None:
    """Find an element as `first` does, on the page and in every frame that it has or gets meanwhile."""
    changed = asyncio.Event()

    def note(_: Frame) -> None:
        changed.set()

    page.on("frameattached", note)
    page.on("framenavigated", note)
    try:
        with patience().wait(message("what the page should show"), seconds) as wait:
            while True:
                changed.clear()
                searches = [asyncio.ensure_future(_first_in(frame, wanted, wait.left, having)) for frame in page.frames]
                found = await _first_found(searches, asyncio.ensure_future(changed.wait()))
                if found or not wait.left:
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


async def _first_in(frame: Frame, wanted: Wanted, seconds: float, having: str) -> FoundElement | None:
    """Return what `first` finds in `frame`; None if the frame is removed."""
    return await or_default(first(frame, wanted, seconds, having), None)


async def needed(page: Page, wanted: Wanted, seconds: float, name: str, what: Message) -> FoundElement:
    """Return what `anywhere` finds.

    Args:
        name: the page object's name.
        what: what the element is called, at the beginning of a sentence.

    Raises:
        CannotTell: the element was not found (`page-changed`); nothing is guessed.
    """
    found = await anywhere(page, wanted, seconds)
    if found is None:
        raise not_found(what, definitions_in(wanted)[0], name)
    return found


def not_found(what: Message, wanted: LocatorDefinition, name: str) -> CannotTell:
    """Return the error for an element that the page `name` does not have; arguments as for `needed`."""
    problem = message("{what} was not found on the page; it may have been redesigned.", what=what)
    note = message("{problem} A selector for {id} in locators.toml repairs this.", problem=problem, id=wanted.id)
    return CannotTell(Reason.PAGE_CHANGED, note, page=name)
