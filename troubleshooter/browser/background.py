"""Runs work that event handlers start but cannot await."""

from __future__ import annotations

import asyncio
from typing import Any


class BackgroundTasks:
    """Background tasks that event handlers have started."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Any) -> None:  # noqa: ANN401 - any coroutine
        """Run `work` in the background. A failure is ignored: it can only mean that the page or tab was closed."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    async def finished(self) -> None:
        """Wait until the tasks that are running now are done."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
