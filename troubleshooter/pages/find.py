"""Finds one element by several locators, in order of trust, on a page and in its frames."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, TypeGuard

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.patience import patience
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import LocatorDefinition, Wanted, definitions_in
from troubleshooter.model.message import Message, message
from troubleshooter.model.repair_advice import repairable

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator, Page

_SHORTEST = 0.05
"""The shortest wait for an element, in seconds."""
_SEEN = files("troubleshooter.pages").joinpath("seen.js").read_text(encoding="utf-8")
_COUNTS = f"""(found, selectors) => {{
  if (found.some((e) => e.getRootNode() !== document)) return found.length;
  {_SEEN}
  try {{
    const matches = selectors.map((s) => found.filter((e) => e.matches(s)));
    return matches.map((every) => [every.length, every.findIndex(seen)]);
  }} catch {{ return found.length; }}
}}"""
"""How many elements each selector matches, and the first that a person sees (-1: none); how many there are if only
Playwright, which sees into shadow roots, knows which of them."""


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
    repaired: bool = False
    """Whether the selector is a repair's, which may match something that was not meant."""
    frame: Frame | None = None
    """The frame that has the element, if it is known."""
    seen: bool = True
    """Whether a person sees it, or another that the selector matches, or can scroll there; True if unknown."""

    @property
    def by_structure(self) -> bool:
        """Return whether no documented id or attribute matched."""
        return self.definition is None or self.selector in self.definition.by_structure


EVERYWHERE = ":root"
"""Where repairs count unless a caller says otherwise: on the whole page."""
NOWHERE = ""
"""Where repairs count if only the catalogue's selectors may decide."""


async def first(
    page: Page | Frame, wanted: Wanted, seconds: float, having: str = "", *, repairs_in: str = EVERYWHERE
) -> FoundElement | None:
    """Wait until a selector of `wanted` matches a visible element; return the most trusted one; None after `seconds`.

    An element that is already on the page is found, however long a busy browser takes to respond.

    Args:
        having: what else the element has to match, such as `:text("@")`.
        repairs_in: a selector of what an element has to be in that a repair finds.
    """
    use = locators()
    tried = {
        selector: _scoped(selector, having, repairs_in if use.is_repair(wanted, selector) else EVERYWHERE)
        for selector in use.selectors(wanted)
        if repairs_in or not use.is_repair(wanted, selector)
    }
    css = ", ".join(tried.values()) or ":not(*)"
    union = page.locator(css).filter(visible=True)
    limit = max(seconds, _SHORTEST) * 1000
    best = await _best(page, union, tried)
    if best is None:
        if not await in_time(union.first.wait_for(state="visible", timeout=limit)):
            use.missed(wanted)
            return None
        best = await _best(page, union, tried)
    if not best:
        return FoundElement(union.first, css)
    selector, count, position = best
    use.found(wanted, selector)
    owner, every = use.owner(wanted, selector), page.locator(tried[selector]).filter(visible=True)
    locator = every.nth(position) if owner and owner.has_copies and position > 0 else every.first
    return FoundElement(locator, selector, count, owner, use.is_repair(wanted, selector), seen=position >= 0)


async def _best(
    page: Page | Frame, union: Locator, tried: Mapping[str, str]
) -> tuple[str, int, int] | tuple[()] | None:
    """Return the first selector in `tried` that matches visible elements, and how many; None if none matches now.

    The last number is the position of the first element that a person sees; -1 if none does.

    Empty if something is there, but was gone before it was known which selector it matches.

    Args:
        union: whatever matches any of them.
        tried: by selector, what to search for.
    """
    counts: object = await or_default(union.evaluate_all(_COUNTS, list(tried.values())), None)
    if _are_counts(counts, len(tried)):
        rows = zip(tried, counts, strict=True)
        found = [(selector, count, position) for selector, (count, position) in rows if count]
        return found[0] if found else None
    # Something is in a shadow root, or is searched for by words, which the page itself can't do.
    if not (type(counts) is int and counts > 0) and not await union.count():
        return None
    for selector, scoped in tried.items():
        if count := await page.locator(scoped).filter(visible=True).count():
            return selector, count, 0
    return ()


