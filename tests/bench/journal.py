# ruff: noqa: T201 - a script that prints its result
"""Measure what the journal costs: `python -m tests.bench.journal [USERS]` prints times and the file's size.

The times are those of this computer's disk: every transaction is written through to it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.leases import Finished
from troubleshooter.batch.user_row import UserRow
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import message
from troubleshooter.redaction.redactor import Redactor

T = TypeVar("T")
DOZEN = 12
"""Users who share a transaction where they are checked together."""


def main(count: int) -> None:
    """Print what a run of `count` users costs."""
    rows = [
        UserRow(
            number=n, line=n + 1, upn=f"user{n}@contoso.com", pages=("https://contoso.sharepoint.com/SitePages/a.aspx",)
        )
        for n in range(1, count + 1)
    ]
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / JOURNAL
        journal = timed(f"begin with {count} users", 1, lambda: Journal.create(path, rows, {}, Depth.QUICK, Redactor()))
        few = count // 10
        timed("lease and finish, one by one", few, lambda: one_by_one(journal, few))
        timed("lease and finish, by the dozen", count - few, lambda: by_the_dozen(journal))
        timed("all results in order", count, lambda: sum(1 for _ in journal.results()))
        timed("counts", 1, journal.counts)
        journal.close()
        timed("resume", 1, lambda: Journal.resume(path, Redactor()).close())
        print(f"{'size of the file':<40}{path.stat().st_size / 1e6:>10.1f} MB")


def timed(what: str, users: int, act: Callable[[], T]) -> T:
    """Print how long `act` takes, and how long for each user."""
    began = time.perf_counter()
    found = act()
    took = time.perf_counter() - began
    print(f"{what:<40}{took:>10.2f} s{1000 * took / users:>10.2f} ms each")
    return found


def result(number: int) -> UserResult:
    """Return a result of usual size."""
    said = message("SharePoint shows the same photo as {place}.", place=message("the profile card"))
    return UserResult(
        number=number,
        upn=f"user{number}@contoso.com",
        name="Ana Popescu",
        verdict=Verdict.IN_SYNC,
        depth=Depth.QUICK,
        note=said,
        pages=("https://contoso.sharepoint.com/SitePages/a.aspx",),
        finished=datetime.now(UTC),
    )


def one_by_one(journal: Journal, count: int) -> None:
    """Check `count` users in two transactions each."""
    for _ in range(count):
        lease = journal.lease("worker")
        assert lease
        journal.finish(lease.row.upn, lease.fence, result(lease.row.number))


def by_the_dozen(journal: Journal) -> None:
    """Check everybody who waits, in two transactions for each dozen."""
    while leases := journal.lease_some(DOZEN, "worker"):
        journal.finish_all([Finished(x.row.upn, x.fence, result(x.row.number)) for x in leases])


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
