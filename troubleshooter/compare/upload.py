"""Checks the file of a photo before it is uploaded. Reads it once, and never writes to it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from troubleshooter.compare.picture import UnreadablePicture, load, opened, read_file

MOST_BYTES = 4 * 1024 * 1024
"""Microsoft 365 accepts photos of at most 4 MB."""
SHARP_SIDE, LEAST_SIDE = 648, 48
"""Shorter side, px, of the largest and of the smallest size in which the service serves photos. Below the first, a
photo looks soft in large places; below the second, there is none to serve."""
_FORMATS = frozenset({"JPEG", "MPO", "PNG", "GIF", "BMP", "WEBP"})
"""Formats that a browser can show, so that the window in which the photo is cropped can."""
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


def checked(path: Path, *, strict: bool = False) -> Checked:
    """Check the photo at `path`, and return it with what the record will say about it.

    Args:
        strict: whether to refuse a photo that will look soft in large places.

    Raises:
        UnfitPhoto: it is missing, not a picture, larger than 4 MB, too small, or of a kind that the service
            does not take.
    """
    try:
        data = read_file(path)
    except OSError as error:
        raise UnfitPhoto(f"{error.strerror or error}; expected a readable picture file") from error
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise UnfitPhoto(f"{size} is too large; expected at most 4 MB: save it smaller or as JPEG")
    try:
        natural = load(data).natural
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with opened(data) as picture:
                kind, turned = picture.format or "", picture.getexif().get(_ORIENTATION, 1) not in {0, 1}
                unfit = _unfit(picture)
    except UnreadablePicture as error:
        raise UnfitPhoto(f"{error.why}; expected a picture such as JPEG or PNG") from error
    if unfit:
        raise UnfitPhoto(unfit)
    least, why = (SHARP_SIDE, "too small to stay sharp") if strict else (LEAST_SIDE, "too small for the service")
    if min(natural) < least:
        size = f"{natural[0]} × {natural[1]} px"
        raise UnfitPhoto(f"{size} is {why}; expected {least} px or more on the shorter side: choose a larger original")
    mime = Image.MIME.get(kind, "application/octet-stream")
    return Checked(path.name, data, kind, mime, natural, turned)


def _unfit(picture: Image.Image) -> str:
    """Return why the service would refuse a picture, and what to do; `""` if no reason is known."""
    if picture.format not in _FORMATS:
        return (
            f"{picture.format} is not a format that the service accepts; expected JPEG or PNG: save it as one of them"
        )
    if picture.mode == "CMYK":
        return "its colors are meant for print (CMYK); expected RGB: save it as an RGB JPEG"
    transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if transparent and picture.convert("RGBA").getchannel("A").getextrema()[1] == 0:
        return "the picture is completely transparent; expected one that shows something: choose another file"
    return ""
