"""Keeps the browser of this process open for all its checks."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.browser.launch import FONTS, Options, Started
from troubleshooter.browser.user_agent import decorated_user_agent
from troubleshooter.tenant.file import Network

T = TypeVar("T")


class KeptBrowser:
    """A browser that starts when it is first needed, and again after a crash."""

    def __init__(self, options: Options, network: Network | None) -> None:
        self._slot = BrowserSlot(options, network)
        self._agent: str | None = None

    async def tried(self, work: Callable[[Started, str], Awaitable[T]], company: str) -> T:
        """Return what `work` returns, given the browser and its name; done again in another browser if one crashes.

        Args:
            company: the company in that name, which tells the service who sends the requests.

        Raises:
            Stopped: no browser was found, or none started (`browser-missing`).
            BrowserFailure: it crashed each time.
        """

        async def named(browser: Started) -> T:
            if self._agent is None:
                self._agent = await decorated_user_agent(browser, company)
            return await work(browser, self._agent)

        with _environment_of_others():
            return await self._slot.tried(named)

    async def renew(self) -> None:
        """Let another browser start if this one has crashed."""
        await self._slot.renew()

    async def close(self) -> None:
        """Close it."""
        await self._slot.close()


@contextmanager
def _environment_of_others() -> Iterator[None]:
    """Undo on exit what starting a browser changes in the environment: tests may start browsers of their own."""
    kept = os.environ.get(FONTS)
    try:
        yield
    finally:
        if kept is None:
            os.environ.pop(FONTS, None)