def _are_counts(answer: object, most: int) -> TypeGuard[list[tuple[int, int]]]:
    """Return whether `answer` has `most` counts with a position each, and is nothing that a script of the page made."""
    return isinstance(answer, list) and len(answer) == most and all(map(_is_count, answer))


def _is_count(row: object) -> bool:
    if not (isinstance(row, list) and len(row) == 2 and all(type(number) is int for number in row)):
        return False
    count, position = row
    return bool(count >= 0 and -1 <= position < max(count, 1))


def _scoped(selector: str, having: str, inside: str) -> str:
    narrow = f":is({selector}){having}" if having or inside != EVERYWHERE else selector
    return narrow if inside == EVERYWHERE else f"{inside} {narrow}"


async def anywhere(
    page: Page, wanted: Wanted, seconds: float, having: str = "", *, repairs_in: str = EVERYWHERE
) -> FoundElement | None:
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
                search = partial(first, wanted=wanted, seconds=wait.left, having=having, repairs_in=repairs_in)
                # A frame that is removed meanwhile has nothing.
                frames = page.frames
                searches = [asyncio.ensure_future(or_default(search(frame), None)) for frame in frames]
                found = await _first_found(searches, frames, asyncio.ensure_future(changed.wait()))
                if found or not wait.left:
                    return found
    finally:
        page.remove_listener("frameattached", note)
        page.remove_listener("framenavigated", note)


async def _first_found(
    searches: list[asyncio.Task[FoundElement | None]], frames: list[Frame], changed: asyncio.Task[bool]
) -> FoundElement | None:
    """Return what the first successful search found; None once all failed, or a frame was added or removed."""
    running: set[asyncio.Task[FoundElement | None]] = set(searches)
    try:
        while running and not changed.done():
            await asyncio.wait([*running, changed], return_when=asyncio.FIRST_COMPLETED)
            for search, frame in zip(searches, frames, strict=True):
                if search.done() and search in running:
                    running.discard(search)
                    if found := search.result():
                        return replace(found, frame=frame)
        return None
    finally:
        for task in (*searches, changed):
            task.cancel()
        await asyncio.gather(*searches, changed, return_exceptions=True)


async def needed(
    page: Page, wanted: Wanted, seconds: float, name: str, what: Message, *, repairs_in: str = EVERYWHERE
) -> FoundElement:
    """Return what `anywhere` finds.

    Args:
        name: the page object's name.
        what: what the element is called, at the beginning of a sentence.

    Raises:
        CannotTell: the element was not found (`page-changed`); nothing is guessed.
    """
    found = await anywhere(page, wanted, seconds, repairs_in=repairs_in)
    if found is None:
        raise not_found(what, definitions_in(wanted)[0], name)
    return found


async def frame_of(found: FoundElement) -> Frame | None:
    """Return the frame that has the element; None if it has left its document."""
    if found.frame:
        return found.frame
    handle = await found.locator.element_handle()
    return await handle.owner_frame() if handle else None


def not_found(what: Message, wanted: LocatorDefinition, name: str) -> CannotTell:
    """Return the error for an element that the page `name` does not have; arguments as for `needed`."""
    return changed(message("{what} was not found on the page.", what=what), (wanted.id,), name)


def changed(problem: Message, ids: Iterable[str], name: str | None = None) -> CannotTell:
    """Return the error for a page that may have been redesigned (`page-changed`).

    Args:
        ids: the locators for which a repair may help.
        name: the page object's name, if the page is to be kept.
    """
    return CannotTell(Reason.PAGE_CHANGED, repairable(problem, *ids), page=name)
