"""Answers what processes ask the owner of the journal: the one process that may read and write it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any

from troubleshooter.batch.engine.assignments import Assignments
from troubleshooter.batch.engine.channel import Message
from troubleshooter.batch.engine.journal_desk import JournalDesk, Late
from troubleshooter.batch.engine.parcels import Parcels
from troubleshooter.batch.engine.remote import leases_as_json
from troubleshooter.batch.engine.staff import Staff
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.model.records import Record

Reply = Callable[[str, Message], Awaitable[None]]
"""Sends an answer to a process, by its name."""
ALIVE = "alive"


class Owner:
    """Owns the journal of a run. All its methods run in the thread that opened it."""

    def __init__(
        self, batch: Batch, ending: Ending, paces: Mapping[str, Pace], about: Message, say: Callable[[str], None]
    ) -> None:
        """Own the journal of `batch`.

        Args:
            about: what a process needs to know of the run, without secrets.
            say: called with lines for the person at the terminal.
        """
        self._batch, self._ending, self._paces, self._about, self._say = batch, ending, paces, about, say
        self.assignments = Assignments(batch.journal)
        self.staff = Staff(tuple(batch.accounts or batch.own))
        self.changed = asyncio.Event()
        """Set whenever there may be something to do."""
        self.failure: BaseException | None = None
        """What ends the run at once."""
        self.messages = 0
        self._parcels = Parcels(batch.folder)
        self._closed = asyncio.Event()
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._signing_in: dict[tuple[str, str], asyncio.Lock] = {}
        desk = JournalDesk(batch.journal, self.assignments, self._parcels, lambda result: batch.done(result, ending))
        self._answers: dict[str, Callable[..., Any]] = {
            **{"join": self._join, "begin": self._begin, "over": self._over, "unfit": self._unfit},
            **{"failed": self._failed, "refused": self._refused, ALIVE: lambda process: None},  # noqa: ARG005
            **{"take": self._take, "spend": self._spend, "throttled": self._throttled, "answered": self._answered},
            **{"turn": self._turn, "turn-over": self._turn_over, "sign-ins": desk.sign_ins},
            **{"sign-in-begins": desk.sign_in_begins, "sign-in-passed": desk.sign_in_passed},
            **{"sign-in-failed": desk.sign_in_failed, "finish": desk.finish, "closer": desk.closer},
            **{"give-back": desk.give_back, "crashed": desk.crashed, "piece": desk.piece},
        }

    @property
    def is_slowed(self) -> bool:
        """Return whether the service asked an account to slow down."""
        return any(pace.is_slowed for pace in self._paces.values())

    async def answer(self, asked: Message, reply: Reply) -> None:
        """Answer a message. Until its first wait, it is answered before any later message."""
        self.messages += 1
        answer: Message = {"number": asked["number"]}
        try:
            found = self._answers[asked["what"]](asked["process"], **asked["given"])
            answer["answer"] = await found if isawaitable(found) else found
        except Late:
            answer["refused"] = "this process is late"
        except Exception as error:  # noqa: BLE001 - it ends the run, which raises it
            self.fail(error)
            answer["refused"] = "the run has ended"
        if asked["number"] or asked["what"] == ALIVE:
            await reply(asked["process"], answer)

    def fail(self, error: BaseException) -> None:
        """End the run because of `error`."""
        self.failure = self.failure or error
        self._ending.end(EndedBy.CRASHED)
        self.changed.set()

    def close(self) -> None:
        """Let go of the processes that wait for nothing."""
        self._closed.set()

    def lose(self, process: str) -> list[str]:
        """Let the users of a process wait again that has ended; whatever it still says is late.

        Returns:
            Its assignments.
        """
        self._parcels.drop(process)
        self.staff.drop(process)
        for key in [key for key in self._signing_in if key[0] == process]:
            self._signing_in.pop(key).release()
        for id_ in (lost := self.assignments.of(process)):
            self.lose_assignment(id_)
        return lost

    def lose_assignment(self, id_: str) -> None:
        """Let the users of an assignment wait again that its process did not end."""
        for result in self.assignments.lose(id_):
            self._batch.done(result, self._ending)
        self.changed.set()

    def _join(self, process: str, worker: str) -> Message:
        if before := self.staff.join(process, worker):
            self.lose(before)
        return self._about

    async def _begin(self, process: str, task: str, worker: str) -> Message | None:
        self._join(process, worker)  # it may have been taken for lost, while the scheduler did not reach it
        account = self.staff.account_of(process)
        if account is None:
            await self._park(task)
            return None
        if self._ending.event.is_set() or (found := self.assignments.begin(task, process)) is None:
            return None
        leases = found.work.leases
        pictures = [(lease.row.number, lease.row.expect.read_bytes()) for lease in leases if lease.row.expect]
        return {"account": account, "own": found.work.account, "leases": leases_as_json(leases), "pictures": pictures}

    async def _unfit(self, process: str, task: str, why: str) -> None:
        if not self.staff.is_here(process):
            raise Late
        worker = self.staff.worker_of(process)
        if said := self.staff.exclude(process, why):
            self._say(said)
        if not self.staff.is_anybody_fit:
            self.fail(InputError(worker, why))
        await self._park(task)

    async def _park(self, task: str) -> None:
        """Keep a process busy with nothing, so that it gets no other task; its users wait again."""
        if not self.assignments.has_begun(task):
            self.assignments.give_back(task)
        self.changed.set()
        await self._closed.wait()

    def _over(self, process: str, task: str) -> None:
        if task in self.assignments.of(process):
            self.assignments.give_back(task)
        self.changed.set()

    def _failed(self, process: str, text: str) -> None:
        self.fail(RuntimeError(f"{self.staff.worker_of(process)}: {text}"))

    def _refused(self, process: str, account: str, why: str, record: str | None, folder: str | None) -> None:
        if not self.staff.is_here(process):
            raise Late
        if folder:
            self._parcels.put(process, folder)
        seen = Record.model_validate_json(record) if record else None
        self.staff.refuse(process, account, NotLetIn(why, seen, self._batch.folder / folder if folder else None))
        if not self.staff.is_anybody_fit:
            self._ending.end(EndedBy.NOT_LET_IN)

    async def _turn(self, process: str, account: str) -> None:
        lock = self._turns[account]
        await lock.acquire()
        if not self.staff.is_here(process):
            lock.release()
            raise Late
        self._signing_in[process, account] = lock

    def _turn_over(self, process: str, account: str) -> None:
        if lock := self._signing_in.pop((process, account), None):
            lock.release()

    async def _take(self, process: str, account: str, requests: int) -> bool:  # noqa: ARG002 - the account counts
        return await self._paces[account].take(requests)

    def _spend(self, process: str, account: str, requests: int) -> None:  # noqa: ARG002 - as above
        self._paces[account].spend(requests)

    def _throttled(self, process: str, account: str, retry_after: str) -> None:  # noqa: ARG002 - as above
        self._paces[account].note_throttled(retry_after)

    def _answered(self, process: str, account: str) -> None:  # noqa: ARG002 - as above
        self._paces[account].note_answered()
