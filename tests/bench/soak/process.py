"""Counts what this process holds, from Linux's /proc."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

_PROC = Path("/proc")
_OWN = _PROC / "self"


@dataclass(frozen=True)
class Held:
    """What this process holds at one moment."""

    rss_mb: float
    """Resident memory, in units of 1,000,000 bytes."""
    objects: int
    """Objects that Python's garbage collector tracks."""
    files: int
    """Open file descriptors, sockets and pipes included."""
    ports: int
    """TCP sockets, listening or connected."""
    threads: int
    children: int
    """Processes that this one started, and those that they started."""
    temporary: int
    """Entries in the folder for temporary files."""


NAMES = tuple(field.name for field in fields(Held))


def held(temporary: Path) -> Held:
    """Return what this process holds, once everything that is unused has been collected.

    Args:
        temporary: the folder for temporary files.
    """
    gc.collect()
    status = dict(line.split(":", 1) for line in (_OWN / "status").read_text(encoding="ascii").splitlines())
    return Held(
        rss_mb=int(status["VmRSS"].split()[0]) * 1024 / 1e6,
        objects=len(gc.get_objects()),
        files=len(list((_OWN / "fd").iterdir())),
        ports=_ports(),
        threads=int(status["Threads"]),
        children=len(list(_below(os.getpid()))),
        temporary=len(list(temporary.iterdir())),
    )


def _ports() -> int:
    """Return how many of this process's sockets are TCP sockets."""
    own: set[str] = set()
    for file in (_OWN / "fd").iterdir():
        try:
            own.add(str(file.readlink()))
        except OSError:
            continue  # the folder that is being listed
    rows = [row.split() for name in ("tcp", "tcp6") for row in (_OWN / "net" / name).read_text().splitlines()[1:]]
    return sum(f"socket:[{row[9]}]" in own for row in rows)


def _below(process: int) -> Iterator[int]:
    """Yield the processes that `process` started, and those that they started."""
    for task in (_PROC / str(process) / "task").iterdir():
        try:
            children = (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue  # it ended meanwhile
        for child in map(int, children):
            yield child
            if (_PROC / str(child)).exists():
                yield from _below(child)
