"""Runs the workers of a run of many users until everybody is done, or the run is to end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.plan import BatchPlan
from troubleshooter.batch.pool_worker import Accounts, PoolWorker
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.batch.worker import Worker
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.run.signals import handling

PER_BROWSER = 2
"""Workers that share a browser."""
_MEMORY_PER_WORKER = 700_000_000
"""Bytes that a worker takes with its share of a browser, at most."""


def usual_workers() -> int:
    """Return how many workers this computer can run: two per core, as far as its memory goes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        memory = 4 * _MEMORY_PER_WORKER
    return max(1, min(2 * cores, memory // 2 // _MEMORY_PER_WORKER, 16))


async def perform(
    plan: BatchPlan, journal: Journal, paces: Mapping[str, Pace], workers: int, slots: Sequence[BrowserSlot]
) -> list[NotLetIn]:
    """Let that many workers check everybody who waits; return which accounts were not let in.

    Ctrl-C once ends the run when what is in flight is finished; twice ends it now. Both lose nothing.
    """
    waiting, colleagues, accounts = asyncio.Condition(), plan.colleagues, Accounts(paces)
    await _until_done(
        plan,
        [
            PoolWorker(
                Worker(f"worker-{n + 1}", plan, colleagues[n % len(colleagues)], slots[n // PER_BROWSER]),
                journal,
                accounts,
                waiting,
            )
            for n in range(workers)
        ],
    )
    return list(accounts.refused.values())


async def _until_done(plan: BatchPlan, workers: Sequence[PoolWorker]) -> None:
    tasks = [asyncio.create_task(worker.work()) for worker in workers]

    came: list[str] = []

    def interrupted(name: str) -> None:
        if came:
            for task in tasks:
                task.cancel()
        came.append(name)
        plan.ending.end(EndedBy.INTERRUPTED)

    try:
        with handling(interrupted):
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            _end_after_failure(plan, tasks)
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, asyncio.CancelledError):
            raise outcome


def _end_after_failure(plan: BatchPlan, tasks: Sequence[asyncio.Task[None]]) -> None:
    """End the run if a worker failed in an unforeseen way."""
    for task in tasks:
        if task.done() and not task.cancelled() and task.exception():
            plan.ending.end(EndedBy.CRASHED)
