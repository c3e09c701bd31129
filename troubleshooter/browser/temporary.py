"""Temporary folders that are removed however a run ends: by the run itself or, if it was killed, by the next one."""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAMES = re.compile(r"troubleshooter-(?:profile|b)-(\d+)-")
_LONGEST_SOCKET = 107
"""Characters that the path of a socket may have on Linux."""
_SOCKET = "/org.chromium.Chromium.123456/SingletonSocket"
"""The path of the socket that the browser creates in its folder for temporary files, and leaves behind."""


def alive(pid: int) -> bool:
    """Return whether a process may still be running."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def sweep() -> None:
    """Remove the folders left by runs that were killed."""
    for left in Path(tempfile.gettempdir()).glob("troubleshooter-*"):
        match = _NAMES.match(left.name)
        if match and not alive(int(match[1])):
            shutil.rmtree(left, ignore_errors=True)


def new_folder(kind: str) -> Path:
    """Return a new folder for this user only, whose name has the `kind` and this process's id."""
    sweep()
    return Path(tempfile.mkdtemp(prefix=f"troubleshooter-{kind}-{os.getpid()}-"))


@contextmanager
def browser_environment() -> Iterator[dict[str, str | float | bool] | None]:
    """Yield a browser's environment, in which its temporary files go to a folder that is removed at the end.

    None leaves the environment as it is: elsewhere than on Linux, or if the folder's path is too long for a socket.
    """
    if platform.system() != "Linux":
        yield None
        return
    folder = new_folder("b")
    try:
        fits = len(f"{folder}{_SOCKET}") <= _LONGEST_SOCKET
        yield {**os.environ, "TMPDIR": str(folder)} if fits else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
