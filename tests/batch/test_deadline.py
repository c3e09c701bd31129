"""After the deadline nothing new begins, what is in flight is finished, and the summary says so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from troubleshooter.batch.deadline import ending_at, parse_deadline
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch, Performed
from troubleshooter.batch.verify import verify
from troubleshooter.diagnose import verify_exit_code
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import EndedBy, Summary

from .made import journal, result

ZONE = timezone(timedelta(hours=2))
EVENING = datetime(2026, 11, 26, 22, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06:00", "2026-11-27T06:00+02:00"),
        ("22:31", "2026-11-26T22:31+02:00"),
        ("22:30", "2026-11-27T22:30+02:00"),
        ("2h", "2026-11-27T00:30+02:00"),
        ("90m", "2026-11-27T00:00+02:00"),
        ("2026-11-27T06:00:00Z", "2026-11-27T06:00+00:00"),
        ("2026-11-27 06:00", "2026-11-27T06:00+02:00"),
    ],
)
def test_a_deadline_is_a_time_or_a_duration(text: str, expected: str):
    """A time of day is the next one of this computer's zone; a duration counts from now."""
    assert datetime.fromisoformat(expected) == parse_deadline(text, EVENING)


@pytest.mark.parametrize("text", ["", "6", "25:00", "06:60", "tomorrow", "0h", "99999999d", "2026-11-26T22:30+02:00"])
def test_anything_else_is_refused(text: str):
    """What is no time, or has passed, is named, with what is expected."""
    with pytest.raises(InputError, match=r"--deadline: .* expected "):
        parse_deadline(text, EVENING)


async def test_a_run_ends_at_its_deadline(tmp_path: Path):
    """Who is being checked at that moment has a result; who was not reached waits."""
    with journal(tmp_path, 2) as kept:

        async def engine(batch: Batch, ending: Ending) -> Performed:
            lease = batch.journal.lease("worker")
            await ending.event.wait()
            assert batch.journal.finish(lease.row.upn, lease.fence, result(1))
            return Performed()

        ended = await verify(batch_of(tmp_path, kept), engine, datetime.now(UTC) + timedelta(milliseconds=20))
        assert (EndedBy.DEADLINE, 1) == (ended.by, len([*kept.results()]))
    summary = Summary(id="a", tenant="T", started=EVENING, ended_by=ended.by, total=2, missing=("user2@contoso.com",))
    assert 4 == verify_exit_code([result(1)], summary)


async def test_whoever_is_finished_by_then_is_done(tmp_path: Path):
    """A deadline that passes during the last check leaves nothing undone; one in the future ends nothing."""
    for seconds in (0.02, 3600.0):
        folder = tmp_path / str(seconds)
        folder.mkdir()
        with journal(folder, 1) as kept:

            async def engine(batch: Batch, ending: Ending, wait: bool = seconds < 1) -> Performed:
                if wait:
                    await ending.event.wait()
                lease = batch.journal.lease("worker")
                batch.journal.finish(lease.row.upn, lease.fence, result(1))
                return Performed()

            ended = await verify(batch_of(folder, kept), engine, datetime.now(UTC) + timedelta(seconds=seconds))
        assert EndedBy.DONE is ended.by


async def test_nothing_begins_after_the_deadline():
    """A deadline that has passed ends the run before anything else happens; without one, nothing ends it."""
    late, never = Ending(), Ending()
    async with ending_at(datetime.now(UTC) - timedelta(seconds=1), late), ending_at(None, never):
        assert (EndedBy.DEADLINE, True, None) == (late.by, late.event.is_set(), never.by)
    await asyncio.wait_for(late.event.wait(), 1)


def batch_of(folder: Path, kept: object) -> Batch:
    """Return a run whose engine needs nothing but the journal."""
    return Batch(folder, kept, {}, {}, 1, 0)  # type: ignore[arg-type]
