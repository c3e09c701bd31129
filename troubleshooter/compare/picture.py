"""Reads pictures: any file or bytes in, sRGB pixels out, or a reason why not. The only I/O of the package.

Everything in which decoders may differ is normalized here: orientation, color profile, depth, palette, transparency.
"""

from __future__ import annotations

import io
import stat
import warnings
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

Pixels = NDArray[np.uint8]
"""Height × width × 3, sRGB, 0 to 255."""
Planes = NDArray[np.uint8]
"""3 × height × width, sRGB, 0 to 255."""

MAX_SIDE = 1024
"""Longest side kept, px. The largest stored profile photo has 648; a crop search needs no more."""
WORKING_SIDE = 64
"""Shorter side that the matcher works with, px; larger pictures are reduced by a whole factor, but not below this."""
MOST_PIXELS = 1 << 28
"""Largest picture read, pixels: more than any phone's camera takes; a JPEG of it is decoded reduced."""
MOST_DECODED = 50_000_000
"""Largest picture, pixels, that has to be decoded whole, as everything but a baseline JPEG: a small file can ask for
all of the memory that this takes, about 600 MB."""
_MOST_BYTES = 1 << 28
"""Largest file read, bytes."""
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "AVIF", "ICO", "TIFF")
"""The formats that are decoded: what browsers show, and TIFF, of which a message says what to do instead. Pillow knows
many more, whose decoders nobody attacks as often, and one that starts another program (EPS)."""
_FEW_ROWS = 0.05
"""Share of the height that must not be missing at the end of a JPEG that breaks off."""
_PAGE = (255, 255, 255)
"""The color behind transparent pixels: white, as are the surfaces' pages unless a dark theme is on."""


Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class UnreadablePicture(ValueError):
    """A picture that cannot be decoded.

    Attributes:
        name: the file's path as given, or `bytes`.
        why: what is wrong, in English, without the path.
    """

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, eq=False)
class Avatar:
    """A decoded picture of an avatar: the file of a photo, or a screenshot of an element that shows one."""

    pixels: Pixels
    """The decoded pixels, at most `MAX_SIDE` on the longer side."""
    natural: tuple[int, int]
    """Width and height before any reduction, device px, upright."""
    name: str = field(default="bytes")
    """Where the picture came from: the path as given, or `bytes`."""

    @cached_property
    def working(self) -> Pixels:
        """Return the picture reduced by the largest whole factor that keeps its shorter side ≥ `WORKING_SIDE`."""
        factor = min(self.pixels.shape[:2]) // WORKING_SIDE
        if factor < 2:
            return self.pixels
        return np.asarray(Image.fromarray(self.pixels).reduce(factor))

    @cached_property
    def planes(self) -> Planes:
        """Return `working` with one plane per channel."""
        return np.ascontiguousarray(self.working.transpose(2, 0, 1))


