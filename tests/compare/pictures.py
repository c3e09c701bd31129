"""Synthetic pictures that stand in for photos, and screenshots of them on a page."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from troubleshooter.compare import Avatar, load

WHITE, DARK, BLUE = (255, 255, 255), (31, 31, 31), (0, 120, 212)
LARGE = 400
"""Side of a painted picture, in px."""


@lru_cache(maxsize=32)
def painted(seed: int) -> Image.Image:
    """Return a colorful picture with structure at all scales, like a photo; each seed gives a different picture."""
    dice = np.random.default_rng(seed)
    total = np.zeros((LARGE, LARGE, 3), dtype=np.float32)
    for cells, weight in ((3, 60), (6, 40), (12, 25), (30, 12)):
        for channel in range(3):
            coarse = Image.fromarray(dice.uniform(-1, 1, (cells, cells)).astype(np.float32))
            total[..., channel] += weight * np.asarray(coarse.resize((LARGE, LARGE), Image.Resampling.BICUBIC))
    grey = dice.uniform(-40, 40, (5, 5)).astype(np.float32)
    total += np.asarray(Image.fromarray(grey).resize((LARGE, LARGE), Image.Resampling.BICUBIC))[..., None]
    return Image.fromarray(np.clip(total + 122, 8, 232).astype(np.uint8))


def cropped(image: Image.Image, part: float, across: float = 0.0, down: float = 0.0) -> Image.Image:
    """Return a square crop, `part` of the side wide, with its center moved by shares of the side."""
    half, x, y = part / 2, 0.5 + across, 0.5 + down
    left, top, right, bottom = ((x - half), (y - half), (x + half), (y + half))
    return image.resize(
        (LARGE, LARGE), Image.Resampling.BICUBIC, box=(left * LARGE, top * LARGE, right * LARGE, bottom * LARGE)
    )


def jpeg(image: Image.Image, side: int = 240, quality: int = 85, subsampling: int = 2) -> bytes:
    """Return the JPEG file that a service would store."""
    out = io.BytesIO()
    image.resize((side, side), Image.Resampling.BICUBIC).save(out, "JPEG", quality=quality, subsampling=subsampling)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    """Return the picture as a PNG file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def shot(
    image: Image.Image,
    px: int = 72,
    page: tuple[int, int, int] = WHITE,
    *,
    ring: tuple[int, int, int] | None = None,
    gap: int = 0,
    badge: tuple[int, int, int] | None = None,
    strip: int = 0,
    corner: float = 0.5,
    leftwards: bool = False,
) -> Avatar:
    """Return a screenshot of an avatar on a page, `px` wide, with corners rounded by `corner` of the side.

    Args:
        ring: color of a 2 px ring that is `gap` px away from the photo.
        strip: px of the page that are visible at the left and at the top.
        leftwards: the badge is on the left, as on a right-to-left page.
    """
    around = (2 + gap) if ring else 0
    outer, fine = px + 2 * around, 8
    large = Image.new("RGB", (outer * fine, outer * fine), page)
    pen = ImageDraw.Draw(large)
    if ring:
        pen.ellipse((0, 0, outer * fine - 1, outer * fine - 1), fill=ring)
        pen.ellipse((2 * fine, 2 * fine, (outer - 2) * fine - 1, (outer - 2) * fine - 1), fill=page)
    mask = Image.new("L", (px * fine, px * fine))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, px * fine - 1, px * fine - 1), corner * px * fine, fill=255)
    photo = image.convert("RGB").resize((px, px), Image.Resampling.LANCZOS)
    large.paste(photo.resize(mask.size, Image.Resampling.NEAREST), (around * fine, around * fine), mask)
    if badge:
        far = (around + px) * fine - 1
        size = round(0.3 * px) * fine
        left = around * fine if leftwards else far - size
        pen.ellipse((left, far - size, left + size, far), fill=badge)
    whole = Image.new("RGB", (outer + strip, outer + strip), page)
    whole.paste(large.resize((outer, outer), Image.Resampling.BOX), (strip, strip))
    return load(png(whole))


def stored(image: Image.Image, side: int = 240, quality: int = 85) -> Avatar:
    """Return the decoded JPEG that a service would store."""
    return load(jpeg(image, side, quality))
