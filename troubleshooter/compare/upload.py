"""Checks the file of a photo that is to be uploaded. Reads it once, and never writes to it."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from troubleshooter.compare.picture import UnreadablePicture, load

MOST_BYTES = 4 * 1024 * 1024
"""Microsoft 365 takes photos of at most 4 MB."""
LEAST_SIDE = 648
"""Shorter side, px: the largest size in which the service hands photos out."""
_ORIENTATION = 0x0112


class UnfitPhoto(ValueError):
    """A file that is no photo to upload; the text says what is wrong and what is allowed."""


@dataclass(frozen=True)
class Checked:
    """A photo that may be uploaded."""

    name: str
    """The file's name, without its folder."""
    data: bytes
    """The file as it was when it was checked."""
    format: str
    """As Pillow names it: `JPEG`."""
    mime: str
    size: tuple[int, int]
    """Width and height upright, px."""
    turned: bool
    """Whether EXIF says that the picture is stored turned or mirrored."""

    @property
    def kept(self) -> tuple[float, float, float, float]:
        """What a square crop from the middle keeps: left, top, width, height as shares."""
        width, height = self.size
        side = min(width, height)
        return (width - side) / 2 / width, (height - side) / 2 / height, side / width, side / height


def checked(path: Path) -> Checked:
    """Return what is to be known of the photo at `path` before it is uploaded.

    Raises:
        UnfitPhoto: missing, no picture, larger than 4 MB, or smaller than 648 px on its shorter side.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnfitPhoto(f"{error.strerror or error}; allowed: a picture file that can be read") from error
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise UnfitPhoto(f"{size} is too large; allowed: at most 4 MB, so save it smaller or as JPEG")
    try:
        natural = load(data).natural
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as opened:
                kind, turned = opened.format or "", opened.getexif().get(_ORIENTATION, 1) not in {0, 1}
    except UnreadablePicture as error:
        raise UnfitPhoto(f"{error.why}; allowed: a picture such as JPEG or PNG") from error
    if min(natural) < LEAST_SIDE:
        why = f"{natural[0]} × {natural[1]} px is too small to stay sharp"
        raise UnfitPhoto(f"{why}; allowed: {LEAST_SIDE} px or more on the shorter side, so choose a larger original")
    mime = Image.MIME.get(kind, "application/octet-stream")
    return Checked(path.name, data, kind, mime, natural, turned)
