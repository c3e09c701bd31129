"""What `doctor` checks on this computer without a browser: disk, reports folder, keyring and display."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from troubleshooter.browser.starting import no_display
from troubleshooter.run.checkup import Row, fail, note, ok

_NEEDED, _COMFORTABLE = 100, 1000
"""Free megabytes: what a run needs, with its browser's temporary files, and below what somebody should know."""
_FOR_OTHERS = 0o077


def computer_rows(out: Path, *, headed: bool) -> Iterator[Row]:
    """Yield the checks of this computer.

    Args:
        out: the folder in which runs are stored.
        headed: whether the browser's window will be shown.
    """
    yield _disk("disk", out, "name another folder with --out")
    yield _disk("temporary files", Path(tempfile.gettempdir()), "set TMPDIR (on Windows: TEMP) to another folder")
    if os.name != "nt" and out.is_dir():
        yield _permissions(out)
    yield _keyring()
    if headed:
        stop = no_display(headed=True)
        yield fail("display", f"{stop.what.text} {stop.help.text}") if stop else ok("display", "a window can be shown")


def _disk(what: str, folder: Path, otherwise: str) -> Row:
    """Check that `folder`, or the folder in which it will be created, can be written to and has room."""
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
        free = shutil.disk_usage(there).free // 1_000_000
    except OSError as error:
        return fail(what, f"{folder} can't be written to ({error.strerror or error}): {otherwise}")
    if free < _NEEDED:
        return fail(what, f"{folder} has {free} MB left, and a run needs {_NEEDED} MB: free some space, or {otherwise}")
    if free < _COMFORTABLE:
        return note(what, f"{folder} has only {free} MB left")
    return ok(what, f"{folder} can be written to and has {free / 1000:.0f} GB left")


def _permissions(out: Path) -> Row:
    """Check that nobody else can read the runs, or replace them."""
    mode = out.stat().st_mode
    if mode & 0o022 and not mode & 0o1000:
        return note("permissions", f"other users can remove what is in {out}: chmod go-w {out}")
    opened = [path.name for path in out.iterdir() if path.is_dir() and path.stat().st_mode & _FOR_OTHERS]
    if opened and mode & 0o011:
        some = f"{opened[0]} and {len(opened) - 1} more" if len(opened) > 1 else opened[0]
        return note("permissions", f"other users can read runs in {out} ({some}): chmod -R go-rwx {out}/*")
    return ok("permissions", f"only you can read the runs in {out}")


def _keyring() -> Row:
    import keyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if backend.priority <= 0:
        return note("keyring", "this computer has none that works; secrets can come from env: variables")
    return ok("keyring", str(backend.name))
