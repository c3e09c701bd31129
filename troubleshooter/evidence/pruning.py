"""Removes runs that are older than they are needed: only folders that runs wrote, and nothing that a link leads to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.run_list import runs_in
from troubleshooter.model.enums import Verdict
from troubleshooter.model.index_records import RunEntry


@dataclass(frozen=True)
class Prunable:
    """A run that is old enough."""

    run: RunEntry
    path: Path
    size: int
    """Bytes of its files."""


def prunable(folder: Path, before: datetime, keep: Collection[Verdict] = ()) -> list[Prunable]:
    """Return the runs directly inside `folder` that ended before a time, the oldest first.

    A run that has not ended counts as old once nothing was written for that long. A folder that was renamed is not
    taken for a run: its record names another one.

    Args:
        keep: verdicts whose runs are kept; a run of many is kept if one of its users has one.

    Raises:
        InputError: `folder` can't be read, or is itself the folder of a run, or in one.
    """
    refuse_run(folder)
    try:
        runs = runs_in(folder)
    except OSError as error:
        raise InputError("DIR", f"{folder}: {error.strerror or error}; expected the folder of the reports") from error
    found = (Prunable(run, folder / run.folder, _size(folder / run.folder)) for run in reversed(runs) if _is_ours(run))
    return [one for one in found if _ended(one) < before and not any(one.run.verdicts.get(kept) for kept in keep)]


def remove(one: Prunable, suffixes: Collection[str] = ()) -> None:
    """Delete the folder of a run. It is renamed first, so that one that is half deleted is not taken for a run.

    Args:
        suffixes: of the files beside the folder, named after it, that were made of the run and are deleted with it.

    Raises:
        CannotWrite: it can't be deleted.
    """
    going = one.path.with_name(f".{one.path.name}.deleted")
    try:
        if one.path.is_symlink():
            raise NotADirectoryError(0, "is a link")
        one.path.rename(going)
        shutil.rmtree(going)  # removes a link inside, and nothing that it leads to
        for suffix in suffixes:
            one.path.with_name(one.path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(one.path, error) from error


def refuse_run(folder: Path) -> None:
    """Refuse a folder that is a run's own, which is none of reports.

    Raises:
        InputError: it is one, or in one.
    """
    for path in (folder, *list(folder.resolve().parents)[:2]):
        if any((path / name).is_file() for name in (RECORD, SUMMARY)):
            raise InputError("DIR", f"{folder} belongs to the run in {path}; expected the folder of the reports")


def _is_ours(run: RunEntry) -> bool:
    return run.id == run.folder


def _ended(one: Prunable) -> datetime:
    """Return when a run ended; if it did not, when its record or its journal was last written."""
    if one.run.finished:
        return one.run.finished
    written = [entry.stat(follow_symlinks=False).st_mtime for entry in _inside(one.path)]
    return max(one.run.started, datetime.fromtimestamp(max(written, default=0), UTC))


def _size(folder: Path) -> int:
    return sum(entry.stat(follow_symlinks=False).st_size for entry in _inside(folder))


def _inside(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files below a folder, and links as what they are."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _inside(Path(entry.path))
            else:
                yield entry
