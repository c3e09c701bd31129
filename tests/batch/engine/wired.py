"""An owner of a journal and processes that ask it, within one process, for tests without a cluster."""

from __future__ import annotations

import asyncio
import queue
from pathlib import Path
from typing import Any

from troubleshooter.batch.engine.channel import Channel, Message
from troubleshooter.batch.engine.owner import Owner
from troubleshooter.batch.engine.remote import RemoteLedger
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.next_work import next_work
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch
from troubleshooter.redaction.redactor import Redactor


class Wire:
    """Carries messages between threads."""

    def __init__(self, owner: Owner) -> None:
        """Carry them to `owner`, in the loop that runs now."""
        self._owner, self._loop = owner, asyncio.get_running_loop()
        self._answers: queue.Queue[Message] = queue.Queue()
        self._tasks: set[Any] = set()

    def send(self, message: Message) -> None:
        """Ask."""
        self._tasks.add(asyncio.run_coroutine_threadsafe(self._owner.answer(message, self._reply), self._loop))

    async def _reply(self, _: str, answer: Message) -> None:
        self._answers.put(answer)

    def receive(self, seconds: float) -> Message | None:
        """Return the next answer."""
        try:
            return self._answers.get(timeout=min(seconds, 0.2))
        except queue.Empty:
            return None

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


class Wired:
    """An owner, and the processes that have joined it."""

    def __init__(self, journal: Journal, folder: Path, accounts: tuple[str, ...] = ("helpdesk",)) -> None:
        """Own `journal`."""
        self.ending, self.said, self.results = Ending(), [], []
        batch = Batch(
            folder,
            journal,
            dict.fromkeys(accounts),  # type: ignore[arg-type]
            {},
            workers=1,
            rate=0,
            done=lambda result, ending: self.results.append(result),
        )
        paces = {name: Pace(0, self.ending.event) for name in accounts}
        self.owner = Owner(batch, self.ending, paces, {}, self.said.append)
        self._given = 0
        self._channels: list[Channel] = []

    async def process(self, name: str) -> Channel:
        """Return the line of a process that has joined."""
        channel = Channel(name, Wire(self.owner))
        self._channels.append(channel)
        await channel.asked("join", worker=f"tcp://{name}")
        return channel

    def give(self) -> str:
        """Make an assignment of what waits next; return its number."""
        self._given += 1
        work = next_work(self.owner.assignments.journal, f"dask-{self._given}", slowed=self.owner.is_slowed)
        assert work
        return self.owner.assignments.add(work).id

    def ledger(self, channel: Channel, folder: Path) -> RemoteLedger:
        """Return the journal as a process sees it that keeps evidence in `folder`."""
        return RemoteLedger(channel, folder, Redactor())

    def close(self) -> None:
        """End all processes."""
        for channel in self._channels:
            channel.close()
