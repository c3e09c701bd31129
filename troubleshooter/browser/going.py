"""Sends a tab to a URL, and ends the wait early for what a host on the way has withheld before."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from troubleshooter.browser.failures import TimedOut, browser_failures, or_default, read_or_default
from troubleshooter.browser.patience import Wait, patience
from troubleshooter.browser.withheld import SHORT, Withheld
from troubleshooter.model.message import message
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response

Until = Literal["commit", "domcontentloaded", "load"]
_STOPS = 2.0
"""Seconds that the browser may take to stop loading."""


async def go(tab: Page, url: str, until: Until, *, referer: str | None = None, page: bool = True) -> Response | None:
    """Send `tab` to `url`, and return the response. A tab that gets none in time stops waiting for it.

    Args:
        page: whether a page is expected there, and not a picture.

    Raises:
        BrowserFailure: nothing was opened; `TimedOut` if it did not come in time.
    """
    waiting = patience()
    with waiting.wait(message("an answer from {host}", host=host_of(url) or url), waiting.limit) as wait:
        hop = _Hop(tab, url, wait, waiting.withheld, page=page)
        try:
            with browser_failures():
                async with asyncio.timeout(hop.seconds) as limit:
                    with hop.followed(limit):
                        return await tab.goto(url, wait_until=until, referer=referer)
        except (TimedOut, TimeoutError) as error:
            waited = time.monotonic() - wait.began
            waiting.in_vain(wait)
            waiting.withheld.missed(hop.url, hop.began, wait.asked)
            await stop_loading(tab)
            raise TimedOut(str(error), seconds=waited) from error


class _Hop:
    """The request that a tab waits for: of the URL itself, or of one that it redirects to."""

    def __init__(self, tab: Page, url: str, wait: Wait, withheld: Withheld, *, page: bool) -> None:
        self.url = url
        self.began = wait.began
        self._tab = tab
        self._wait = wait
        self._withheld = withheld
        self._page = page
        self._limit: asyncio.Timeout | None = None

    @property
    def seconds(self) -> float | None:
        """Return how long to wait from now on; None for no limit."""
        known = self._withheld.knows(self.url, page=self._page)
        seconds = min(SHORT, self._wait.left) if known else self._wait.left
        return None if seconds == math.inf else seconds

    @contextmanager
    def followed(self, limit: asyncio.Timeout) -> Iterator[None]:
        """Within the block, restart `limit` at each request, and at each response, whose body may be withheld."""
        self._limit = limit
        self._tab.on("request", self._note_request)
        self._tab.on("response", self._note_response)
        try:
            yield
        finally:
            self._tab.remove_listener("request", self._note_request)
            self._tab.remove_listener("response", self._note_response)

    def _note_request(self, request: Request) -> None:
        if is_for_tab(request, self._tab):
            self.url, self.began = request.url, time.monotonic()
            self._set_limit()

    def _note_response(self, response: Response) -> None:
        if is_for_tab(response.request, self._tab):
            self._set_limit()

    def _set_limit(self) -> None:
        seconds = self.seconds
        assert self._limit
        if not self._limit.expired():
            self._limit.reschedule(None if seconds is None else asyncio.get_running_loop().time() + seconds)


def is_for_tab(request: Request, tab: Page) -> bool:
    """Return whether `request` is for the document of `tab` itself, not of a frame or of something in it."""
    main = tab.main_frame
    return request.is_navigation_request() and read_or_default(lambda: request.frame == main, False)


async def stop_loading(tab: Page) -> None:
    """Stop loading in `tab`: until then, a page that is being left can't be inspected, and takes up connections."""
    try:
        async with asyncio.timeout(_STOPS):
            cdp = await or_default(tab.context.new_cdp_session(tab), None)
            if cdp:
                await or_default(cdp.send("Page.stopLoading"), None)
                await or_default(cdp.detach(), None)
    except TimeoutError:
        return
