"""A browser that starts before its run does, and closes while the run is being finished."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.launch import Options, Started, started

if TYPE_CHECKING:
    from troubleshooter.tenant.file import Network

_STARTING = 5.0
"""Seconds after which a browser that nobody needs any more, and that does not start, is ended."""


class EarlyBrowser:
    """A browser in a task of its own, so that nothing waits for its start or its end but who needs it.

    Nothing is opened in it before it is asked for. Whoever makes one waits until it is `closed`.
    """

    def __init__(self, options: Options, network: Network | None = None) -> None:
        """Begin to start a browser; needs a running event loop."""
        self._started: asyncio.Future[Started] = asyncio.get_running_loop().create_future()
        self._released = asyncio.Event()
        self._life = asyncio.create_task(self._live(options, network))
        self._life.add_done_callback(_read)

    async def _live(self, options: Options, network: Network | None) -> None:
        async with started(options, network) as browser:
            self._started.set_result(browser)
            await self._released.wait()

    async def started(self) -> Started:
        """Wait for the browser, and return it.

        Raises:
            Stopped: no browser was found, or none started (`browser-missing`).
        """
        ends: set[asyncio.Future[Any]] = {self._started, self._life}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if not self._started.done():
            self._life.result()  # raises what kept it from starting
        return self._started.result()

    def release(self) -> None:
        """Close the browser as soon as the event loop gets a turn, without waiting for it."""
        self._released.set()

    async def closed(self) -> None:
        """Close the browser and wait until that is done; one that is still starting is given a few seconds.

        A browser that is ended while it starts leaves its temporary profile behind. What fails then is ignored: nothing
        depends on it any more.
        """
        self.release()
        await asyncio.wait({self._life}, timeout=_STARTING)
        if not self._started.done():
            self._life.cancel()
        await asyncio.wait({self._life})


def _read(life: asyncio.Task[None]) -> None:
    """Read why the browser did not start or close well, so that asyncio does not log that nobody wanted to know."""
    if not life.cancelled():
        life.exception()
