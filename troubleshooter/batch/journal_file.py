"""Opens a journal's file and keeps it whole: one process at a time, and every change is on the disk when it counts.

A rollback journal, not a write-ahead log: after a crash, every transaction that ended is in the one file that people
copy, send and keep; with a write-ahead log it would be in a second one, and a copy of the first alone would forget
sign-in attempts without a word. `synchronous=FULL` writes through to the disk with each transaction.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from troubleshooter.batch.journal_schema import APPLICATION_ID, JOURNAL_SCHEMA, TABLES
from troubleshooter.errors import CannotWrite, InputError

_PATIENCE = 0.5
"""Seconds to wait for another process that has just ended, or for a virus scanner."""
_SETTINGS = (
    *("locking_mode=EXCLUSIVE", "journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON"),
    "fullfsync=ON",  # macOS: a disk's own cache counts as the disk otherwise
)
_WHY = {
    "SQLITE_BUSY": "another process is working on this run; wait until it ends, or end it",
    "SQLITE_LOCKED": "another process is working on this run; wait until it ends, or end it",
    "SQLITE_READONLY": "is read-only; expected a file in a folder that can be written",
    "SQLITE_CANTOPEN": "cannot be opened; expected a file in a folder that can be written",
    "SQLITE_PERM": "may not be read; expected a file that can be read and written",
    "SQLITE_NOTADB": "is not the journal of a run",
    "SQLITE_CORRUPT": "is damaged, so it is not known what was finished; start the run again without --resume",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk does not answer",
}
"""What is wrong, by the beginning of SQLite's own name of the error."""


def why(error: sqlite3.Error) -> str:
    """Return what is wrong with a journal's file, in words."""
    name = getattr(error, "sqlite_errorname", "")
    said = next((text for start, text in _WHY.items() if name.startswith(start)), None)
    return f"{said} ({error})" if said and name.startswith(("SQLITE_IOERR", "SQLITE_CORRUPT")) else said or str(error)


def mistaken(connection: sqlite3.Connection) -> str | None:
    """Return why a file is not a journal of this version; None if it is one."""
    marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if marks[0] != APPLICATION_ID:
        return _WHY["SQLITE_NOTADB"]
    if marks[1] != JOURNAL_SCHEMA:
        return f"has schema {marks[1]}; this version reads {JOURNAL_SCHEMA}: use the version that began the run"
    return None


class JournalFile:
    """The connection to a journal. To be used in the thread that opened it, and closed before the folder is sealed."""

    def __init__(self, path: Path) -> None:
        """Open the file, which has to exist.

        Raises:
            InputError: it cannot be read and written, another process has it, or it is not a journal of this version.
        """
        self.path = path
        self._begun = False
        """Whether the run has begun, so that a failure is no longer one of the input."""
        if not path.is_file():
            raise InputError(str(path), "no such file; expected the journal of a run")
        with self._failing():
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE
            )
        about = path.stat()
        self._identity = (about.st_dev, about.st_ino)
        try:
            with self._failing():
                for setting in _SETTINGS:
                    self._connection.execute(f"PRAGMA {setting}")
                self._connection.execute("BEGIN EXCLUSIVE")
                self._connection.execute("COMMIT")
                self._check()
        except InputError:
            self._connection.close()
            raise

    @classmethod
    def new(cls, path: Path) -> JournalFile:
        """Create a file, for this user only, with its tables.

        Raises:
            InputError: it cannot be written.
        """
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise InputError(str(path), f"{error.strerror or error}; expected a folder that can be written") from error
        return cls(path)

    def _check(self) -> None:
        """Refuse a file that is not a journal of this version; an empty file gets its tables with the first change."""
        if not self.empty and (mistake := mistaken(self._connection)):
            raise InputError(str(self.path), mistake)

    @property
    def empty(self) -> bool:
        """Whether the run died before it had a list."""
        return not self.rows("SELECT 1 FROM sqlite_master")

    def make_tables(self) -> None:
        """Make the tables, within a transaction."""
        for statement in (*TABLES, f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={JOURNAL_SCHEMA}"):
            self._connection.execute(statement)

    def run_begins(self) -> None:
        """Note that the run begins: from now on, a failure ends a run and is not a mistake in its input."""
        self._begun = True

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Make the changes of the block together: all of them are on the disk at its end, or none.

        Raises:
            CannotWrite: the disk is full, or the file is gone; nothing has changed.
        """
        with self._failing():
            self._be_there()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _be_there(self) -> None:
        """Refuse to write into a file that was removed, or that was replaced, as where a folder is moved."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise CannotWrite(self.path, error) from error
        if (now.st_dev, now.st_ino) != self._identity:
            raise CannotWrite(self.path, OSError(errno.ESTALE, "the file was replaced while the run was using it"))

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        with self._failing():
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turn what SQLite raises about the file into an error with a path."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # defects
        except sqlite3.Error as error:
            if not self._begun:
                raise InputError(str(self.path), why(error)) from error
            number = errno.ENOSPC if "FULL" in getattr(error, "sqlite_errorname", "") else errno.EIO
            raise CannotWrite(self.path, OSError(number, why(error))) from error
