"""Users and results for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.user_row import UserRow
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.redaction.redactor import Redactor

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def upn(number: int) -> str:
    """Return the name of a user."""
    return f"user{number}@contoso.com"


def rows(count: int, **fields: Any) -> list[UserRow]:
    """Return so many users of a list."""
    return [UserRow(number=n, line=n + 1, upn=upn(n), **fields) for n in range(1, count + 1)]


def result(number: int, verdict: str = "in-sync", **fields: Any) -> UserResult:
    """Return a result of a user, finished `number` minutes after noon."""
    reasons = {"inconclusive": Reason.NO_REFERENCE, "stopped": Reason.WRONG_PASSWORD}
    made = {"depth": Depth.QUICK, "finished": NOON + timedelta(minutes=number), "reason": reasons.get(verdict)}
    return UserResult(number=number, upn=upn(number), verdict=Verdict(verdict), **{**made, **fields})


def journal(folder: Path, count: int = 3, depth: Depth = Depth.QUICK, **fields: Any) -> Journal:
    """Begin a journal for so many users."""
    return Journal.create(folder / JOURNAL, rows(count, **fields), {"list": "users.csv"}, depth, Redactor())


def resumed(folder: Path) -> Journal:
    """Continue the journal in `folder`."""
    return Journal.resume(folder / JOURNAL, Redactor())
