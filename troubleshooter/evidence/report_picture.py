"""Writes the picture of a window for the report: covered first, then small. Nothing lossy is ever compared."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PIL import Image, ImageDraw

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.message import Message
from troubleshooter.model.records import Mark, Picture, Size

COVER = (201, 205, 212)
"""Color of covered areas: a gray that no page uses for a person."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in CSS pixels of the window."""
_FACE_QUALITY = 90
"""WebP's quality for a picture of a face, in which no trace of the encoding is visible."""
_PREVIEW = (320, 320)
"""The largest size of a preview in pixels: twice that at which the report shows it."""
_QUALITY = 60
"""WebP's quality, at which the text of a page stays readable."""
_MUCH = 50_000
"""The number of bytes above which a window's picture is also tried without loss."""


@dataclass(frozen=True)
class WindowShot:
    """The screenshot of a window, which is being written into the run's folder."""

    view: str
    """The same for screenshots that look the same."""
    taken_at: datetime
    caption: Message
    marks: tuple[tuple[Box, Message], ...]
    """Where the elements are that are acted on, each with its label."""
    covered: int
    """The number of boxes that are covered."""
    written: asyncio.Future[tuple[str, Size]]
    """Done once the picture has been written: its path and its size in pixels."""

    def can_replace(self, earlier: WindowShot) -> bool:
        """Return whether this screenshot says all that an earlier one does: the same view, and no other caption."""
        return self.view == earlier.view and (not earlier.marks or self.caption == earlier.caption)

    def with_marks_of(self, earlier: WindowShot) -> WindowShot:
        """Return this screenshot with the marks of an earlier one of the same view before its own."""
        return replace(self, marks=(*earlier.marks, *self.marks))

    async def picture(self) -> Picture:
        """Return what the record says about the picture, once it has been written."""
        path, size = await self.written
        marks = tuple(_mark(number, box, size, label) for number, (box, label) in enumerate(self.marks, 1))
        return Picture(
            path=path, px=size, taken_at=self.taken_at, caption=self.caption, marks=marks, masked=self.covered
        )


def view_of(png: bytes, cover: Sequence[Box]) -> str:
    """Return what identifies the view that a screenshot shows."""
    return hashlib.sha256(png + repr(cover).encode()).hexdigest()


async def write(png: bytes, cover: Sequence[Box], folder: RunFolder) -> tuple[str, Size]:
    """Write the screenshot of a window with `cover` painted over it; return its path and its size in pixels."""
    data, size = await asyncio.to_thread(_encoded, png, cover)
    path, _ = folder.keep(data, ".webp")
    return path, size


def previewed(png: bytes) -> bytes:
    """Return a smaller copy of an avatar's picture, for the report."""
    with Image.open(io.BytesIO(png)) as image:
        copy = image.convert("RGB")
    copy.thumbnail(_PREVIEW)
    return _as_webp(copy, quality=_FACE_QUALITY, method=1)


def _encoded(png: bytes, cover: Sequence[Box]) -> tuple[bytes, Size]:
    with Image.open(io.BytesIO(png)) as image:
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


def _mark(number: int, box: Box, size: Size, label: Message) -> Mark:
    (width, height), (left, top, wide, high) = size, box
    shares = (left / width, top / height, wide / width, high / height)
    return Mark(number=number, box=tuple(round(min(max(s, 0.0), 1.0), 5) for s in shares), label=label)  # type: ignore[arg-type]
