"""Gives users to workers and takes them back: the parts of a journal's transactions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, NamedTuple

from troubleshooter.batch.user_row import UserRow
from troubleshooter.model.batch_records import Depth, UserResult


@dataclass(frozen=True)
class Lease:
    """A user whom a worker is checking."""

    row: UserRow
    depth: Depth
    fence: int
    """Grows with each lease of the run."""
    worker: str
    crashes: int = 0
    """The number of times that the browser crashed with this user before."""
    checked: int = 0
    """The number of earlier checks of this user, whose results are kept."""


class Finished(NamedTuple):
    """The result of a lease."""

    upn: str
    fence: int
    result: UserResult


@dataclass(frozen=True)
class Held:
    """A user whose lease has not ended."""

    row: UserRow
    crashes: int
    fence: int


Waiting = tuple[int, str, str, int, int]
"""A user who waits: number, row, depth, crashes, and the number of earlier checks."""


def waiting(change: sqlite3.Connection, most: int, depth: Depth | None, account: str | None) -> list[Waiting]:
    """Return up to `most` users who wait, those given back last."""
    found: list[Waiting] = []
    for asked in (depth,) if depth else (Depth.QUICK, Depth.FULL):
        found += change.execute(
            "SELECT number, row, depth, crashes, (SELECT count(*) FROM earlier WHERE earlier.number = user.number) "
            "FROM user WHERE state = 'waiting' AND account = ? AND depth = ? "
            "ORDER BY given_back, turn LIMIT ?",
            (account or "", asked, most - len(found)),
        ).fetchall()
    return found


def leased(change: sqlite3.Connection, found: Waiting, worker: str, now: str) -> Lease:
    """Lease a waiting user."""
    number, row, depth, crashes, checked = found
    added = change.execute(
        "INSERT INTO lease (number, worker, depth, started) VALUES (?, ?, ?, ?)", (number, worker, depth, now)
    )
    assert added.lastrowid
    change.execute("UPDATE user SET state = 'leased', fence = ? WHERE number = ?", (added.lastrowid, number))
    return Lease(UserRow.model_validate_json(row), Depth(depth), added.lastrowid, worker, crashes, checked)


def held(change: sqlite3.Connection, upn: str, fence: int) -> Held | None:
    """Return the user whom the lease `fence` is for; None if it has ended, or is of another user."""
    query = "SELECT row, crashes FROM user WHERE upn = ? AND state = 'leased' AND fence = ?"
    found: tuple[Any, ...] | None = change.execute(query, (upn, fence)).fetchone()
    return Held(UserRow.model_validate_json(found[0]), found[1], fence) if found else None


def keep(change: sqlite3.Connection, user: Held, result: UserResult) -> None:
    """Store the result of a lease; `result` is ready to be written."""
    change.execute(
        "INSERT INTO result (number, depth, fence, result) VALUES (?, ?, ?, ?)",
        (user.row.number, result.depth, user.fence, result.model_dump_json()),
    )


def end(change: sqlite3.Connection, user: Held, how: str, now: str) -> None:
    """End a lease.

    Args:
        how: `finished`, `closer`, `given-back` or `crashed`; decides what becomes of the user.
    """
    change.execute("UPDATE lease SET ended = ?, how = ? WHERE fence = ?", (now, how, user.fence))
    change.execute(f"UPDATE user SET fence = NULL, {_THEN[how]} WHERE number = ?", (user.row.number,))  # noqa: S608 - ours


_THEN = {
    "finished": "state = 'done'",
    "closer": "state = 'waiting', depth = 'full'",
    "given-back": "state = 'waiting', given_back = given_back + 1",
    "crashed": "state = CASE WHEN crashes >= 1 THEN 'set-aside' ELSE 'waiting' END, crashes = crashes + 1",
}


def release_all(change: sqlite3.Connection, now: str) -> int:
    """Let every leased user wait again; return how many there were."""
    change.execute("UPDATE lease SET ended = ?, how = 'released' WHERE ended IS NULL", (now,))
    return change.execute("UPDATE user SET state = 'waiting', fence = NULL WHERE state = 'leased'").rowcount
