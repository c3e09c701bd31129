"""Encodes the picture of a window for the report: covered first, then small. Nothing lossy is ever compared."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from troubleshooter.model.records import Size

SUFFIX = ".webp"
COVER = (201, 205, 212)
"""Color of covered areas: a gray that no page uses for a person."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in CSS pixels of the window."""
_QUALITY = 75
"""At which text of a page stays readable."""
_EFFORT = 1
"""Of 6: more would save a tenth of the size and cost twice the time."""


def encoded(screenshot: bytes, cover: Sequence[Box]) -> tuple[bytes, Size]:
    """Return a window's screenshot with `cover` painted over it, encoded as WebP, and its size in pixels."""
    with Image.open(io.BytesIO(screenshot)) as image:
        painted = image.convert("RGB")
    pen = ImageDraw.Draw(painted)
    for left, top, wide, high in cover:
        pen.rectangle((left - 1, top - 1, left + wide + 1, top + high + 1), fill=COVER)
    out = io.BytesIO()
    painted.save(out, "WEBP", quality=_QUALITY, method=_EFFORT)
    return out.getvalue(), painted.size
