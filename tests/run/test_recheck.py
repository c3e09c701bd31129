"""A run that repeats another: its arguments, its chain on disk, and the watch, by a clock that is moved by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from troubleshooter.diagnose import differing, follows
from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Outcome, Reason, Verdict
from troubleshooter.model.records import Record
from troubleshooter.run import recheck

from ..diagnose.records import CARD, OWN, PAGE, SMALL, but, record, stale

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Clock(recheck.Timer):
    """A timer that jumps to the moment it should wait for."""

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


def made(out: Path, number: int, at: datetime, **what) -> recheck.Earlier:
    """Write a run of `photo-differs` that ended at `at`, after `earlier` if given."""
    folder = RunFolder.new(out, "photo-differs", at)
    earlier = what.pop("earlier", None)
    base = record().model_copy(
        update={
            "id": folder.path.name,
            "started": at,
            "finished": at,
            "verdict": Verdict.OUT_OF_SYNC,
            "reason": None,
            "previous": follows(earlier.record) if earlier else None,
            **what,
        }
    )
    folder.write_record(base)
    return recheck.Earlier(folder, base)


def next_runs(out: Path, clock: Clock, good_after: int | None = None):
    """Return a function that makes the next run, and the list of when it did."""
    times: list[datetime] = []

    async def again(earlier: recheck.Earlier) -> recheck.Earlier:
        times.append(clock.at)
        good = good_after is not None and len(times) >= good_after
        verdict = Verdict.IN_SYNC if good else Verdict.OUT_OF_SYNC
        return made(out, len(times), clock.at, earlier=earlier, verdict=verdict)

    return again, times


async def test_watches_until_in_sync(tmp_path):
    """It runs every six hours, and ends with the first run that is in sync."""
    clock = Clock()
    again, times = next_runs(tmp_path, clock, good_after=3)
    watch = recheck.Watch.of("6h", ("in-sync",), NOON)
    last = await recheck.watched(made(tmp_path, 0, NOON), watch, again, clock)
    assert [NOON + 6 * HOUR, NOON + 12 * HOUR, NOON + 18 * HOUR] == times
    assert Verdict.IN_SYNC is last.record.verdict


async def test_watches_until_the_deadline_and_no_longer(tmp_path):
    """With a deadline alone, a run that is in sync does not end the watch; after the deadline nothing runs."""
    clock = Clock()
    again, times = next_runs(tmp_path, clock, good_after=1)
    watch = recheck.Watch.of("6h", ("13h",), NOON)
    await recheck.watched(made(tmp_path, 0, NOON), watch, again, clock)
    assert [NOON + 6 * HOUR, NOON + 12 * HOUR] == times


async def test_a_stopped_watch_resumes(tmp_path):
    """The runs stay on disk; restarted, the watch continues after the newest run, to the same deadline."""
    first = made(tmp_path, 0, NOON)
    begun = recheck.WatchStart.of(first)
    clock = Clock(stop_at=NOON + 8 * HOUR)
    again, times = next_runs(tmp_path, clock)
    watch = recheck.Watch.of("6h", ("13h",), begun.at(["6h", "13h"], NOON))
    last = await recheck.watched(first, watch, again, clock)
    assert (True, [NOON + 6 * HOUR]) == (clock.stopped.is_set(), times)

    later = Clock()
    later.at = NOON + 9 * HOUR
    newest = recheck.latest(recheck.read(first.folder.path), tmp_path)
    assert last.record.id == newest.record.id
    again, times = next_runs(tmp_path, later)
    watch = recheck.Watch.of("6h", ("13h",), begun.at(["6h", "13h"], later.at))
    await recheck.watched(newest, watch, again, later)
    assert [NOON + 12 * HOUR] == times
    begun.forget()
    assert NOON + 20 * HOUR == begun.at(["6h", "13h"], NOON + 20 * HOUR)


async def test_an_interrupted_run_is_not_the_newest(tmp_path):
    """An interrupted run says nothing: the chain continues from the one before."""
    first = made(tmp_path, 0, NOON)
    made(tmp_path, 1, NOON + HOUR, earlier=first, interrupted_by="SIGINT", reason=Reason.INTERRUPTED)
    assert first.record.id == recheck.latest(first, tmp_path).record.id


async def test_the_timer_ends_when_it_is_stopped(tmp_path):
    """Stopped, a wait ends at once; a moment in the past is not waited for."""
    timer = recheck.Timer()
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
    """What is neither a duration nor a time is refused, in one line that says what is expected."""
    with pytest.raises(InputError, match="expected "):
        recheck.Watch.of(*words, NOON)


def test_a_deadline_is_a_duration_or_a_time():
    """A time without a zone is UTC; the earliest of several counts."""
    assert NOON + 24 * HOUR == recheck.Watch.of("6h", ("24h",), NOON).deadline
    several = recheck.Watch.of("30m", ("in-sync", "2026-11-25T09:00", "2026-11-25T10:00+02:00"), NOON)
    assert (True, datetime(2026, 11, 25, 8, tzinfo=UTC)) == (several.until_reached, several.deadline)


def test_the_same_again_is_no_change():
    """A run that found what the previous one found reports no change."""
    assert () == differing(record(), record()).changes


def test_a_change_names_its_page():
    """Several cards of one kind are distinguished by their pages."""
    places = but(CARD, OWN, page_url=PAGE)
    changes = differing(record(places, rows=stale(CARD, SMALL)), record(places)).changes
    said = [change.text for change in changes]
    assert said == [
        "people-web-part on Team.aspx: before a different picture, now the right photo",
        "userphoto-s: before a different picture, now the right photo",
    ]


def test_every_later_run_knows_that_the_photo_was_sent():
    """It must not send it again; it also knows when SharePoint was first asked."""
    sent = record(sent=NOON, own_photo_requested=NOON, clock=NOON)
    second = record(previous=follows(sent), own_photo_requested=NOON + HOUR, clock=NOON + HOUR)
    chain = follows(second)
    assert (NOON, NOON, sent.id) == (chain.sent, chain.asked, chain.first)
    assert earlier_from(second).sent


def earlier_from(record: Record) -> recheck.Earlier:
    """Return `record` as a run in a folder that does not matter."""
    return recheck.Earlier(RunFolder(Path("nowhere")), record)


def test_the_goal_is_reached_by_verdict_or_outcome():
    """`in-sync`, or an outcome that the scenario is for."""
    for update, expected in (
        ({"verdict": Verdict.IN_SYNC}, True),
        ({"verdict": Verdict.OUT_OF_SYNC, "outcome": Outcome.COPIED}, True),
        ({"verdict": Verdict.OUT_OF_SYNC, "outcome": Outcome.PENDING}, False),
        ({"verdict": Verdict.INCONCLUSIVE, "reason": Reason.NO_REFERENCE}, False),
    ):
        assert expected == earlier_from(record().model_copy(update=update)).reached
