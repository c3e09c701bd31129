"""One account's requests are spread over time; throttling slows them down, and the pace recovers."""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from troubleshooter.batch.pace import Pace, seconds_in


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def pace(rate: float) -> tuple[Pace, Clock]:
    """Return a pace of `rate` requests per second, with its clock."""
    clock = Clock()
    return Pace(rate, asyncio.Event(), clock), clock


def test_requests_are_spread():
    """The first requests go at once; later ones wait until the rate allows them, and idle time is not saved up."""
    it, clock = pace(8)
    assert [0, 2, 3] == [it.wait_for(n) for n in (16, 8, 8)]
    clock.now += 60
    assert [0, 1] == [it.wait_for(8), it.wait_for(8)]


def test_a_page_is_paid_for_afterwards():
    """Requests that were sent without asking delay the next ones."""
    it, _ = pace(10)
    it.spend(40)
    assert it.wait_for(1) == 4


def test_no_limit_waits_for_nothing():
    """Without a limit, nothing waits."""
    it, _ = pace(0)
    assert [0, 0] == [it.wait_for(10_000), it.wait_for(10_000)]


@pytest.mark.parametrize(("rate", "slowed"), [(8, 4), (0, 4), (1, 0.5), (0.5, 0.5)])
def test_throttling_pauses_and_slows_down(rate: float, slowed: float):
    """All requests pause as long as the service asks for; then fewer are sent. One batch counts once."""
    it, clock = pace(rate)
    it.note_throttled("30")
    it.note_throttled("30")
    assert (1, 30, slowed, True) == (it.throttled, it.wait_for(1), it.rate, it.is_slowed)
    clock.now += 40
    for _ in range(500):
        it.note_answered()
    assert ((rate or math.inf), False) == (it.rate, it.is_slowed)


def test_the_longest_pause_that_is_asked_for_counts():
    """While all requests pause, another answer may ask for a longer pause, but not for a shorter one."""
    it, _ = pace(8)
    it.note_throttled()
    it.note_throttled("120")
    it.note_throttled("60")
    assert (1, 120) == (it.throttled, it.wait_for(1))


def test_throttling_without_a_time_pauses_longer_each_time():
    """Without Retry-After, each pause in a row is twice as long; an answer ends the row."""
    it, clock = pace(8)
    pauses = []
    for _ in range(3):
        it.note_throttled()
        pauses.append(it.wait_for(0))
        clock.now += 1000
    it.note_answered()
    it.note_throttled()
    assert [10, 20, 40, 10] == [*pauses, it.wait_for(0)]


async def test_the_end_of_the_run_ends_the_wait():
    """Who waits for the pace does not hold up the end of the run."""
    ended = asyncio.Event()
    it = Pace(1, ended)
    it.spend(3600)
    waiting = asyncio.create_task(it.take(1))
    ended.set()
    assert await asyncio.wait_for(waiting, 5) is False


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("17", 17), ("0", 0), ("1800", 1800), ("99999", 3600), ("", None), ("soon", None), ("-3", None), ("١٢", None)],
)
def test_retry_after_is_read(header: str, seconds: float | None):
    """A number of seconds counts, up to a limit; anything else says nothing."""
    assert seconds == seconds_in(header)


def test_retry_after_may_be_a_date():
    """A date counts from now."""
    later = datetime.now(UTC) + timedelta(seconds=60)
    found = seconds_in(format_datetime(later, usegmt=True))
    assert found is not None
    assert 50 < found <= 60
