"""Reads a list of users, or an export as it comes; finds all of its mistakes before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.batch.columns import Columns, columns_of, merit
from troubleshooter.batch.row_checks import RowChecks
from troubleshooter.batch.table_text import LEGACY, Table, read_table
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError, InputErrors
from troubleshooter.tenant.tenant import Tenant


@dataclass(frozen=True)
class UserList:
    """The users of a list, and how the file was understood."""

    file: Path
    rows: tuple[UserRow, ...]
    columns: dict[str, str]
    """For each of the product's columns that there is: the heading as written."""
    unused: tuple[str, ...] = ()
    """Headings of columns that are not used."""
    notes: tuple[str, ...] = ()
    """What to say before the start, a line each."""


def read_users(path: Path, tenant: Tenant) -> UserList:
    """Return the users in the file at `path`.

    Args:
        tenant: the tenant in which they are checked: the pages have to be in it, and the accounts in its file.

    Raises:
        InputError: the file can't be read, or no column has user names.
        InputErrors: rows or headings are wrong; all of them are named.
    """
    table = read_table(path, merit)
    if not table.rows:
        raise InputError(str(path), "is empty; expected a list of users with a column upn")
    columns = columns_of(str(path), table.rows)
    heading = table.rows[0].line
    mistakes = [(heading, why) for why in columns.mistakes]
    users = _users(table, columns, RowChecks(path.parent, tenant), mistakes)
    if mistakes:
        raise InputErrors(str(path), [f"line {line}: {why}" for line, why in sorted(mistakes)])
    if not users:
        raise InputError(str(path), "has no users; expected one per line below the heading")
    said = {name: columns.named(name) for name in columns.places}
    return UserList(path, tuple(users), said, columns.unused, tuple(_notes(path, table, columns, users)))


def _users(table: Table, columns: Columns, checks: RowChecks, mistakes: list[tuple[int, str]]) -> list[UserRow]:
    """Return the users of `table`, and add the mistakes, each with its line, to `mistakes`."""
    users: list[UserRow] = []
    first_lines: dict[str, int] = {}
    for row in table.rows[1:] if columns.heading else table.rows:
        if row.empty:
            mistakes.append((row.line, "is empty; expected a user in every row up to the last one"))
            continue
        user, wrong = checks.checked(row, columns, number=len(users) + 1, plain_only=table.encoding == LEGACY)
        if columns.heading and any(row.cells[len(columns.heading) :]):
            wrong.append(f"has {len(row.cells)} cells, but the heading has {len(columns.heading)}; expected as many")
        if user.upn and (before := first_lines.setdefault(user.upn, row.line)) != row.line:
            wrong.append(f"{user.upn} is already on line {before}; expected each user once")
        mistakes.extend((row.line, why) for why in wrong)
        users.append(user)
    return users


def _notes(path: Path, table: Table, columns: Columns, users: list[UserRow]) -> Iterator[str]:
    """Yield how the file was understood."""
    names = [f"{name} from {columns.named(name)!r}" for name in columns.places if columns.named(name) != name]
    how = f"; {'; '.join(names)}" if names else ""
    yield f"{path}: {len(users)} {'user' if len(users) == 1 else 'users'} ({table.described}){how}"
    if columns.how:
        yield f"{path}: the users are from {columns.named('upn')!r}: {columns.how}"
    if columns.unused:
        yield f"{path}: not used: {', '.join(columns.unused)}"


def require_same(before: Sequence[UserRow], now: Sequence[UserRow], file: Path) -> None:
    """Refuse to continue a run with another list than it began with.

    Args:
        before: the users of the run.
        now: those whom the list in `file` names, as far as the run is about them.

    Raises:
        InputError: users were added or removed, or something else is asked about them; the error says how many.
    """
    old, new = {row.upn: row.fingerprint for row in before}, {row.upn: row.fingerprint for row in now}
    counts = {
        "added": len(new.keys() - old.keys()),
        "removed": len(old.keys() - new.keys()),
        "with another page, photo, time or account": sum(old[upn] != new[upn] for upn in old.keys() & new.keys()),
    }
    if any(counts.values()):
        said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        raise InputError("--resume", f"{file} is not the list that the run began with: {said}; begin another run")
