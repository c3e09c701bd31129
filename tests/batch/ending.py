"""Ends browsers that a test has started, as a crash does."""

from __future__ import annotations

import os
import signal
import subprocess

MARKS = {"browser": "--remote-debugging-pipe", "driver": "run-driver"}


def kill(what: str) -> None:
    """Kill the browser, or Playwright's driver, that this process started last."""
    listed = subprocess.run(["ps", "-ewwo", "pid=,ppid=,etime=,args="], capture_output=True, text=True, check=True)
    rows = {
        int(pid): (int(parent), _seconds(age), args)
        for pid, parent, age, args in map(_cells, listed.stdout.splitlines())
    }
    mine = {os.getpid()}
    while more := {pid for pid, (parent, *_) in rows.items() if parent in mine} - mine:
        mine |= more
    found = [pid for pid in mine & rows.keys() if MARKS[what] in rows[pid][2] and "--type=" not in rows[pid][2]]
    assert found, "it was not started by this process"
    # Numbers of processes begin again at some time, so the largest need not be the newest.
    os.kill(min(found, key=lambda pid: (rows[pid][1], -pid)), signal.SIGKILL)


def _cells(line: str) -> list[str]:
    return [*line.split(None, 3), ""][:4]


def _seconds(age: str) -> int:
    """Return the seconds in `[[days-]hours:]minutes:seconds`."""
    days, _, rest = age.rpartition("-")
    parts = [int(part) for part in rest.split(":")]
    hours = parts[-3] if len(parts) > 2 else 0
    return ((int(days or 0) * 24 + hours) * 60 + parts[-2]) * 60 + parts[-1]
