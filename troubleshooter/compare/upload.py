"""Checks the file of a photo before it is uploaded. Reads it once, and never writes to it."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from troubleshooter.compare.picture import UnreadablePicture, load

MOST_BYTES = 4 * 1024 * 1024
"""Microsoft 365 accepts photos of at most 4 MB."""
LEAST_SIDE = 648
"""Smallest shorter side, px: the largest size in which the service serves photos."""
_ORIENTATION = 0x0112


class UnfitPhoto(ValueError):
    """Raised for a file that cannot be uploaded as a photo; the message says what is wrong and what is expected."""


@dataclass(frozen=True)
class Checked:
    """A photo that may be uploaded."""

    name: str
    """The file's name, without its folder."""
    data: bytes
    """The file's bytes at the time of the check."""
    format: str
    """Its format as Pillow names it, such as `JPEG`."""
    mime: str
    size: tuple[int, int]
    """Width and height when upright, px."""
    turned: bool
    """Whether its EXIF orientation says that it is stored rotated or mirrored."""

    @property
    def kept(self) -> tuple[float, float, float, float]:
        """Return the part that a centered square crop keeps: left, top, width, height, as shares."""
        width, height = self.size
        side = min(width, height)
        return (width - side) / 2 / width, (height - side) / 2 / height, side / width, side / height


def checked(path: Path) -> Checked:
    """Check the photo at `path`, and return it with what the record will say about it.

    Raises:
        UnfitPhoto: it is missing, not a picture, larger than 4 MB, or smaller than 648 px on its shorter side.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnfitPhoto(f"{error.strerror or error}; expected a readable picture file") from error
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise UnfitPhoto(f"{size} is too large; expected at most 4 MB: save it smaller or as JPEG")
    try:
        natural = load(data).natural
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as opened:
                kind, turned = opened.format or "", opened.getexif().get(_ORIENTATION, 1) not in {0, 1}
    except UnreadablePicture as error:
        raise UnfitPhoto(f"{error.why}; expected a picture such as JPEG or PNG") from error
    if min(natural) < LEAST_SIDE:
        why = f"{natural[0]} × {natural[1]} px is too small to stay sharp"
        raise UnfitPhoto(f"{why}; expected {LEAST_SIDE} px or more on the shorter side: choose a larger original")
    mime = Image.MIME.get(kind, "application/octet-stream")
    return Checked(path.name, data, kind, mime, natural, turned)
