"""Copies the evidence of several runs into one folder, without collisions. Links are not followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from troubleshooter.batch.merging import Chosen
from troubleshooter.batch.results import RESULTS
from troubleshooter.batch.stored_run import StoredRun
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.evidence.run_folder import EVIDENCE
from troubleshooter.model.batch_records import UserResult

RUNS = "runs"
"""Where the users' own run folders are."""
_PATHS = ("run", "reference_shot", "copy_shot")
"""Fields of a result that are paths."""


def copy_evidence(parts: Iterable[StoredRun], out: Path) -> dict[Path, dict[str, str]]:
    """Copy `evidence/` and `runs/` of each part into `out`, which exists.

    Files of evidence are named by their content. A run folder whose name is taken gets a number.

    Returns:
        For each part, the new names of its folders below `runs/`.

    Raises:
        CannotWrite: the disk is full, or a file cannot be read.
    """
    renamed: dict[Path, dict[str, str]] = {}
    for part in parts:
        renamed[part.path] = {}
        for source, names in ((EVIDENCE, _files(part.path / EVIDENCE)), (RUNS, _folders(part.path / RUNS))):
            for name in names:
                target = out / source / name
                if source == RUNS:
                    target = _free(target)
                    renamed[part.path][name] = target.name
                if not target.exists():
                    _copy(part.path / source / name, target)
    return renamed


def relocated(chosen: Iterable[Chosen], renamed: dict[Path, dict[str, str]], out: Path) -> Iterator[UserResult]:
    """Yield the results with the paths that their evidence has in `out`; None for evidence that is not there.

    Raises:
        InputError: a path leads out of its run's folder.
    """
    for one in chosen:
        result = one.result
        paths = {name: value for name in _PATHS if (value := getattr(result, name))}
        moved = {name: _moved(value, one.part.path, renamed[one.part.path]) for name, value in paths.items()}
        yield result.model_copy(update={name: path if (out / path).exists() else None for name, path in moved.items()})


def _moved(value: str, part: Path, names: dict[str, str]) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value or path.parts[:1] not in ((EVIDENCE,), (RUNS,)):
        raise InputError(
            str(part / RESULTS),
            f"{value!r} is not the path of a piece of evidence; expected one below evidence/ or runs/",
        )
    if path.parts[0] == RUNS and len(path.parts) > 1:
        path = PurePosixPath(RUNS, names.get(path.parts[1], path.parts[1]), *path.parts[2:])
    return str(path)


def _files(folder: Path) -> list[str]:
    return sorted(e.name for e in _entries(folder) if e.is_file(follow_symlinks=False))


def _folders(folder: Path) -> list[str]:
    return sorted(e.name for e in _entries(folder) if e.is_dir(follow_symlinks=False))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return list(found)


def _free(target: Path) -> Path:
    """Return `target`, with a number if that name is taken."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name}-{number}")
    return free


def _copy(source: Path, target: Path) -> None:
    """Copy a file or a folder, readable by this user only."""
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if source.is_dir():
            target.mkdir(mode=0o700)
            for entry in _entries(source):
                if not entry.is_symlink():
                    _copy(source / entry.name, target / entry.name)
        else:
            shutil.copyfile(source, target)
            target.chmod(0o600)
    except OSError as error:
        raise CannotWrite(target, error) from error
