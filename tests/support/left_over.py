"""What a program left behind: files in its folder for temporary files, and processes that it started."""

from __future__ import annotations

import os
import platform
import select
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KEPT = "troubleshooter-code-"
"""How the names of empty files begin that keep two runs from sending the same one-time code."""
_LAST_MOMENTS = 10.0
"""Seconds in which a process may end that was told to."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new folder for temporary files, whose path is short enough for a browser's socket in it."""
    with tempfile.TemporaryDirectory(prefix="left-") as folder:
        yield Path(folder)


def files_left(folder: Path) -> list[str]:
    """Return what is left in a folder for temporary files."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(KEPT))


def processes_left(folder: Path) -> list[str]:
    """Return the names of the processes, told apart by their folder for temporary files, that do not end."""
    if platform.system() != "Linux":
        return []
    mine = f"TMPDIR={folder}".encode()
    return [name for number, name in _processes(mine) if not _ends(number)]


def _processes(mine: bytes) -> list[tuple[int, str]]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mine in (process / "environ").read_bytes().split(b"\0"):
                found.append((int(process.name), (process / "comm").read_text().strip()))
        except OSError:
            continue  # it has ended, or is somebody else's
    return found


def _ends(number: int) -> bool:
    try:
        process = os.pidfd_open(number)
    except OSError:
        return True
    try:
        return bool(select.select([process], [], [], _LAST_MOMENTS)[0])
    finally:
        os.close(process)
