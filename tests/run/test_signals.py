"""Ctrl-C and SIGTERM reach the innermost block, and the previous handlers are restored after it."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from troubleshooter.run.signals import cancelling, handling


class Noted:
    """Signal handler that notes the signals that reach it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._loop, self._one_more = asyncio.get_running_loop(), asyncio.Event()

    def __call__(self, name: str) -> None:
        self.names.append(name)
        self._loop.call_soon_threadsafe(self._one_more.set)

    async def gets(self, name: str) -> None:
        """Send this process the signal `name`, and wait until this handler has noted it."""
        self._one_more.clear()
        os.kill(os.getpid(), getattr(signal, name))
        await asyncio.wait_for(self._one_more.wait(), 10)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
async def test_a_signal_cancels_the_work_and_is_named(name: str):
    """The note is made before the work is canceled, so that the work can say what ended it."""
    noted, cancelled_before = Noted(), []
    work = asyncio.ensure_future(asyncio.Event().wait())

    def note(name: str) -> None:
        cancelled_before.append(work.cancelling())
        noted(name)

    with cancelling(work, note):
        await noted.gets(name)
        with pytest.raises(asyncio.CancelledError):
            await work
    assert ([name], [0]) == (noted.names, cancelled_before)


async def test_an_outer_block_gets_the_signals_back():
    """A run within a watch handles signals itself; afterwards the watch handles them again, and then the process."""
    process, watch, run = Noted(), Noted(), Noted()
    before = signal.signal(signal.SIGTERM, lambda *_: process("SIGTERM"))
    try:
        with handling(watch):
            await watch.gets("SIGTERM")
            with handling(run):
                await run.gets("SIGTERM")
            await watch.gets("SIGINT")
        await process.gets("SIGTERM")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (["SIGTERM", "SIGINT"], ["SIGTERM"], ["SIGTERM"]) == (watch.names, run.names, process.names)


def test_a_thread_has_no_signals():
    """In a thread, where a loop cannot handle signals, the work is done without handling any."""

    async def work() -> str:
        with handling(lambda name: None):
            return "done"

    assert "done" == asyncio.run(asyncio.wait_for(asyncio.to_thread(lambda: asyncio.run(work())), 10))
