"""Compares two pictures of an avatar pixel by pixel, as a script would that knows nothing better."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

LIMIT = 0.1
"""The largest mean difference, between 0 and 1, at which two pictures count as the same photo."""
_SIDE = 64
"""Pixels to which both pictures are scaled."""
_MARGIN = 10
"""Pixels left out at each edge, because avatars are round."""


def difference(a: bytes, b: bytes) -> float:
    """Return the mean difference of the pixels of two pictures, between 0 and 1."""
    return float(np.abs(_pixels(a) - _pixels(b)).mean())


def _pixels(data: bytes) -> np.ndarray:
    picture = Image.open(io.BytesIO(data)).convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    inner = np.asarray(picture, dtype=np.float32)[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    return inner / 255
