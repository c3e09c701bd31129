"""Tells whether a picture shows anything at all."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

_RANGE = 2
"""How far apart the darkest and the brightest pixel are at most in a picture of one color."""


def is_one_color(data: bytes) -> bool:
    """Return whether a picture is of one color throughout; a file that is no picture is not."""
    try:
        with Image.open(BytesIO(data)) as image:
            histogram = image.convert("L").histogram()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    used = [level for level, count in enumerate(histogram) if count]
    return used[-1] - used[0] <= _RANGE
