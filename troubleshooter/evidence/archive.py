"""Packs a run's folder into one ZIP file for a ticket: the report, the record, the evidence and the manifest.

The same folder gives the same bytes. Only what the run wrote is packed: regular files with names that are safe on every
system, in the folder itself.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.evidence.run_folder import ABOUT_FILES, RunFolder

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,199})*", re.ASCII)
"""A relative path that means the same on every system."""
_RESERVED = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/|$)|\.(?:/|$)", re.IGNORECASE)
"""What Windows reads as a device, or changes."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
_PACKED = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".zip"})
"""Suffixes of files that do not get smaller."""
_MODE = (stat.S_IFREG | 0o600) << 16
_UNIX = 3
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""The first time that the format can express."""


def archive(folder: RunFolder, made: datetime) -> bytes:
    """Return the files of `folder` as a ZIP file, in one folder of its name.

    Args:
        made: the time that every file gets, such as when the run began.
    """
    at = max(made.astimezone(UTC), _EARLIEST).timetuple()[:6]
    top = _UNSAFE.sub("_", folder.path.resolve().name).lstrip(".-") or "run"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, path in files_of(folder):
            entry = zipfile.ZipInfo(f"{top}/{name}", at)
            entry.external_attr, entry.create_system = _MODE, _UNIX
            stored = path.suffix.lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())
    return out.getvalue()


def files_of(folder: RunFolder) -> Iterator[tuple[str, Path]]:
    """Yield the files of a run by their names, without links and without names that are not safe everywhere."""
    root = folder.path.resolve()
    for name in sorted({*folder.digests(), *ABOUT_FILES}):
        path = folder.path / name
        if not _SAFE.fullmatch(name) or _RESERVED.search(name) or path.is_symlink() or not path.is_file():
            continue
        if Path(os.path.realpath(path)).is_relative_to(root):
            yield name, path