def load(source: Path | bytes) -> Avatar:
    """Decode a file or its bytes, upright and in sRGB; the first frame of an animation.

    Raises:
        UnreadablePicture: it is missing, not a picture, an SVG, truncated, or above Pillow's decompression limit.
    """
    name = "bytes" if isinstance(source, bytes) else str(source)
    try:
        data = source if isinstance(source, bytes) else read_file(source)
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning)
            return _decode(data, name)
    except UnreadablePicture:
        raise
    except FileNotFoundError as error:
        raise UnreadablePicture(name, "no such file") from error
    except NotAFile as error:
        raise UnreadablePicture(name, str(error)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePicture(name, f"more than {Image.MAX_IMAGE_PIXELS} pixels") from error
    except UnidentifiedImageError as error:
        raise UnreadablePicture(name, _not_pixels(data)) from error
    except MemoryError as error:
        raise UnreadablePicture(name, "too large for this computer's memory") from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise UnreadablePicture(name, f"cannot be decoded: {error}") from error


class NotAFile(OSError):
    """Raised for a path that is not a regular file, or is too large: reading it makes no sense, or may never end."""


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        NotAFile: it is a folder, or a pipe, a socket or a device, or larger than any picture.
        OSError: it is missing, or may not be read.
    """
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise NotAFile("a folder, not a file")
    if not stat.S_ISREG(about.st_mode):
        raise NotAFile("not a regular file")
    if about.st_size > _MOST_BYTES:
        raise NotAFile(f"{about.st_size / 1e6:.0f} MB, larger than any picture")
    return path.read_bytes()


def size_of(data: bytes | None) -> tuple[int, int] | None:
    """Return the width and height, px, from a picture's header, without decoding it; None if it has none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with opened(data or b"") as picture:
                return picture.size
    except Exception:  # noqa: BLE001 - decoders raise whatever a broken file makes them raise
        return None


def opened(data: bytes) -> Image.Image:
    """Return the picture in `data`, not yet decoded; only of a format that is decoded at all."""
    return Image.open(io.BytesIO(data), formats=_readable())


@cache
def _readable() -> tuple[str, ...]:
    """Return those of the formats that this version of Pillow has a decoder for."""
    Image.init()
    return tuple(name for name in _FORMATS if name in Image.OPEN)


_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""Brands of the container in which phones store photos."""


def _not_pixels(data: bytes) -> str:
    head = data[:1024].lstrip().lower()
    if not data:
        return "an empty file"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "a HEIC photo, which browsers cannot show: save it as JPEG"
    if b"<svg" in head:
        return "an SVG drawing, which has no pixels of its own"
    if head.startswith((b"{", b"[")):
        return "JSON, not a picture"
    if head.startswith((b"<!doctype", b"<html")):
        return "a web page, not a picture"
    return "not a picture in a known format"


def _decode(data: bytes, name: str) -> Avatar:
    data, broken = _completed(data)
    with opened(data) as picture:
        natural = picture.size
        if min(natural) < 1:
            raise UnreadablePicture(name, "no pixels")
        picture.draft(None, (MAX_SIDE, MAX_SIDE))  # lets the JPEG decoder skip pixels that would be discarded
        whole = picture.format != "JPEG" or "progressive" in picture.info
        if whole and natural[0] * natural[1] > MOST_DECODED:
            raise UnreadablePicture(name, f"more than {MOST_DECODED} pixels; only a baseline JPEG may have more")
        picture.load()
        if broken and _ends_grey(picture):
            raise UnreadablePicture(
                name, "cannot be decoded: the file is cut short, and the lower part of the picture is missing"
            )
        turned = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        image = _to_srgb(_small(ImageOps.exif_transpose(picture)))
    return Avatar(np.asarray(image), (natural[1], natural[0]) if turned else natural, name)


def _completed(data: bytes) -> tuple[bytes, bool]:
    """Return `data`, and whether it is a JPEG without an end marker, which is then added, as browsers do."""
    broken = data.startswith(b"\xff\xd8") and b"\xff\xd9" not in data[-64:]
    return (data + b"\xff\xd9", True) if broken else (data, False)


def _ends_grey(image: Image.Image) -> bool:
    """Return whether the last rows have no content, which is how a decoder fills what is missing."""
    rows = max(1, round(_FEW_ROWS * image.height))
    last = np.asarray(image.convert("RGB").crop((0, image.height - rows, image.width, image.height)))
    return bool((np.ptp(last, axis=0) <= 1).all() and (np.ptp(last.reshape(-1, 3), axis=0) <= 1).all())


def _small(image: Image.Image) -> Image.Image:
    factor = max(image.size) / MAX_SIDE
    if factor <= 1:
        return image
    if image.mode == "P":
        image = image.convert("RGBA")
    size = max(1, round(image.width / factor)), max(1, round(image.height / factor))
    method = Image.Resampling.NEAREST if image.mode in {"1", "I;16B", "I;16L"} else Image.Resampling.BOX
    return image.resize(size, method)


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return an RGB picture in sRGB, with transparency on white."""
    profile = image.info.get("icc_profile")
    image = _eight_bits(image)
    if image.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile:
        image = _without_profile(image, profile)
    if image.mode == "RGBA":
        page = Image.new("RGB", image.size, _PAGE)
        page.paste(image, mask=image.getchannel("A"))
        return page
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    if not (image.mode.startswith("I") or image.mode == "F"):
        return image
    values = np.asarray(image).astype(np.float64)
    top = 65535.0 if image.mode.startswith("I") else 1.0
    if values.size and values.max() > top:
        top = float(values.max())
    return Image.fromarray(np.nan_to_num(np.clip(values * (255.0 / top), 0, 255)).astype(np.uint8))


def _without_profile(image: Image.Image, profile: bytes) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    plain = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile, or one for another color space: browsers ignore it as well
    if turned is None:
        return image
    if alpha:
        turned.putalpha(alpha)
    return turned
