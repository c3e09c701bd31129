"""Opens several pictures side by side, in a few tabs of their own; a failure of one does not lose the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.errors import CannotTell
from troubleshooter.steps.picture_visit import LoadedPicture, VisitedPicture, load_picture
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import Page

TABS = 3
"""The number of tabs that open pictures at the same time: each costs some time, too, and a host may get six requests
at a time, as many as from a browser by itself."""

_Done = TypeVar("_Done")
Result = VisitedPicture | CannotTell | BrowserFailure
"""What a visit showed, or why it failed."""


@dataclass(frozen=True)
class PictureVisits:
    """What came of visits to pictures, in the order in which they were asked for."""

    results: Mapping[str, Result]
    """By URL."""

    def of(self, url: str) -> VisitedPicture | None:
        """Return what the visit to `url` showed; None if it failed, or was not made."""
        result = self.results.get(url)
        return result if isinstance(result, VisitedPicture) else None

    def and_then(self, more: PictureVisits) -> PictureVisits:
        """Return these visits and `more`."""
        return PictureVisits({**self.results, **more.results})

    def check_session(self) -> None:
        """Raise the first failure after which nothing more can be seen, because the session is over."""
        for result in self.results.values():
            if isinstance(result, CannotTell):
                raise result

    def check(self) -> None:
        """Raise the first failure."""
        for result in self.results.values():
            if not isinstance(result, VisitedPicture):
                raise result


async def visit_pictures(step: StepRun, urls: Iterable[str]) -> PictureVisits:
    """Open the pictures at `urls`, a few at a time."""
    wanted, workspace = tuple(dict.fromkeys(urls)), step.workspace
    results = dict[str, Result]()
    tabs = await asyncio.gather(*(workspace.open_tab() for _ in wanted[:TABS]))
    try:
        for first in range(0, len(wanted), TABS):
            some = wanted[first : first + TABS]
            results |= zip(some, await _visit(step, tabs, some), strict=True)
    finally:
        await asyncio.gather(*(workspace.close_tab(tab) for tab in tabs))
    return PictureVisits(results)


async def _visit(step: StepRun, tabs: Sequence[Page], urls: Sequence[str]) -> list[Result]:
    """Open each of `urls` in a tab of its own, all at the same time; then photograph the tabs, one after the other.

    While other tabs navigate, a screenshot takes seconds.
    """
    loading = [_or_failure(load_picture(step, tab, url)) for tab, url in zip(tabs, urls, strict=False)]
    loaded = await asyncio.gather(*loading)
    return [
        await _or_failure(result.photographed(step)) if isinstance(result, LoadedPicture) else result
        for result in loaded
    ]


async def _or_failure(visit: Awaitable[_Done]) -> _Done | CannotTell | BrowserFailure:
    try:
        with browser_failures():
            return await visit
    except (CannotTell, BrowserFailure) as failure:
        return failure
