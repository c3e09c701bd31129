"""Ends browsers that a test has started, as a crash does."""

from __future__ import annotations

import os
import signal
import subprocess

MARKS = {"browser": "--remote-debugging-pipe", "driver": "run-driver"}


def kill(what: str) -> None:
    """Kill the browser, or Playwright's driver, that this process started last."""
    listed = subprocess.run(["ps", "-ewwo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    mine, found = {os.getpid()}, []
    for row in sorted(listed.splitlines(), key=lambda line: int(line.split()[0])):
        pid, parent, args = row.split(None, 2)
        if int(parent) in mine:
            mine.add(int(pid))
            if MARKS[what] in args and "--type=" not in args:
                found.append(int(pid))
    assert found, "it was not started by this process"
    os.kill(found[-1], signal.SIGKILL)
