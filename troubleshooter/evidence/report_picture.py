"""Writes the picture of a window for the report: covered first, then small. Nothing lossy is ever compared."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.window_shot import Box
from troubleshooter.model.records import Size

COVER = (201, 205, 212)
"""Color of covered areas: a gray that no page uses for a person."""
_FACE_QUALITY = 90
"""WebP's quality for a picture of a face, in which no trace of the encoding is visible."""
_PREVIEW = (320, 320)
"""The largest size of a preview in pixels: twice that at which the report shows it."""
_QUALITY = 60
"""WebP's quality, at which the text of a page stays readable."""
_MUCH = 50_000
"""The number of bytes above which a window's picture is also tried without loss."""


def view_of(screenshot: bytes, cover: Sequence[Box]) -> str:
    """Return what identifies the view that a screenshot shows."""
    return hashlib.sha256(screenshot + repr(cover).encode()).hexdigest()


async def write(screenshot: bytes, cover: Sequence[Box], folder: RunFolder) -> tuple[str, Size]:
    """Write the screenshot of a window with `cover` painted over it; return its path and its size in pixels."""
    data, size = await asyncio.to_thread(_encoded, screenshot, cover)
    path, _ = folder.keep(data, ".webp")
    return path, size


def previewed(png: bytes) -> bytes:
    """Return a smaller copy of an avatar's picture, for the report."""
    with Image.open(io.BytesIO(png)) as image:
        copy = image.convert("RGB")
    copy.thumbnail(_PREVIEW)
    return _as_webp(copy, quality=_FACE_QUALITY, method=1)


def _encoded(screenshot: bytes, cover: Sequence[Box]) -> tuple[bytes, Size]:
    with Image.open(io.BytesIO(screenshot)) as image:
        painted = image.convert("RGB")
    pen = ImageDraw.Draw(painted)
    for left, top, wide, high in cover:
        pen.rectangle((left - 1, top - 1, left + wide + 1, top + high + 1), fill=COVER)
    small = _as_webp(painted, quality=_QUALITY, method=1)
    if len(small) > _MUCH:
        # A page full of text is smaller without loss, and sharper.
        small = min(small, _as_webp(painted, lossless=True, quality=40, method=3), key=len)
    return small, painted.size


def _as_webp(image: Image.Image, **how: float) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", **how)
    return out.getvalue()
