"""Reads a run to check it: the SHA-256 of every file, and the few files that say what the others have to be."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.errors import InputError
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.run_folder import ABOUT_FILES, OF_COMPUTERS
from troubleshooter.model.notes import NOTES

READ = ABOUT_FILES | {RECORD, SUMMARY, NOTES}
"""Files that are read as well as hashed."""
LARGEST_READ = 200_000_000
"""Bytes of the largest of them: the manifest or the summary of a hundred thousand users."""
EXPECTED = "expected the folder of a run, or a zip file of it"


@dataclass(frozen=True)
class StoredFiles:
    """The files of a run, wherever they are."""

    digests: Mapping[str, str]
    """The SHA-256 of every file, by its path with slashes."""
    texts: Mapping[str, bytes]
    """The content of the files in `READ` that are there."""
    links: tuple[str, ...] = ()
    """Links, which a run never writes; they are not followed."""


def is_ignored(name: str) -> bool:
    """Return whether a file is none of the run's: what a computer adds, or what a killed process left half written."""
    last = name.rpartition("/")[2]
    return last in OF_COMPUTERS or (last.startswith(".") and last.endswith(".new"))


def read_folder(folder: Path) -> StoredFiles:
    """Return the files in a folder.

    Raises:
        InputError: it is not a folder, or a file in it can't be read.
    """
    digests: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    links: list[str] = []
    try:
        for path, is_link in _inside(folder):
            name = path.relative_to(folder).as_posix()
            if is_ignored(name):
                continue
            if is_link:
                links.append(name)
                continue
            with path.open("rb") as file:
                digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
            if name in READ and path.stat().st_size <= LARGEST_READ:
                texts[name] = path.read_bytes()
    except OSError as error:
        raise InputError(str(error.filename or folder), f"{error.strerror or error}; {EXPECTED}") from error
    return StoredFiles(digests, texts, tuple(sorted(links)))


def _inside(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield what is below `folder` and is not a folder, and whether it is a link, or anything else that is no file."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                yield from _inside(Path(entry.path))
            else:
                yield Path(entry.path), not entry.is_file(follow_symlinks=False)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Return whether a folder is a link of Windows to another one."""
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag)
