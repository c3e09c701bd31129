"""The matrix of disturbances is as large as it has to be, and its judge sees what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from troubleshooter.model.enums import INCONCLUSIVE_REASONS, STOPPED_REASONS
from troubleshooter.sandbox.interference import DISTURBANCES, PLACES

from .disturbances.allowed import BY_KIND, USUAL, allowed
from .disturbances.judge import USUALLY, faults_of, wrong_verdict
from .disturbances.rows import COMPUTER, NETWORK, Row, rows

HEALTHY = Row("photo-differs", "healthy", "ana", "reset", "sharepoint")
STALE = Row("photo-differs", "stale-copy", "ana", "slow", "sharepoint")


def made(verdict: str, reason: str | None, code: int, **more: Any) -> dict[str, Any]:
    """Return what a run left behind."""
    well = {
        "outcome": None,
        "lost": [],
        "left": [],
        "touched": 1,
        "seconds": 9,
        "passwords": 1,
        "said": "",
        "steps": [],
    }
    return {"verdict": verdict, "reason": reason, "exit": code, **well, **more}


def test_every_scenario_meets_every_disturbance_everywhere():
    """There are at least 400 rows, no two alike; each kind and place that the sandbox knows is among them."""
    every = rows()
    assert 400 <= len(every) == len({row.key for row in every})
    assert set(BY_KIND) == {row.kind for row in every} == {*NETWORK, *COMPUTER}
    assert set(DISTURBANCES) - {"noted"} == set(NETWORK)
    assert set(PLACES) == {row.place for row in every}
    assert set(USUALLY) == {(row.scenario, row.fault) for row in every}


def test_every_allowed_end_exists():
    """Verdicts and reasons are those of the record."""
    reasons = {"inconclusive": INCONCLUSIVE_REASONS, "stopped": STOPPED_REASONS}
    for ends in BY_KIND.values():
        for end in ends:
            verdict, _, reason = end.partition("/")
            assert end == USUAL or reason in reasons[verdict]


def test_a_disturbance_is_no_statement_about_a_person():
    """No table entry lets a run blame a password, an account, a policy or an attack."""
    about = ("password", "account", "mfa", "policy", "consent", "unexpected-host", "user-not-found", "blocked-by")
    assert [] == [end for ends in BY_KIND.values() for end in ends if any(word in end for word in about)]


def test_nothing_is_known_without_the_host():
    """A host that never answers cannot lead to a verdict."""
    assert USUAL not in allowed("reset", "sharepoint")
    assert USUAL in allowed("reset", "graph")


@pytest.mark.parametrize(
    ("row", "end", "wrong"),
    [
        (HEALTHY, made("inconclusive", "connection-failed", 4), False),
        (HEALTHY, made("out-of-sync", None, 1), True),
        (HEALTHY, made("no-photo", None, 1), True),
        (STALE, made("in-sync", None, 0), True),
        (STALE, made("out-of-sync", None, 1), False),
        (STALE, made("inconclusive", "images-not-settled", 4), False),
    ],
)
def test_the_opposite_of_what_is_planted_is_wrong(row: Row, end: dict[str, Any], wrong: bool):
    """A stale copy is never in sync, a healthy tenant never out of sync."""
    assert wrong == wrong_verdict(row, end) == bool(faults_of(row, end))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"exit": 70}, "exit 70"),
        ({"reason": "page-missing"}, "not allowed"),
        ({"lost": ["no manifest"]}, "lost evidence"),
        ({"left": ["chromium"]}, "left behind"),
        ({"seconds": 300.0}, "took 300"),
        ({"passwords": 3}, "sent 3 times"),
    ],
)
def test_what_else_is_wrong_is_said(more: dict[str, Any], said: str):
    """The exit code, a reason that does not fit, evidence, processes, time, and passwords."""
    end = made("inconclusive", "connection-failed", 4) | more
    assert [True] == [said in fault for fault in faults_of(HEALTHY, end)]
