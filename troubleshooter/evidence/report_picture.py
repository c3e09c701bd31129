"""Writes the picture of a window for the report: covered first, then small. Nothing lossy is ever compared."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageDraw

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.message import Message
from troubleshooter.model.records import Mark, Picture, Size

COVER = (201, 205, 212)
"""Color of covered areas: a gray that no page uses for a person."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in CSS pixels of the window."""
_QUALITY = 75
"""WebP's quality, at which the text of a page stays readable."""
_EFFORT = 1
"""WebP's effort, of 6: more would save a tenth of the size and cost twice the time."""


@dataclass(frozen=True)
class WindowShot:
    """The screenshot of a window, and what is known about it."""

    png: bytes
    """One pixel per CSS pixel."""
    taken_at: datetime
    caption: Message
    marks: Sequence[tuple[Box, Message]]
    """Where the elements are that are acted on, each with its label."""
    cover: Sequence[Box]
    """What nobody may see."""

    async def kept_in(self, folder: RunFolder) -> Picture:
        """Write the picture into `folder`; return what the record says about it."""
        data, size = await asyncio.to_thread(self._encoded)
        path, _ = folder.keep(data, ".webp")
        marks = tuple(_mark(number, box, size, label) for number, (box, label) in enumerate(self.marks, 1))
        return Picture(
            path=path, px=size, taken_at=self.taken_at, caption=self.caption, marks=marks, masked=len(self.cover)
        )

    def _encoded(self) -> tuple[bytes, Size]:
        with Image.open(io.BytesIO(self.png)) as image:
            painted = image.convert("RGB")
        pen = ImageDraw.Draw(painted)
        for left, top, wide, high in self.cover:
            pen.rectangle((left - 1, top - 1, left + wide + 1, top + high + 1), fill=COVER)
        out = io.BytesIO()
        painted.save(out, "WEBP", quality=_QUALITY, method=_EFFORT)
        return out.getvalue(), painted.size


def _mark(number: int, box: Box, size: Size, label: Message) -> Mark:
    (width, height), (left, top, wide, high) = size, box
    shares = (left / width, top / height, wide / width, high / height)
    return Mark(number=number, box=tuple(round(min(max(s, 0.0), 1.0), 5) for s in shares), label=label)  # type: ignore[arg-type]
