"""Sends the folder of one check to the owner of the journal, in pieces, and puts it where it belongs.

The folder is packed into one archive, which is checked as a stranger's would be: it may contain plain files with plain
names, no links, and not more than the limits say.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from troubleshooter.batch.engine.channel import Channel
from troubleshooter.errors import CannotWrite
from troubleshooter.evidence.run_folder import write_own

PIECE = 1_000_000
"""Bytes of a message."""
LARGEST = 64_000_000
"""Bytes of a packed folder; a larger one stays away, and its result says nothing about it."""
_LARGEST_UNPACKED = 256_000_000
_NAME = re.compile(r"(?:runs/)?[a-z0-9][a-z0-9._-]{0,80}", re.IGNORECASE)
_ALREADY_SMALL = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})


def packed(folder: Path) -> bytes:
    """Return the files of a folder as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                small = path.suffix.lower() in _ALREADY_SMALL
                way = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
                archive.write(path, path.relative_to(folder).as_posix(), way)
    return out.getvalue()


def send_folder(channel: Channel, fence: int, base: Path, name: str) -> bool:
    """Send the folder `name` below `base`, and remove it; return False if it is too large.

    Args:
        fence: the lease that it belongs to; 0 for a sign-in.
    """
    data = packed(base / name)
    shutil.rmtree(base / name, ignore_errors=True)
    if len(data) > LARGEST:
        return False
    for start in range(0, len(data), PIECE):
        channel.ask("piece", fence=fence, name=name, start=start, piece=data[start : start + PIECE])
    return True


class BadParcel(Exception):
    """What arrived is not a folder of evidence."""


@dataclass
class Parcels:
    """The folders that are arriving in `base`."""

    base: Path
    _arriving: dict[tuple[str, str], bytearray] = field(default_factory=dict)

    def add(self, process: str, name: str, start: int, piece: bytes) -> None:
        """Add a piece.

        Raises:
            BadParcel: it does not fit to those before it, or they are too many.
        """
        if not _NAME.fullmatch(name) or ".." in name:
            raise BadParcel(f"{name!r} is not the name of a folder of evidence")
        if start == 0:
            self._arriving[process, name] = bytearray()
        data = self._arriving.get((process, name))
        if data is None or len(data) != start or start + len(piece) > LARGEST:
            raise BadParcel(f"{name}: a piece at {start} does not fit")
        data += piece

    def put(self, process: str, name: str) -> None:
        """Unpack a folder that is complete; one of that name is replaced.

        Raises:
            BadParcel: it is not an archive of plain files.
            CannotWrite: the disk is full, or the folder is gone.
        """
        data = self._arriving.pop((process, name), None)
        if data is None:
            raise BadParcel(f"{name} has not arrived")
        target = self.base / name
        shutil.rmtree(target, ignore_errors=True)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(one.file_size for one in archive.infolist()) > _LARGEST_UNPACKED:
                    raise BadParcel(f"{name} is too large")
                for one in archive.infolist():
                    self._write(target, one.filename, archive.read(one))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise BadParcel(f"{name}: {error}") from error

    def _write(self, target: Path, inner: str, data: bytes) -> None:
        path = PurePosixPath(inner)
        if path.is_absolute() or ".." in path.parts or "\\" in inner or ":" in inner or not path.parts:
            raise BadParcel(f"{inner!r} leads out of its folder")
        try:
            (target / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(target / path, error) from error
        write_own(target / path, data)

    def drop(self, process: str) -> None:
        """Forget what a process had begun to send."""
        for key in [key for key in self._arriving if key[0] == process]:
            del self._arriving[key]
