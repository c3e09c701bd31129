"""Writes the list of users into a journal, in the order in which they are checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from troubleshooter.batch.user_row import UserRow
from troubleshooter.model.batch_records import Depth


def list_users(change: sqlite3.Connection, rows: Iterable[UserRow], depth: Depth) -> None:
    """Let `rows` wait to be checked.

    Args:
        depth: how closely; users with an account of their own are checked in full.
    """
    change.executemany(
        "INSERT INTO user (number, upn, account, row, depth, turn) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (row.number, row.upn, row.account or "", row.model_dump_json(), Depth.FULL if row.account else depth, turn)
            for turn, row in enumerate(by_page(rows), 1)
        ),
    )


def by_page(rows: Iterable[UserRow]) -> list[UserRow]:
    """Return `rows` so that users of the same page follow one another, because one visit shows them all.

    Pages come in the order in which the list names them first, users without a page last.
    """
    rows = list(rows)
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.pages:
            first.setdefault(row.pages, row.number)
    return sorted(rows, key=lambda row: (not row.pages, first.get(row.pages, 0), row.number))
