"""One process that checks users for the owner of a journal: its browsers, its sign-ins, its workers.

The browsers stay open between tasks. What a process knows of secrets it has from its own computer.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import traceback
from collections import defaultdict
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.batch.engine.channel import Channel, OwnerGone, Refused
from troubleshooter.batch.engine.parcels import send_folder
from troubleshooter.batch.engine.remote_plan import RemotePlan, read_work
from troubleshooter.batch.next_work import Work
from troubleshooter.batch.pool import PER_BROWSER
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.worker import Worker
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.errors import InputError, Stopped

IDLE = 900.0
"""Seconds without a task after which the browsers are closed."""


class CheckingProcess:
    """What a process keeps from one task to the next. Its checks run in a thread of their own."""

    def __init__(self, channel: Channel, worker: str) -> None:
        """Check users for the owner at the other end of `channel`, as the Dask worker `worker`."""
        self._channel, self._worker = channel, worker
        self._folder = Path(tempfile.mkdtemp(prefix="troubleshooter-"))
        self._stack = ExitStack()
        self._plan: RemotePlan | None = None
        self._unfit: str | None = None
        self._idle: dict[str, list[Worker]] = defaultdict(list)
        self._slots: list[BrowserSlot] = []
        self._workers = 0
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.new_event_loop()
        self._closing = False
        self._joining = asyncio.Lock()
        threading.Thread(target=self._loop.run_forever, name="checks", daemon=True).start()

    def check(self, task: str) -> None:
        """Check the users of a task, if the owner still wants it; return when what was found is in the journal."""
        with suppress(CancelledError):  # the process ends
            asyncio.run_coroutine_threadsafe(self._check(task), self._loop).result()

    def end(self) -> None:
        """Begin to close the browsers: there are no more tasks. May be called in any thread, several times."""
        if not self._closing:
            self._loop.call_soon_threadsafe(lambda: self._loop.create_task(self._close()))

    async def _check(self, task: str) -> None:
        if self._timer:
            self._timer.cancel()
        try:
            plan = await self._joined()
            if plan is None:
                await self._channel.asked("unfit", task=task, why=self._unfit)
            elif begun := await self._channel.asked("begin", task=task, worker=self._worker):
                await self._work(task, plan, begun)
        except OwnerGone:
            self.end()
        except Refused:
            return
        finally:
            self._timer = self._loop.call_later(IDLE, self.end)

    async def _work(self, task: str, plan: RemotePlan, begun: dict[str, Any]) -> None:
        work, account = read_work(begun, self._folder), begun["account"]
        try:
            try:
                worker = await self._free_worker(plan, account)
                try:
                    await worker.check(work)
                finally:
                    self._idle[account].append(worker)
            except NotLetIn as error:
                await asyncio.to_thread(self._report, work.account or account, error)
            except Stopped as stop:
                self._unfit = f"{stop.what.text} {stop.help.text}"
            except BrowserFailure:
                self._unfit = "its browser does not stay alive"
            except (OwnerGone, Refused):
                raise
            except Exception as error:  # noqa: BLE001 - the owner ends the run with it
                await self._channel.asked("failed", text=_where(error))
        finally:
            await self._channel.asked("over", task=task)
            _forget_pictures(work, self._folder)

    async def _joined(self) -> RemotePlan | None:
        """Return what is needed to check users; None if this computer lacks something, which `_unfit` says."""
        async with self._joining:
            if self._plan is None and self._unfit is None:
                about = await self._channel.asked("join", worker=self._worker)
                try:
                    self._plan = RemotePlan.of(about, self._channel, self._folder, self._stack)
                except InputError as error:
                    self._unfit = str(error)
            return None if self._unfit else self._plan

    async def _free_worker(self, plan: RemotePlan, account: str) -> Worker:
        if self._idle[account]:
            return self._idle[account].pop()
        self._workers += 1
        if self._workers > PER_BROWSER * len(self._slots):
            self._slots.append(plan.slot())
        slot = self._slots[-1]
        await plan.take_name_from(slot)
        return Worker(f"worker-{self._workers}", plan.plan, plan.colleague(account), slot)

    def _report(self, account: str, error: NotLetIn) -> None:
        folder = error.folder.name if error.folder else None
        if folder and not send_folder(self._channel, 0, self._folder, folder):
            folder = None
        record = error.record.model_dump_json(by_alias=True) if error.record else None
        self._channel.ask("refused", account=account, why=str(error), record=record, folder=folder)

    async def _close(self) -> None:
        if self._closing:
            return
        self._closing = True
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for workers in self._idle.values():
            while workers:
                await workers.pop().close()
        while self._slots:
            await self._slots.pop().close()
        self._channel.close()
        self._stack.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._loop.stop()


def _where(error: Exception) -> str:
    """Return what kind of error it is, and where it was raised; its message may contain anything."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {', '.join(f'{Path(one.filename).name}:{one.lineno}' for one in frames[-3:])}"


def _forget_pictures(work: Work, folder: Path) -> None:
    for lease in work.leases:
        if lease.row.expect and lease.row.expect.is_relative_to(folder):
            lease.row.expect.unlink(missing_ok=True)
