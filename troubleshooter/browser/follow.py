"""Follows a click into the window that it opens, by taking over the window's URL before it loads anything.

It is not possible to attach to a window before its first response has arrived. So the window gets an empty response
and is closed, and its URL is opened in a tab that is already guarded.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import read_or_default
from troubleshooter.browser.windows import Windows

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Frame, Page, Request, Route

_OPENS = 3.0
"""Seconds in which a click that only changed the address of its page may still open a window."""


async def new_window_address(
    windows: Windows,
    page: Page,
    click: Callable[[], Awaitable[None]],
    over: Callable[[], Awaitable[Any]] | None,
    limit: float,
) -> str | None:
    """Run `click` on `page` and return the URL that it opens in a new window; None if it stays on `page`.

    Args:
        over: also ends the wait; once it is done, the click counts as having opened nothing.
        limit: seconds to wait for a new URL.
    """
    window = _DivertedWindow(page.context, windows, limit)
    async with window.closed_afterwards():
        with windows.expecting_one(), _navigation_of(page) as moved:
            async with window.diverted(), windows.allowed_on(page):
                await click()
                await _first_of(window.address, moved, over, limit)
                return window.address.result() if window.address.done() else None


async def _first_of(
    address: asyncio.Future[str],
    moved: asyncio.Future[str],
    over: Callable[[], Awaitable[Any]] | None,
    limit: float,
) -> None:
    """Wait until `address`, `moved` or `over` is done, but at most `limit` seconds."""
    other = asyncio.ensure_future(over()) if over else moved
    try:
        async with asyncio.timeout(limit):
            await asyncio.wait([address, moved, other], return_when=asyncio.FIRST_COMPLETED)
    finally:
        if over:
            other.cancel()
            await asyncio.gather(other, return_exceptions=True)


class _DivertedWindow:
    """The window that a click opens, and whose first request gets an empty response."""

    def __init__(self, context: BrowserContext, windows: Windows, limit: float) -> None:
        loop = asyncio.get_running_loop()
        self.address: asyncio.Future[str] = loop.create_future()
        """The URL that the window requests."""
        self._context = context
        self._windows = windows
        self._limit = limit
        self._page: asyncio.Future[Page] = loop.create_future()

    @asynccontextmanager
    async def diverted(self) -> AsyncIterator[None]:
        """Within the block, send an empty response to the first request of every new window."""
        await self._context.route("**/*", self._divert)
        try:
            yield
        finally:
            await self._context.unroute("**/*", self._divert)

    async def _divert(self, route: Route) -> None:
        request = route.request
        if not request.is_navigation_request() or self._windows.is_ours(request):
            await route.fallback()
            return
        if not self.address.done():
            self.address.set_result(request.url)
        # Respond with an empty page instead of aborting: Chromium would reload an aborted page by itself.
        await route.fulfill(status=200, content_type="text/html", body="")

    @asynccontextmanager
    async def closed_afterwards(self) -> AsyncIterator[None]:
        """Close the window at the end of the block."""
        self._context.on("page", self._appeared)
        try:
            yield
        finally:
            if self.address.done():
                # The window is reported only once its empty response has arrived.
                await asyncio.wait([self._page], timeout=self._limit)
            self._context.remove_listener("page", self._appeared)
            if self._page.done():
                await self._page.result().close()

    def _appeared(self, page: Page) -> None:
        if not self._page.done():
            self._page.set_result(page)


@contextmanager
def _navigation_of(page: Page) -> Iterator[asyncio.Future[str]]:
    """Yield a future that is done once `page` itself has another document, or nothing but another address for a while.

    A link to `#` whose script opens a window changes the address, too, and before the window requests anything.
    """
    loop = asyncio.get_running_loop()
    moved: asyncio.Future[str] = loop.create_future()
    requested, timers = False, list[asyncio.TimerHandle]()

    def request(sent: Request) -> None:
        nonlocal requested
        requested = requested or (sent.is_navigation_request() and _is_main(sent, page))

    def navigated(frame: Frame) -> None:
        if frame != page.main_frame:
            return
        if requested:
            settle(frame.url)
        else:
            timers.append(loop.call_later(_OPENS, settle, frame.url))

    def settle(url: str) -> None:
        if not moved.done():
            moved.set_result(url)

    page.on("request", request)
    page.on("framenavigated", navigated)
    try:
        yield moved
    finally:
        page.remove_listener("request", request)
        page.remove_listener("framenavigated", navigated)
        for timer in timers:
            timer.cancel()


def _is_main(request: Request, page: Page) -> bool:
    """Return whether `request` is for the whole of `page`, and not for a frame in it."""
    return read_or_default(lambda: request.frame == page.main_frame, False)
