"""Performs a run of many users on a Dask cluster: gives out tasks, answers the processes, notices who is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from distributed import Client, Queue

from troubleshooter.batch.engine.assignments import Assignment
from troubleshooter.batch.engine.channel import Message
from troubleshooter.batch.engine.dask_task import RESOURCE, answers_of, asks_of, check_users, end_run
from troubleshooter.batch.engine.owner import Owner
from troubleshooter.batch.next_work import next_work
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.run.signals import handling

PATIENCE = 10.0
"""Seconds to wait for the scheduler to answer."""
_EVERY = 1.0
"""Seconds between two questions which workers there are."""


@dataclass
class DaskRun:
    """A run on the cluster."""

    client: Client
    owner: Owner
    batch: Batch
    ending: Ending
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    _given: int = 0
    _queues: dict[str, Queue] = field(default_factory=dict)
    """In which each process is answered."""
    _lost: bool = False
    """Whether the scheduler does not answer any more."""
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the second Ctrl-C."""
    _interrupts: int = 0
    _futures: dict[str, Any] = field(default_factory=dict)
    _followers: set[asyncio.Task[None]] = field(default_factory=set)
    _browsers: Mapping[str, int] = field(default_factory=dict)

    async def browsers(self) -> Mapping[str, int]:
        """Return the number of browsers that each worker of the cluster offers, by its address."""
        found = (await self.client.scheduler.identity(n_workers=-1))["workers"]
        offers = {address: int(one.get("resources", {}).get(RESOURCE, 0)) for address, one in found.items()}
        self._browsers = {address: count for address, count in offers.items() if count}
        return self._browsers

    async def perform(self) -> tuple[str, ...]:
        """Check everybody; return what to say about how it ended."""
        async with AsyncExitStack() as stack:
            asks = await Queue(asks_of(self.id), client=self.client)
            for work in (self._answer(asks), self._watch()):
                task = asyncio.create_task(self._guarded(work))
                stack.push_async_callback(_ended, task)
            with handling(self._interrupted):
                await self._give_out()
                await self._finish()
            self.owner.close()
            await self._end_processes()
            await self._forget_tasks()
        lost = "The Dask scheduler does not answer any more."
        return (lost,) if self._lost else ()

    def _interrupted(self, _: str) -> None:
        if self._interrupts:
            self._stop.set()
        self._interrupts += 1
        self.ending.end(EndedBy.INTERRUPTED)
        self.owner.changed.set()

    async def _guarded(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        """End the run if the scheduler is lost."""
        try:
            await work
        except Exception:  # noqa: BLE001 - dask raises many things, all of which mean this
            self._lost = True
            self.ending.end(EndedBy.CRASHED)
            self._stop.set()
            self.owner.changed.set()

    async def _answer(self, asks: Queue) -> None:
        async with asyncio.TaskGroup() as answers:
            while True:
                asked = await asks.get()
                answers.create_task(self.owner.answer(asked, self._reply))

    async def _reply(self, process: str, answer: Message) -> None:
        if process not in self._queues:
            self._queues[process] = await Queue(answers_of(self.id, process), client=self.client)
        await self._queues[process].put(answer)

    async def _watch(self) -> None:
        """Notice which workers come, and which are gone."""
        while not self._stop.is_set():
            there = await self.browsers()
            for process, worker in self.owner.staff.processes.items():
                if worker not in there:
                    for id_ in self.owner.lose(process):
                        await self._cancel(id_)
            self.owner.changed.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), _EVERY)

    async def _give_out(self) -> None:
        """Give the cluster tasks until nobody waits any more, or the run is to end."""
        owner = self.owner
        while True:
            await self.batch.window.opened(self.ending.event)
            if self.ending.event.is_set():
                return
            free = sum(n for worker, n in self._browsers.items() if worker not in owner.staff.useless)
            given = len(owner.assignments.open)
            name, slowed = f"dask-{self._given + 1}", owner.is_slowed
            refused = owner.staff.refused_accounts
            if given < free and (work := next_work(self.batch.journal, name, slowed=slowed, refused=refused)):
                self._give(owner.assignments.add(work))
            elif given or not free:
                await self._changed(self.ending.event)
            else:
                return

    async def _finish(self) -> None:
        """Wait until what has begun is over; the second Ctrl-C ends that, too. Whoever is not finished waits again."""
        assignments = self.owner.assignments
        for id_ in [id_ for id_ in assignments.open if not assignments.has_begun(id_)]:
            assignments.give_back(id_)
            await self._cancel(id_)
        while assignments.open and not self._stop.is_set():
            await self._changed(self._stop)
        for id_ in list(assignments.open):
            assignments.give_back(id_)

    async def _changed(self, other: asyncio.Event) -> None:
        """Wait until there may be something to do, or `other` is set."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self.owner.changed, other)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self.owner.changed.clear()

    def _give(self, assignment: Assignment) -> None:
        self._given += 1
        numbers = tuple(lease.row.number for lease in assignment.work.leases)
        key = f"troubleshooter-{self.id}-{assignment.id}"
        future = self.client.submit(
            check_users, self.id, assignment.id, numbers, key=key, pure=False, retries=0, resources={RESOURCE: 1}
        )
        self._futures[assignment.id] = future
        follower = asyncio.create_task(self._follow(assignment.id, future))
        self._followers.add(follower)
        follower.add_done_callback(self._followers.discard)

    async def _follow(self, id_: str, future: Any) -> None:  # noqa: ANN401 - dask's
        """Wait until a task is over; whom its process did not finish waits again."""
        await asyncio.wait([asyncio.ensure_future(_over(future))])
        future.release()
        del self._futures[id_]
        self.owner.lose_assignment(id_)

    async def _cancel(self, id_: str) -> None:
        with suppress(Exception):  # the scheduler may be gone
            await asyncio.wait_for(self.client.cancel([self._futures[id_]], force=True), PATIENCE)

    async def _forget_tasks(self) -> None:
        """Wait until the scheduler says that the last tasks are over, as far as it still says anything."""
        if self._followers and not self._lost and not self._stop.is_set():
            await asyncio.wait(self._followers, timeout=PATIENCE)
        for id_ in list(self._futures):
            await self._cancel(id_)
        for follower in list(self._followers):
            await _ended(follower)

    async def _end_processes(self) -> None:
        """Let the processes close their browsers, as far as they can be reached."""
        if not self._lost:
            with suppress(Exception):
                run = self.client.run(end_run, self.id, workers=list(self._browsers), on_error="ignore")
                await asyncio.wait_for(run, PATIENCE)


async def _over(future: Any) -> None:  # noqa: ANN401 - dask's
    """Wait until a task is over, however it ended."""
    with suppress(Exception, asyncio.CancelledError):
        await future


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
