"""The folder in which a page is saved by itself; nobody else on the computer can read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.evidence.run_folder import write_whole

_OWNER_ONLY = 0o700


class PageFolder:
    """A new folder `out/<UTC time>-<what>[-n]/`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, data: bytes) -> Path:
        """Write a file; return its path.

        Raises:
            CannotWrite: the disk is full, or the folder is gone.
        """
        path = self.path / name
        try:
            write_whole(path, data)
        except OSError as error:
            raise CannotWrite(path, error) from error
        return path


@contextmanager
def page_folder(out: Path, what: str, now: datetime) -> Iterator[PageFolder]:
    """Yield a new folder in `out`; at the end of the block it is removed if nothing was written to it.

    Raises:
        InputError: `out` can't be written to.
    """
    path = _made(out, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{what}")
    try:
        yield PageFolder(path)
    finally:
        with suppress(OSError):  # it has a file
            path.rmdir()


def _made(out: Path, stem: str) -> Path:
    number = 1
    while True:
        path = out / (stem if number == 1 else f"{stem}-{number}")
        try:
            out.mkdir(parents=True, exist_ok=True)
            path.mkdir(mode=_OWNER_ONLY)
        except FileExistsError:
            if not out.is_dir():
                raise InputError("--out", f"{out} is not a folder; expected a folder that can be written") from None
            number += 1
        except OSError as error:
            why = f"{out}: {error.strerror or error}; expected a folder that can be written"
            raise InputError("--out", why) from error
        else:
            return path
