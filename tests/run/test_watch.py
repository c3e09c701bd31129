"""On a simulated clock, a watch runs at its interval, ends at its goal or deadline, and can be resumed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from troubleshooter.errors import InputError
from troubleshooter.model.enums import STOPPED_REASONS, Reason, Verdict
from troubleshooter.model.message import message
from troubleshooter.model.records import Stop
from troubleshooter.run.recheck import Earlier, chain_of, read
from troubleshooter.run.watch import Timer, Watch, WatchStart, watched

from .runs import HOUR, NOON, made


class Clock(Timer):
    """A timer that jumps to the moment that it should wait for."""

    def __init__(self, stop_at: datetime | None = None) -> None:
        self.at = NOON
        super().__init__(now=lambda: self.at)
        self.stop_at = stop_at

    async def until(self, moment: datetime) -> bool:
        if self.stop_at and moment > self.stop_at:
            self.stopped.set()
            return False
        self.at = max(self.at, moment)
        return True


def next_runs(out: Path, clock: Clock, good_after: int | None = None):
    """Return a function that makes the next run, and the list of the times at which it was called."""
    times: list[datetime] = []

    async def again(earlier: Earlier) -> Earlier:
        times.append(clock.at)
        good = good_after is not None and len(times) >= good_after
        verdict = Verdict.IN_SYNC if good else Verdict.OUT_OF_SYNC
        return made(out, clock.at, earlier=earlier, verdict=verdict)

    return again, times


async def test_watches_until_in_sync(tmp_path):
    """A watch makes a run every six hours, and ends with the first run that is in sync."""
    clock = Clock()
    again, times = next_runs(tmp_path, clock, good_after=3)
    watch = Watch.of("6h", ("in-sync",), NOON)
    last = await watched(made(tmp_path, NOON), watch, again, clock)
    assert [NOON + 6 * HOUR, NOON + 12 * HOUR, NOON + 18 * HOUR] == times
    assert Verdict.IN_SYNC is last.record.verdict


async def test_watches_until_the_deadline_and_no_longer(tmp_path):
    """With a deadline alone, a run that is in sync does not end the watch; after the deadline nothing runs."""
    clock = Clock()
    again, times = next_runs(tmp_path, clock, good_after=1)
    watch = Watch.of("6h", ("13h",), NOON)
    await watched(made(tmp_path, NOON), watch, again, clock)
    assert [NOON + 6 * HOUR, NOON + 12 * HOUR] == times


async def test_a_stopped_watch_resumes(tmp_path):
    """A watch that is restarted continues after the newest run on disk, up to the same deadline."""
    first = made(tmp_path, NOON)
    start = WatchStart.of(first)
    clock = Clock(stop_at=NOON + 8 * HOUR)
    again, times = next_runs(tmp_path, clock)
    watch = Watch.of("6h", ("13h",), start.at(["6h", "13h"], NOON))
    last = await watched(first, watch, again, clock)
    assert (True, [NOON + 6 * HOUR]) == (clock.stopped.is_set(), times)

    later = Clock()
    later.at = NOON + 9 * HOUR
    newest = chain_of(read(first.folder.path), tmp_path).newest
    assert last.record.id == newest.record.id
    again, times = next_runs(tmp_path, later)
    watch = Watch.of("6h", ("13h",), start.at(["6h", "13h"], later.at))
    await watched(newest, watch, again, later)
    assert [NOON + 12 * HOUR] == times
    start.forget()
    assert NOON + 20 * HOUR == start.at(["6h", "13h"], NOON + 20 * HOUR)


def stopped(reason: Reason, **more: object) -> dict[str, object]:
    """Return what the record of a stopped run says."""
    stop = Stop(step="office-com", what=message("No."), help=message("Ask."), **more)
    return {"verdict": Verdict.STOPPED, "reason": reason, "stop": stop}


WAITS = [
    *((reason, {}, True) for reason in sorted(STOPPED_REASONS - {Reason.HOST_UNREACHABLE, Reason.SIGN_IN_ERROR})),
    (Reason.SIGN_IN_ERROR, {"secret_sent": True}, True),
    (Reason.SIGN_IN_ERROR, {}, True),  # a record of an older version does not tell
    (Reason.SIGN_IN_ERROR, {"secret_sent": False}, False),
    (Reason.HOST_UNREACHABLE, {"secret_sent": False}, False),
    (Reason.PROXY, {"may_pass": True}, False),  # the proxy is down
    (Reason.PROXY, {"may_pass": False}, True),  # it refuses the password, which is not sent again
    (Reason.WRONG_PASSWORD, {"may_pass": True}, True),  # whatever else is said, a refused secret is not sent again
]


@pytest.mark.parametrize(("reason", "more", "waits"), WAITS)
async def test_a_watch_ends_where_only_a_person_can_help(reason, more, waits, tmp_path):
    """Every stop ends it, at its first look and before it, but one that may be gone at the next look by itself."""
    clock, times = Clock(stop_at=NOON + 20 * HOUR), list[datetime]()

    async def again(earlier: Earlier) -> Earlier:
        times.append(clock.at)
        return made(tmp_path, clock.at, earlier=earlier, **stopped(reason, **more))

    watch = Watch.of("6h", ("13h",), NOON)
    last = await watched(made(tmp_path, NOON), watch, again, clock)
    assert [NOON + 6 * HOUR, NOON + 12 * HOUR][: 1 if waits else 2] == times
    assert waits == last.waits_for_a_person
    looks = len(times)
    await watched(last, Watch.of("6h", (), NOON), again, clock)
    assert (len(times) == looks) == waits


async def test_a_watch_for_nobody_ends(tmp_path):
    """An address that nobody has is mistyped: only a person can correct it."""
    again, times = next_runs(tmp_path, Clock())
    nobody = made(tmp_path, NOON, verdict=Verdict.INCONCLUSIVE, reason=Reason.USER_NOT_FOUND)
    await watched(nobody, Watch.of("6h", (), NOON), again, Clock())
    assert [] == times


async def test_a_look_that_could_not_tell_does_not_end_a_watch(tmp_path):
    """A page that is missing today may be there tomorrow: only a stop ends it."""
    clock = Clock()
    again, times = next_runs(tmp_path, clock)
    unclear = made(tmp_path, NOON, verdict=Verdict.INCONCLUSIVE, reason=Reason.PAGE_MISSING)
    await watched(unclear, Watch.of("6h", ("13h",), NOON), again, clock)
    assert 2 == len(times)


@pytest.mark.parametrize(("ended_by", "looks"), [("SIGTERM", 1), ("time-limit", 2)])
async def test_a_look_that_its_time_limit_ended_does_not_end_a_watch(ended_by, looks, tmp_path):
    """A service that is slow today may be faster at the next look; a signal is meant for the watch, too."""
    clock, times = Clock(stop_at=NOON + 20 * HOUR), list[datetime]()

    async def again(earlier: Earlier) -> Earlier:
        times.append(clock.at)
        reason = Reason.INTERRUPTED if ended_by == "SIGTERM" else Reason.TIME_LIMIT
        return made(tmp_path, clock.at, earlier=earlier, interrupted_by=ended_by, reason=reason)

    await watched(made(tmp_path, NOON), Watch.of("6h", ("13h",), NOON), again, clock)
    assert looks == len(times)


async def test_the_timer_ends_when_it_is_stopped(tmp_path):
    """A wait ends immediately if it is stopped or if its moment is in the past."""
    timer = Timer()
    assert await timer.until(datetime.now(UTC) - HOUR)
    waiting = asyncio.ensure_future(timer.until(datetime.now(UTC) + HOUR))
    await asyncio.sleep(0)
    timer.stopped.set()
    assert not await waiting


@pytest.mark.parametrize(
    "words",
    [
        ("0h", ()),
        ("soon", ()),
        ("6", ()),
        ("99999999d", ()),
        ("6h", ("9999999d",)),
        ("6h", ("never",)),
        ("6h", ("0h",)),
    ],
)
def test_wrong_arguments_are_refused(words):
    """Anything but a duration or a time is refused, in one line that says what is expected."""
    with pytest.raises(InputError, match="expected "):
        Watch.of(*words, NOON)


def test_a_deadline_is_a_duration_or_a_time():
    """A deadline is a duration or a time, in UTC if it has no zone, and the earliest of several counts."""
    assert NOON + 24 * HOUR == Watch.of("6h", ("24h",), NOON).deadline
    several = Watch.of("30m", ("in-sync", "2026-11-25T09:00", "2026-11-25T10:00+02:00"), NOON)
    assert (True, datetime(2026, 11, 25, 8, tzinfo=UTC)) == (several.until_reached, several.deadline)
