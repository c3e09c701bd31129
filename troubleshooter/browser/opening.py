"""Opens a page by its URL, and tries a second time if the connection breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut
from troubleshooter.browser.going import Until, go, is_for_tab
from troubleshooter.browser.network_errors import PROXY_ASKS
from troubleshooter.model.enums import Reason

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page, Request, Response

_PROXY_ASKS = 407
"""The HTTP status with which a proxy asks for a name and a password; Chromium reports it as an error of the page."""
_ERROR_PAGE = 2.0
"""Seconds that the browser may take to show its own page about a page that failed."""


async def open_page(tab: Page, url: str, until: Until, *, referer: str | None = None) -> Response | None:
    """Go to `url` in `tab`; return the response.

    If the connection breaks, or another navigation interrupts this one, it is tried a second time, because that may
    have been chance. The failure names the URL that failed, to which `url` may have redirected.

    Raises:
        BrowserFailure: the page did not open.
    """
    try:
        return await _go(tab, url, until, referer)
    except TimedOut:
        raise  # the host takes its time: a second try would only double the wait
    except BrowserFailure as error:
        if tab.is_closed() or not (error.moved or (error.network and error.network.is_passing)):
            raise
    return await _go(tab, url, until, referer)


async def _go(tab: Page, url: str, until: Until, referer: str | None) -> Response | None:
    with _failures_of(tab) as failed:
        try:
            answer = await go(tab, url, until, referer=referer)
        except TimedOut:
            raise
        except BrowserFailure as error:
            if error.network and error.network.reason is not Reason.NOT_A_PAGE:
                await failed.until_shown()
            said = PROXY_ASKS if failed.status == _PROXY_ASKS else error.said
            raise BrowserFailure(said, failed.url) from error
    if answer and answer.status == _PROXY_ASKS:
        raise BrowserFailure(PROXY_ASKS, answer.url)
    return answer


class _Failed:
    """What a tab reports about a document that failed to load."""

    def __init__(self, tab: Page) -> None:
        self._tab = tab
        self.url = ""
        """The URL of the last one; empty if there is none."""
        self.status = 0
        """The HTTP status of the last response for a document; 0 if there was none."""
        self._shown = asyncio.Event()

    async def until_shown(self) -> None:
        """Wait until the browser shows its own page about the failure: until then, that interrupts the next visit."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ERROR_PAGE):
                await self._shown.wait()

    def note_failure(self, request: Request) -> None:
        """Keep the URL of a failed document, if it is the tab's own and not a frame's."""
        if is_for_tab(request, self._tab):
            self.url = request.url

    def note_answer(self, response: Response) -> None:
        """Keep the status of a response for a document, if it is the tab's own and not a frame's."""
        if is_for_tab(response.request, self._tab):
            self.status = response.status

    def note_page(self, frame: Frame) -> None:
        """Note that the browser shows its own page."""
        if frame == self._tab.main_frame and frame.url.startswith("chrome-error:"):
            self._shown.set()


@contextmanager
def _failures_of(tab: Page) -> Iterator[_Failed]:
    """Within the block, watch for documents of `tab` that fail."""
    failed = _Failed(tab)
    tab.on("requestfailed", failed.note_failure)
    tab.on("response", failed.note_answer)
    tab.on("framenavigated", failed.note_page)
    try:
        yield failed
    finally:
        tab.remove_listener("requestfailed", failed.note_failure)
        tab.remove_listener("response", failed.note_answer)
        tab.remove_listener("framenavigated", failed.note_page)
