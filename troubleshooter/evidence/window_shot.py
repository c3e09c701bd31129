"""Defines the screenshot of a window while it is being written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from troubleshooter.model.message import Message
from troubleshooter.model.records import Mark, Picture, Size

Box = tuple[float, float, float, float]
"""Left, top, width, height in CSS pixels of the window."""


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


def _mark(number: int, box: Box, size: Size, label: Message) -> Mark:
    (width, height), (left, top, wide, high) = size, box
    shares = (left / width, top / height, wide / width, high / height)
    return Mark(number=number, box=tuple(round(min(max(s, 0.0), 1.0), 5) for s in shares), label=label)  # type: ignore[arg-type]
