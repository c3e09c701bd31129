"""Finds, by a mark in their environment, the processes that a run started; Linux only."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

MARK = "MATRIX_ROW"
_PROC = Path("/proc")


def marked(mark: str) -> dict[int, str]:
    """Return the running processes whose environment has the mark, with their command lines."""
    wanted, found = f"{MARK}={mark}".encode(), {}
    for folder in _PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                if command:  # a process that has ended and was not waited for has none
                    found[int(folder.name)] = command
    return found


def kill(mark: str, kind: str) -> int:
    """Kill the browser of a run, or the processes of its pages; return how many were killed."""
    killed = 0
    for number, command in marked(mark).items():
        page = "--type=renderer" in command
        browser = "--remote-debugging" in command and "--type=" not in command
        if (page and kind == "page-killed") or (browser and kind == "browser-killed"):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
                killed += 1
    return killed


def left(mark: str, seconds: float = 8.0) -> list[str]:
    """Return the command lines of the run's processes that are still there after `seconds`; end them."""
    there = _until(lambda: not marked(mark), seconds) or marked(mark)
    if there is True:
        return []
    for number in there:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    return [command[:120] for command in there.values()]


def _until(done: Callable[[], bool], seconds: float) -> bool:
    """Wait until `done`; return whether it came true."""
    pause, rounds = Event(), int(seconds / 0.2)
    return any(done() or pause.wait(0.2) for _ in range(rounds))
