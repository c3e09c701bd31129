"""Opens several pictures side by side, in a few tabs of their own; a failure of one does not lose the others."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.errors import CannotTell
from troubleshooter.steps.picture_visit import VisitedPicture, visit_picture
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import Page

TABS = 3
"""The number of tabs that open pictures at the same time: each costs some time, too, and a host may get six requests
at a time, as many as from a browser by itself."""


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
    """Open the pictures at `urls`."""
    wanted = tuple(dict.fromkeys(urls))
    left, results = deque(wanted), dict[str, Result]()

    async def visit_some() -> None:
        while left:
            async with step.workspace.extra_tab() as tab:
                while left and not tab.is_closed():
                    url = left.popleft()
                    results[url] = await _result_of(step, tab, url)

    if wanted:
        await _all_of([asyncio.ensure_future(visit_some()) for _ in wanted[:TABS]])
    return PictureVisits({url: results[url] for url in wanted})


async def _result_of(step: StepRun, tab: Page, url: str) -> Result:
    try:
        with browser_failures():
            return await visit_picture(step, tab, url)
    except (CannotTell, BrowserFailure) as failure:
        return failure


async def _all_of(tasks: list[asyncio.Task[None]]) -> None:
    """Wait until all `tasks` are done; if one fails, or nobody waits any more, end the others."""
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if not task.cancelled():
            task.result()  # raises what it failed with
