"""The time of a run ends it, but not while a person is waited for."""

from __future__ import annotations

import asyncio
import math

import pytest

from troubleshooter.browser import run_clock
from troubleshooter.browser.run_clock import RunClock


class Clock:
    """A monotonic clock that is set."""

    at = 100.0

    def monotonic(self) -> float:
        return self.at


async def test_the_time_ends_what_goes_on():
    """Whatever waits is cancelled, and can tell that the time ended it."""
    clock, told = RunClock(0.01), []
    with pytest.raises(TimeoutError):
        async with clock.ending():
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                told.append(clock.has_run_out)
                raise
    assert [True] == told


async def test_work_that_is_done_in_time_is_left_alone():
    """Nothing is raised, and the time has not run out."""
    clock = RunClock(60.0)
    async with clock.ending():
        await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0)
    assert not clock.has_run_out


async def test_somebody_else_who_cancels_is_not_the_clock():
    """A signal that ends the run is not taken for its time limit."""
    clock = RunClock(60.0)

    async def work() -> None:
        async with clock.ending():
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    await asyncio.wait([task], timeout=0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not clock.has_run_out


async def test_a_person_is_waited_for_without_end():
    """While a person is waited for, also by several at once, nothing ends; then the rest of the time counts."""
    clock, answered = RunClock(0.05), asyncio.Event()
    asyncio.get_running_loop().call_later(0.2, answered.set)
    with pytest.raises(TimeoutError):
        async with clock.ending():
            with clock.paused(), clock.paused():
                await answered.wait()
            assert clock.left > 0
            await asyncio.Event().wait()
    assert clock.has_run_out


def test_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch):
    """It runs from the beginning, and stands still while a person is waited for."""
    set_clock = Clock()
    monkeypatch.setattr(run_clock, "time", set_clock)
    clock = RunClock(60.0)
    set_clock.at += 10
    with clock.paused():
        set_clock.at += 500
        assert 50.0 == clock.left
    set_clock.at += 20
    assert 30.0 == clock.left
    set_clock.at += 40
    assert (0.0, math.inf) == (clock.left, RunClock().left)
