"""Encodes pictures as each store does, with its own resampling and compression, so that equal photos never have equal
bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType

from PIL import Image, ImageDraw

from troubleshooter.sandbox.color_profile import without_profile
from troubleshooter.sandbox.portraits import portrait, simple_portrait
from troubleshooter.sandbox.stores import Photo

FULL = 648
"""Pixels on a side of a photo as uploaded."""

_UPLOADED = (300, 360, 432, 300, 360, 432, 300, 360, 432, FULL)
"""Pixels on a side of what generated people uploaded: few have a photo as large as possible."""

HUGE = 4000
"""Pixels on a side of a photo that takes long to decode."""

ONE_PIXEL_GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
"""What Outlook serves for a person without a photo."""


@dataclass(frozen=True)
class Style:
    """A store's way to encode its pictures."""

    kernel: Image.Resampling
    quality: int
    """JPEG quality, 1 to 95."""
    subsampling: int
    """Chroma subsampling: 0 none, 2 the most."""


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "people-service": Style(Image.Resampling.LANCZOS, 92, 0),
        "mailbox": Style(Image.Resampling.BICUBIC, 85, 2),
        "sharepoint": Style(Image.Resampling.BILINEAR, 78, 2),
        "site": Style(Image.Resampling.HAMMING, 74, 2),
    }
)


@lru_cache(maxsize=16)
def huge(photo: Photo, store: str) -> bytes:
    """Return the photo enlarged to `HUGE` pixels, which a browser takes long to decode."""
    picture = Image.open(BytesIO(jpeg(photo, 0, store))).resize((HUGE, HUGE), Image.Resampling.BICUBIC)
    out = BytesIO()
    picture.save(out, "JPEG", quality=STYLES[store].quality)
    return out.getvalue()


def is_quick(photo: Photo) -> bool:
    """Return whether this photo is drawn in a millisecond: a generated person's, whole."""
    return photo.simple and not (photo.file or photo.crop or photo.profile_lost)


def jpeg(photo: Photo, side: int, store: str) -> bytes:
    """Return the photo as this store serves it, at most `side` pixels square (0: as uploaded), never enlarged."""
    return _quick(photo, side, store) if is_quick(photo) else _drawn(photo, side, store)


@lru_cache(maxsize=512)
def _drawn(photo: Photo, side: int, store: str) -> bytes:
    picture = _picture(photo)
    if photo.crop is not None:
        left, top, size = (round(share * FULL) for share in (photo.crop.left, photo.crop.top, photo.crop.size))
        picture = picture.crop((left, top, left + size, top + size))
    if photo.side and photo.side < picture.width:
        picture = picture.resize((photo.side, photo.side), Image.Resampling.LANCZOS)
    if photo.profile_lost:
        picture = without_profile(picture)
    style = STYLES[store]
    if side and side < picture.width:
        picture = picture.resize((side, side), style.kernel)
    return _encoded(picture, style)


def _picture(photo: Photo) -> Image.Image:
    if photo.file:
        return Image.open(BytesIO(photo.file))
    if photo.simple:
        return simple_portrait(photo.person, photo.variant).resize((FULL, FULL), Image.Resampling.BICUBIC)
    return portrait(photo.person, photo.variant)


@lru_cache(maxsize=256)
def _quick(photo: Photo, side: int, store: str) -> bytes:
    size, style = uploaded_side(photo), STYLES[store]
    size = min(side, size) if side else size
    return _encoded(simple_portrait(photo.person, photo.variant).resize((size, size), style.kernel), style)


def uploaded_side(photo: Photo) -> int:
    """Return the pixels on a side of what a generated person uploaded."""
    return photo.side or _UPLOADED[sum(photo.person.encode()) % len(_UPLOADED)]


def _encoded(picture: Image.Image, style: Style) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=style.quality, subsampling=style.subsampling)
    return out.getvalue()


@lru_cache(maxsize=8)
def silhouette(width: int, height: int) -> bytes:
    """Return SharePoint's placeholder, the gray person, as PNG."""
    scale = 4
    side = min(width, height) * scale
    canvas = Image.new("RGB", (width * scale, height * scale), "#e1dfdd")
    left = (canvas.width - side) // 2
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((left + side * 0.31, side * 0.16, left + side * 0.69, side * 0.54), fill="#a19f9d")
    pen.ellipse((left + side * 0.14, side * 0.6, left + side * 0.86, side * 1.5), fill="#a19f9d")
    out = BytesIO()
    canvas.resize((width, height), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
