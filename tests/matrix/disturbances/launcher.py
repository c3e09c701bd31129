"""Starts the product's command line in a process whose disk or clock can be disturbed from outside.

`MATRIX_DISK` and `MATRIX_CLOCK` name files: once the first exists, no file of evidence can be written any more; once
the second exists, the clock of this process is 26 hours ahead.
"""

from __future__ import annotations

import datetime as real
import errno
import os
import time
from pathlib import Path

JUMP = real.timedelta(hours=26)


def fill_disk(when: Path) -> None:
    """Refuse to write files once `when` exists, as a full disk does: half of each file is written."""
    write = Path.write_bytes

    def written(path: Path, data: bytes) -> int:
        if when.exists():
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    Path.write_bytes = written  # type: ignore[assignment,method-assign]


def set_clock(when: Path) -> None:
    """Let the clock jump once `when` exists."""
    now = time.time

    class Jumping(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> real.datetime:  # type: ignore[override]
            return super().now(tz) + (JUMP if when.exists() else real.timedelta())

    real.datetime = Jumping  # type: ignore[misc]
    time.time = lambda: now() + (JUMP.total_seconds() if when.exists() else 0)


def main() -> None:
    """Disturb what is asked for, and start the command line."""
    if name := os.environ.get("MATRIX_DISK"):
        fill_disk(Path(name))
    if name := os.environ.get("MATRIX_CLOCK"):
        set_clock(Path(name))
    from troubleshooter.cli import main as run  # noqa: PLC0415 - after the clock was replaced

    run()


if __name__ == "__main__":
    main()
