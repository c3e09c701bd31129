"""Samples how much memory and processor time a process and everything that it started use, from Linux's /proc."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


class Sampler:
    """Samples a tree of processes until it is stopped."""

    def __init__(self, process: int, every: float = 0.1) -> None:
        """Begin to sample `process` and what it started.

        Args:
            every: seconds between two samples; the kernel needs about 25 ms for one of a few browsers.
        """
        self.peak_mb = 0.0
        """The most that the tree held at one time, in units of 1,000,000 bytes; shared memory counts once (PSS)."""
        self._seconds: dict[int, float] = {}
        self._process = process
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop sampling."""
        self._stopped.set()
        self._thread.join()

    @property
    def processor_seconds(self) -> float:
        """Return the processor time of all processes that were seen."""
        return sum(self._seconds.values())

    def _sample(self) -> None:
        while not self._stopped.wait(self._every):
            held = 0.0
            for process in (self._process, *_below(self._process)):
                try:
                    held += _proportional_mb(process)
                    self._seconds[process] = _used(process)
                except OSError:
                    continue  # it ended meanwhile
            self.peak_mb = max(self.peak_mb, held)


def _proportional_mb(process: int) -> float:
    for line in (_PROC / str(process) / "smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _used(process: int) -> float:
    fields = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _below(process: int) -> Iterator[int]:
    """Yield the processes that `process` started, and those that they started."""
    try:
        tasks = list((_PROC / str(process) / "task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return  # it ended meanwhile
    for child in children:
        yield child
        yield from _below(child)
