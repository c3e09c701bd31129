"""Keeps a worker of this process working until nobody waits whom it can check, or the run is to end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.next_work import next_work
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import Colleague
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.worker import Worker


@dataclass
class Accounts:
    """Which accounts were not let in, as far as all workers know."""

    paces: Mapping[str, Pace]
    refused: dict[str, NotLetIn] = field(default_factory=dict)
    """Why, by account."""

    def refuse(self, account: str, why: NotLetIn) -> None:
        """Note that an account was not let in; what was seen of it counts more than that it was not tried again."""
        if account not in self.refused or why.record:
            self.refused[account] = why

    def next_after(self, than: Colleague, colleagues: Sequence[Colleague]) -> Colleague | None:
        """Return the next account after `than` that may be let in; None if there is none."""
        place = [one.name for one in colleagues].index(than.name)
        around = (*colleagues[place + 1 :], *colleagues[:place])
        return next((one for one in around if one.name not in self.refused), None)


@dataclass(frozen=True)
class PoolWorker:
    """A worker that leases users by itself."""

    worker: Worker
    journal: Journal
    accounts: Accounts
    """Shared by all workers."""
    waiting: asyncio.Condition
    """Notified whenever users may have begun to wait again; all workers share it."""

    async def work(self) -> None:
        """Check users until nobody waits whom it can check, or the run is to end."""
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
        mine, refused = self.worker.colleague.name, self.accounts.refused
        if mine in refused and (other := self.accounts.next_after(self.worker.colleague, self.worker.plan.colleagues)):
            await self.worker.go_on_with(other)
            mine = other.name
        slowed = self.accounts.paces[mine].is_slowed
        work = next_work(self.journal, self.worker.name, slowed=slowed, let_in=mine not in refused, refused=refused)
        if work is None:
            return await self._others_may_return()
        try:
            await self.worker.check(work)
        except NotLetIn as why:
            self.accounts.refuse(work.account or mine, why)
        return True

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
