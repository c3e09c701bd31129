"""The browsers of a run of many users: a few, each started again when it has crashed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import TypeVar

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.launch import Options, Started, started
from troubleshooter.tenant.file import Network

_Result = TypeVar("_Result")
StartBrowser = Callable[[Options, Network | None], AbstractAsyncContextManager[Started]]
"""Starts a browser, or connects to one."""
_STARTS = 3
"""How often a browser is started that does not live to be used."""
_CLOSING = 10.0
"""Seconds that a browser may take to close; one that has crashed, or whose driver has, may never say that it has."""


class BrowserSlot:
    """A place for one browser, which several workers share."""

    def __init__(self, options: Options, network: Network | None, start: StartBrowser = started) -> None:
        self._options = options
        self._network = network
        self._start = start
        self._lock = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._browser: Started | None = None

    @property
    def is_up(self) -> bool:
        """Return whether the browser runs."""
        return self._browser is not None and self._browser.browser.is_connected()

    async def browser(self) -> Started:
        """Return the browser; start one if none runs.

        Raises:
            Stopped: no browser was found, or none started (`browser-missing`).
            BrowserFailure: those that started were gone at once.
        """
        async with self._lock:
            for left in reversed(range(_STARTS)):
                if self._browser and self.is_up:
                    break
                await self._end()
                try:
                    with browser_failures():
                        self._browser = await self._stack.enter_async_context(self._start(self._options, self._network))
                except BrowserFailure:
                    if not left:
                        raise
            assert self._browser
            return self._browser

    async def tried(self, work: Callable[[Started], Awaitable[_Result]]) -> _Result:
        """Return what `work` returns, which is done again if the browser crashes.

        Raises:
            BrowserFailure: it crashed each time.
        """
        for left in reversed(range(_STARTS)):
            browser = await self.browser()
            try:
                return await work(browser)
            except BrowserFailure:
                if not left:
                    raise
                await self.renew(browser)
        raise AssertionError("unreachable")

    async def renew(self, gone: Started | None = None) -> None:
        """Close the browser if it has crashed; whoever needs one starts the next.

        Args:
            gone: a browser that is known to have, although that may not have been noticed yet.
        """
        async with self._lock:
            if not self.is_up or (gone and self._browser is gone):
                await self._end()

    async def close(self) -> None:
        """Close the browser."""
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        stack, self._stack, self._browser = self._stack, AsyncExitStack(), None
        with suppress(Exception):  # a browser that is gone cannot be closed well
            async with asyncio.timeout(_CLOSING):
                await stack.aclose()
