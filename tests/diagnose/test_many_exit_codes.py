"""The exit codes of the commands about many users, and which comes first where several are true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from troubleshooter.diagnose import diff_exit_code, verify_exit_code
from troubleshooter.model.batch_records import Depth, EndedBy, Summary, UserResult
from troubleshooter.model.enums import Verdict

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
GOOD, BAD, NONE, UNCLEAR, STOPPED = Verdict


def result(verdict: Verdict, **fields: Any) -> UserResult:
    """Return a result with this verdict."""
    return UserResult(number=1, upn="a@b.c", verdict=verdict, depth=Depth.QUICK, finished=NOON, **fields)


def code(*results: Verdict | UserResult, total: int | None = None, **fields: Any) -> int:
    """Return the exit code of a run with these results."""
    found = [result(one) if isinstance(one, Verdict) else one for one in results]
    made = {"id": "a", "tenant": "b", "started": NOON, "ended_by": EndedBy.DONE}
    return verify_exit_code(found, Summary(total=len(found) if total is None else total, **{**made, **fields}))


def test_each_code():
    """0 for nothing to do, 1 for a difference, 4 for what could not be determined, 3 where nobody was let in."""
    assert [0, 0, 1, 1, 4, 3] == [code(), code(GOOD), code(BAD), code(NONE), code(UNCLEAR), code(STOPPED)]


def test_an_accepted_difference_does_not_count():
    """Neither a difference nor an inconclusive result counts, if it is accepted."""
    assert 0 == code(GOOD, result(BAD, accepted=True), result(UNCLEAR, accepted=True))
    assert 1 == code(GOOD, result(BAD, accepted=True), BAD)


def test_the_order():
    """A difference is said before anything else that is true at the same time, except that nobody was let in."""
    assert 1 == code(GOOD, BAD, UNCLEAR, STOPPED)
    assert 4 == code(GOOD, UNCLEAR, STOPPED)
    assert 4 == code(GOOD, STOPPED)
    assert 3 == code(STOPPED, STOPPED)
    assert 1 == code(BAD, total=10, ended_by=EndedBy.INTERRUPTED)


@pytest.mark.parametrize("by", [EndedBy.INTERRUPTED, EndedBy.DEADLINE, EndedBy.FAILURES, EndedBy.CRASHED])
def test_a_run_that_ended_early(by: EndedBy):
    """Nobody knows about the others, even if all who were checked are in sync."""
    assert (4, 4) == (code(GOOD, ended_by=by), code(ended_by=by))


def test_nobody_let_in():
    """Without any result it is the reason why the run ended; with results of before, somebody was let in."""
    assert 3 == code(total=5, ended_by=EndedBy.NOT_LET_IN)
    assert 4 == code(GOOD, total=5, ended_by=EndedBy.NOT_LET_IN)


def test_what_is_missing():
    """A user without a result, or a part that nobody has, makes the exit code 4."""
    assert (4, 4) == (code(GOOD, total=2), code(GOOD, missing=("shard 3/10",)))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(GOOD, GOOD), (BAD, GOOD), (BAD, NONE), (None, GOOD), (UNCLEAR, UNCLEAR)], 0),
        ([(GOOD, BAD)], 1),
        ([(None, NONE)], 1),
        ([(UNCLEAR, BAD), (GOOD, UNCLEAR)], 1),
        ([(GOOD, UNCLEAR)], 4),
        ([(BAD, STOPPED)], 4),
        ([(None, UNCLEAR)], 4),
    ],
)
def test_a_comparison(pairs: list[tuple[Verdict | None, Verdict]], expected: int):
    """1 where somebody is worse, 4 where somebody can no longer be determined, else 0."""
    assert expected == diff_exit_code(pairs)


def test_a_comparison_with_a_run_that_ended_early():
    """Whoever is not there may be worse."""
    assert (4, 1) == (diff_exit_code([(GOOD, GOOD)], whole=False), diff_exit_code([(GOOD, BAD)], whole=False))
