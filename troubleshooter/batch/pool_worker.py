"""Keeps a worker of this process working until nobody waits any more, or the run is to end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.next_work import next_work
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.worker import Worker


@dataclass(frozen=True)
class PoolWorker:
    """A worker that leases users by itself."""

    worker: Worker
    journal: Journal
    pace: Pace
    """The pace of its account."""
    waiting: asyncio.Condition
    """Notified whenever users may have begun to wait again; all workers share it."""

    async def work(self) -> None:
        """Check users until nobody waits any more, or the run is to end.

        Raises:
            NotLetIn: the account was not let in.
        """
        try:
            while await self._may_go_on() and await self._next():
                await self._tell_others()
        finally:
            await self.worker.close()
            await self._tell_others()  # whoever was given back waits for them

    async def _tell_others(self) -> None:
        async with self.waiting:
            self.waiting.notify_all()

    async def _may_go_on(self) -> bool:
        plan = self.worker.plan
        await plan.window.opened(plan.ending.event)
        return not plan.ending.event.is_set()

    async def _next(self) -> bool:
        """Check what waits next; return False if nobody waits, and nobody who is being checked may wait again."""
        if work := next_work(self.journal, self.worker.name, slowed=self.pace.is_slowed):
            await self.worker.check(work)
            return True
        return await self._others_may_return()

    async def _others_may_return(self) -> bool:
        async with self.waiting:
            if not self.journal.counts()[UserState.LEASED]:
                return False
            ended = asyncio.ensure_future(self.worker.plan.ending.event.wait())
            changed = asyncio.ensure_future(self.waiting.wait())
            try:
                await asyncio.wait([ended, changed], return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in (ended, changed):
                    wait.cancel()
                await asyncio.gather(ended, changed, return_exceptions=True)
        return True
