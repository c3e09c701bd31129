"""Makes the small copies of pictures that a mail contains."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

SIDE = 112
"""The longest side in pixels: twice that at which a mail shows it."""
_QUALITY = 78
_BACK = (255, 255, 255)
_LARGEST = 40_000_000
"""Bytes of the largest file that is read."""


def thumbnail(path: Path) -> bytes | None:
    """Return the picture in `path` as a small JPEG, which every mail program shows; None if there is none."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        with Image.open(path) as image:
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            shown = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    shown.thumbnail((SIDE, SIDE))
    flat = Image.new("RGB", shown.size, _BACK)
    flat.paste(shown, mask=shown.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
