"""Work started by event handlers, which cannot await it."""

from __future__ import annotations

import asyncio
from typing import Any


class BackgroundTasks:
    """Tasks that run on their own until they are done."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Any) -> None:  # noqa: ANN401 - any coroutine
        """Run `work`. If it fails, the failure is ignored: all that can happen is that its page or tab was closed."""
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
