"""Runs for tests of the list of runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from troubleshooter.model.enums import Verdict
from troubleshooter.model.index_records import RunEntry

NOW = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
LONG = "Maximiliana-Alexandra-Constantinescu-Popescu" * 3


def entries(count: int) -> list[RunEntry]:
    """Return runs of all verdicts, the newest first: every tenth is one of many users."""
    return [_entry(number) for number in range(count)]


def _entry(number: int) -> RunEntry:
    at = NOW - timedelta(hours=7 * number)
    usual = {"folder": f"{at:%Y%m%dT%H%M%SZ}-run", "tenant": "Contoso", "started": at, "finished": at}
    if number % 10 == 4:
        counts = {"in-sync": 180 + number, "out-of-sync": 7, "stopped": 1}
        return RunEntry(many=True, scenario="verify", verdicts=counts, total=188 + number, causes=("C1", "C4"), **usual)
    verdict = tuple(Verdict)[number % 5]
    bad = verdict in (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO)
    reasons = {Verdict.INCONCLUSIVE: "subject-not-on-page", Verdict.STOPPED: "wrong-password"}
    return RunEntry(
        scenario="photo-differs",
        subject=f"user{number:04}@contoso.com",
        name=("Ana Popescu", "Ștefan Țurcanu", "ליאור כהן", LONG)[number % 4],
        verdicts={verdict.value: 1},
        reason=reasons.get(verdict),
        causes=(("C1", "C20")[number % 2],) if bad else (),
        again=at + timedelta(days=1) if bad else None,
        sandbox="stale-copy" if number % 3 == 0 else None,
        ticket="INC-4711" if number % 4 == 1 else None,
        **usual,
    )
