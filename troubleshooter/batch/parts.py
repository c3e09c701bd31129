"""Finds the parts of a run that was shared between machines, and checks that they belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from troubleshooter.batch.results import SUMMARY
from troubleshooter.batch.shards import Shard
from troubleshooter.batch.stored_run import StoredRun, is_stored_run, read_run
from troubleshooter.errors import InputError

_DEEPEST = 3
"""Levels of folders in which runs are searched for, as CI systems download artifacts."""


def read_parts(folders: Sequence[Path]) -> tuple[StoredRun, ...]:
    """Return the runs in `folders`, or below them, each once, in an order that does not depend on that of `folders`.

    Raises:
        InputError: a folder has no run, or the runs are of different tenants, splits or lists.
    """
    paths = {path.resolve(): path for folder in folders for path in _runs_in(folder)}
    parts = sorted(map(read_run, paths.values()), key=_order)
    _same("runs of one tenant", ((part.path, f"of tenant {part.summary.tenant}") for part in parts))
    _same("parts of one split", ((part.path, _split(part)) for part in parts))
    known = [(part.path, part.summary.split) for part in parts if part.summary.split]
    _same("parts of the same list, split in the same way", ((path, f"of split {split}") for path, split in known))
    if any(part.summary.shard for part in parts):
        _same_list(parts)
    return tuple(parts)


def shard_of(part: StoredRun) -> Shard | None:
    """Return which part of a list a run is; None if it is a whole one.

    Raises:
        InputError: its summary names none that there can be.
    """
    try:
        return Shard.parse(part.summary.shard) if part.summary.shard else None
    except InputError as error:
        raise InputError(str(part.path / SUMMARY), f"shard: {error.what}") from None


def _split(part: StoredRun) -> str:
    shard = shard_of(part)
    return f"one of {shard.of} parts" if shard else "a whole list"


def _order(part: StoredRun) -> tuple[int, float, str, str]:
    shard = shard_of(part)
    return shard.number if shard else 0, part.summary.started.timestamp(), part.summary.id, str(part.path)


def _runs_in(folder: Path) -> list[Path]:
    found = list(_search(folder, _DEEPEST))
    if not found:
        raise InputError(str(folder), "has no run of many users; expected the folder of one, or one that contains some")
    return found


def _search(folder: Path, levels: int) -> Iterator[Path]:
    if is_stored_run(folder):
        yield folder
        return
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir()) if levels else []
    except OSError as error:
        raise InputError(str(folder), f"{error.strerror or error}; expected the folder of a run") from error
    for path in inside:
        yield from _search(path, levels - 1)


def _same(expected: str, values: Iterable[tuple[Path, str]]) -> None:
    first: tuple[Path, str] | None = None
    for path, value in values:
        first = first or (path, value)
        if value != first[1]:
            raise InputError(str(path), f"is {value}, but {first[0]} is {first[1]}; expected {expected}")


def _same_list(parts: Sequence[StoredRun]) -> None:
    """Refuse parts of different lists: the same number would mean different users."""
    users: dict[int, tuple[str, Path]] = {}
    for part in parts:
        for result in part.results:
            upn, path = users.setdefault(result.number, (result.upn, part.path))
            if upn != result.upn:
                why = f"user {result.number} of the list is {result.upn}, but {upn} in {path}"
                raise InputError(str(part.path), f"{why}; expected parts of the same list")
