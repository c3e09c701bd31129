"""Reads a run from a zip file that a stranger may have made: nothing is unpacked, and its size is bounded."""

from __future__ import annotations

import hashlib
import lzma
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath

from troubleshooter.errors import InputError
from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.stored_files import EXPECTED, LARGEST_READ, READ, StoredFiles, is_ignored

_MOST_FILES = 500_000
_LARGEST = 8_000_000_000
"""Bytes of all files, unpacked: a run of many thousand users has less."""
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)
_PIECE = 1_000_000
_LINK = 0o120000


def read_zip(path: Path) -> StoredFiles:
    """Return the files in a zip file: those of its only folder if everything is in one.

    Raises:
        InputError: it is not a zip file, is too large unpacked, or has names that no run has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _files(archive, path)
    except (*_BROKEN, struct.error) as error:
        raise InputError(str(path), f"is not a complete zip file ({error}); {EXPECTED}") from error
    except OSError as error:
        raise InputError(str(path), f"{error.strerror or error}; {EXPECTED}") from error


def _files(archive: zipfile.ZipFile, path: Path) -> StoredFiles:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse(archive.infolist(), path)
    root = _root([entry.filename for entry in entries])
    digests: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    links: list[str] = []
    for entry in entries:
        name = entry.filename.removeprefix(root)
        if is_ignored(name):
            continue
        if (entry.external_attr >> 16) & 0o170000 == _LINK:
            links.append(name)
            continue
        digests[name] = _digest(archive, entry)
        if name in READ and entry.file_size <= LARGEST_READ:
            texts[name] = archive.read(entry)
    return StoredFiles(digests, texts, tuple(sorted(links)))


def _digest(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Return the SHA-256 of a file; no more is read than the zip file says that there is."""
    digest = hashlib.sha256()
    with archive.open(entry) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _refuse(entries: list[zipfile.ZipInfo], path: Path) -> None:
    """Refuse a zip file that unpacks to too much, outside of its folder, or differently with each program.

    Raises:
        InputError: it does.
    """
    if len(entries) > _MOST_FILES:
        raise InputError(str(path), f"has {len(entries)} files; expected at most {_MOST_FILES}")
    size = sum(entry.file_size for entry in entries)
    if size > _LARGEST:
        why = f"is {size / 1e9:.0f} GB unpacked; expected at most {_LARGEST / 1e9:.0f} GB"
        raise InputError(str(path), why)
    for entry in entries:
        if not _is_inside(entry.orig_filename):
            raise InputError(str(path), f"has a file named {entry.orig_filename!r}; expected names within the folder")
    times = Counter(_as_computers_compare(entry.filename) for entry in entries)
    for name, count in times.most_common(1):
        if count > 1:
            raise InputError(str(path), f"has {count} files named {name!r}; expected each name once")


def _as_computers_compare(name: str) -> str:
    """Return what two names have in common that Windows or macOS take as one."""
    return unicodedata.normalize("NFC", name.rstrip("/").casefold())


def _is_inside(name: str) -> bool:
    """Return whether a name leads to the same place within the folder with every program that unpacks it."""
    if not name or set(name) & set("\\\0:") or name.startswith("/"):
        return False
    return all(part not in ("", ".", "..") for part in name.removesuffix("/").split("/"))


def _root(names: list[str]) -> str:
    """Return the folder that everything is in, with a slash; empty if the run's files are at the top."""
    tops = {PurePosixPath(name).parts[0] for name in names if not is_ignored(name)}
    if not ({RECORD, SUMMARY} & set(names)) and len(tops) == 1 and (top := tops.pop()) not in names:
        return f"{top}/"
    return ""
