"""Counts down the time of a run, except while a person is waited for."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager


class RunClock:
    """The time that a run has left. It runs from the beginning."""

    def __init__(self, seconds: float = math.inf) -> None:
        self._left = seconds
        self._running_since: float | None = time.monotonic()
        self._pauses = 0
        self._limit: asyncio.Timeout | None = None

    @property
    def left(self) -> float:
        """Return how many seconds are left."""
        running = time.monotonic() - self._running_since if self._running_since is not None else 0.0
        return max(0.0, self._left - running)

    @property
    def has_run_out(self) -> bool:
        """Return whether the time ended what was going on."""
        return self._limit is not None and self._limit.expired()

    @asynccontextmanager
    async def ending(self) -> AsyncIterator[None]:
        """Within the block, cancel whatever goes on once the time has run out.

        Raises:
            TimeoutError: it has.
        """
        async with asyncio.timeout(None) as self._limit:
            self._set_limit()
            yield

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within the block, the time does not run: a person is waited for, who has a time limit of their own."""
        self._pauses += 1
        self._left, self._running_since = self.left, None
        self._set_limit()
        try:
            yield
        finally:
            self._pauses -= 1
            if not self._pauses:
                self._running_since = time.monotonic()
            self._set_limit()

    def _set_limit(self) -> None:
        if self._limit is None or self._limit.expired():
            return
        endless = self._running_since is None or self.left == math.inf
        self._limit.reschedule(None if endless else asyncio.get_running_loop().time() + self.left)
