"""Reads a run of many users back from its folder, also one that died: then from its journal, which is left as it is."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.batch.acceptances import from_json
from troubleshooter.batch.final_results import final
from troubleshooter.batch.journal_file import mistaken, why
from troubleshooter.batch.journal_schema import JOURNAL
from troubleshooter.batch.results import RESULTS, SUMMARY, read_results, read_summary
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import Summary, UserResult


@dataclass(frozen=True)
class StoredRun:
    """A run of many users."""

    path: Path
    summary: Summary
    results: tuple[UserResult, ...]
    """In the list's order."""
    unfinished: tuple[str, ...] = ()
    """Users of whom there is no result, as far as their names are known."""


def is_stored_run(path: Path) -> bool:
    """Return whether a folder has a run of many users."""
    return any((path / name).is_file() for name in (SUMMARY, RESULTS, JOURNAL))


def read_run(path: Path) -> StoredRun:
    """Return the run in the folder `path`.

    Raises:
        InputError: there is none, or something in it is not valid.
    """
    if not path.is_dir():
        raise InputError(str(path), "no such folder; expected the folder of a run of many users")
    summary = read_summary(path)
    has_journal, has_results = (path / JOURNAL).is_file(), (path / RESULTS).is_file()
    if has_journal and (summary.ended is None or not has_results):
        results, unfinished = _from_journal(path / JOURNAL)
        # Nobody compared these results with the baseline, so nothing is said of what has changed since.
        return StoredRun(path, summary.model_copy(update={"baseline": None}), results, unfinished)
    results = tuple(read_results(path))
    unfinished = _from_journal(path / JOURNAL)[1] if has_journal and len(results) < summary.total else ()
    return StoredRun(path, summary, results, unfinished)


def _from_journal(path: Path) -> tuple[tuple[UserResult, ...], tuple[str, ...]]:
    """Return the results in a journal, with what is accepted of them, and the users without one."""
    with tempfile.TemporaryDirectory(prefix="journal-") as folder, _failing(path):
        _refuse_open(path)
        copy = Path(folder) / JOURNAL
        for end in ("", "-journal"):  # undoing what a killed process left half done changes the file
            if path.with_name(path.name + end).is_file():
                shutil.copyfile(path.with_name(path.name + end), copy.with_name(copy.name + end))
        connection = sqlite3.connect(copy)
        try:
            if mistake := mistaken(connection):
                raise InputError(str(path), mistake)
            inputs = json.loads(connection.execute("SELECT inputs FROM run").fetchone()[0])
            accepted, today = from_json(inputs.get("accepted", ())), datetime.now(UTC).date()
            found = final(lambda query, values: connection.execute(query, values).fetchall())
            results = tuple(accepted.applied(result, today) for result in found)
            query = (
                "SELECT upn FROM user WHERE state IN ('waiting', 'leased') "
                "AND number NOT IN (SELECT number FROM earlier) ORDER BY number"
            )
            return results, tuple(upn for (upn,) in connection.execute(query))
        finally:
            connection.close()


def _refuse_open(path: Path) -> None:
    """Refuse a journal that a run is using."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchall()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
    finally:
        connection.close()


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(str(path), why(error)) from error
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; expected a readable journal") from error
    except ValueError as error:
        raise InputError(str(path), f"has a result that is not valid: {str(error).splitlines()[0]}") from error
