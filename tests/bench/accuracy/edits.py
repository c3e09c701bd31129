"""Edits that a photo may undergo, and the JPEG file that a service stores."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from troubleshooter.compare.lost_profile import SPACES

STORED = (48, 64, 96, 120, 240, 360, 504, 648)
"""Side lengths, in px, at which services store a photo."""
KERNELS = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS, Image.Resampling.BOX)
BASE = 0.84
"""Side of the unedited crop as a share of the largest square; less than 1 leaves room for shifts."""

Window = tuple[float, float, float]
"""Center and side of a square crop, as shares of the largest centered square."""


def _cut(image: Image.Image, window: Window) -> Image.Image:
    side = min(image.size)
    left, top = (image.width - side) / 2, (image.height - side) / 2
    x, y, part = window
    box = tuple(
        edge
        for edge in (
            left + (x - part / 2) * side,
            top + (y - part / 2) * side,
            left + (x + part / 2) * side,
            top + (y + part / 2) * side,
        )
    )
    size = max(16, round(part * side))
    return image.resize((size, size), Image.Resampling.BICUBIC, box=box)


def none(image: Image.Image, _: random.Random) -> Image.Image:
    return _cut(image, (0.5, 0.5, BASE))


def _recrop(part: float) -> Callable[[Image.Image, random.Random], Image.Image]:
    def edit(image: Image.Image, dice: random.Random) -> Image.Image:
        room = (1 - part) / 2 * BASE * dice.choice([0, 0, 0, 0.5, 1.0])
        x, y = 0.5 + dice.uniform(-room, room), 0.5 + dice.uniform(-room, room)
        return _cut(image, (x, y, BASE * part))

    return edit


def shift8(image: Image.Image, dice: random.Random) -> Image.Image:
    across, down = dice.choice([(1, 0), (-1, 0), (0, 1), (0, -1), (0.7071, 0.7071), (-0.7071, 0.7071)])
    return _cut(image, (0.5 + 0.08 * BASE * across, 0.5 + 0.08 * BASE * down, BASE))


def mirrored(image: Image.Image, dice: random.Random) -> Image.Image:
    return ImageOps.mirror(none(image, dice))


def grey(image: Image.Image, dice: random.Random) -> Image.Image:
    return none(image, dice).convert("L").convert("RGB")


def _light(factor: float) -> Callable[[Image.Image, random.Random], Image.Image]:
    def edit(image: Image.Image, dice: random.Random) -> Image.Image:
        return ImageEnhance.Brightness(none(image, dice)).enhance(factor)

    return edit


def retake(image: Image.Image, dice: random.Random) -> Image.Image:
    """Simulate another photo of the same person, with the head slightly turned and light from another side."""
    photo = none(image, dice)
    side = photo.width
    noise = np.random.default_rng(dice.randrange(2**32))
    fields = []
    for _ in range(2):
        coarse = Image.fromarray(noise.uniform(-1, 1, (4, 4)).astype(np.float32))
        fields.append(np.asarray(coarse.resize((side, side), Image.Resampling.BICUBIC)) * 0.1 * side)
    rows, columns = np.mgrid[0:side, 0:side]
    rows = np.clip(rows + fields[0], 0, side - 1).astype(int)
    columns = np.clip(columns + fields[1], 0, side - 1).astype(int)
    lit = np.asarray(photo, dtype=np.float32)[rows, columns] * (1 + np.linspace(-0.15, 0.15, side)[None, :, None])
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def _without_profile(name: str) -> Callable[[Image.Image, random.Random], Image.Image]:
    """Return the values that a photo has in a wider color space, as a service shows them that drops the profile."""
    space = SPACES[name]

    def edit(image: Image.Image, dice: random.Random) -> Image.Image:
        values = np.asarray(none(image, dice)) / 255
        light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
        wide = np.clip(light @ np.linalg.inv(space.to_srgb).T, 0, 1)
        plain = np.where(wide <= 0.0031308, wide * 12.92, 1.055 * wide ** (1 / 2.4) - 0.055)
        return Image.fromarray(np.round(255 * (wide ** (1 / space.gamma) if space.gamma else plain)).astype(np.uint8))

    return edit


PROFILES = {"p3": "Display P3", "adobe": "Adobe RGB (1998)", "rec2020": "Rec. 2020", "prophoto": "ProPhoto RGB"}
"""Label to the color space whose profile was lost: such a pair must not be called different."""
EDITS: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "none": none,
    "retake": retake,
    "recrop80": _recrop(0.8),
    "recrop90": _recrop(0.9),
    "shift8": shift8,
    "mirrored": mirrored,
    "grey": grey,
    "brighter": _light(1.25),
    "darker": _light(0.75),
    **{label: _without_profile(name) for label, name in PROFILES.items()},
}


def coloured(image: Image.Image) -> bool:
    """Return whether a photo has colors that a grayscale copy would lose."""
    return float(np.ptp(np.asarray(image.resize((32, 32))).astype(int), axis=2).mean()) > 12


def store(image: Image.Image, dice: random.Random) -> bytes:
    """Return the JPEG file that a service would store for `image`."""
    limit = max(96, round(image.width * 1.6))
    side = dice.choice([size for size in STORED if size <= limit])
    kernel = dice.choice(KERNELS)
    out = io.BytesIO()
    quality = dice.choice((60, 70, 75, 80, 85, 90, 92))
    image.resize((side, side), kernel).save(out, "JPEG", quality=quality, subsampling=dice.choice((0, 1, 2)))
    return out.getvalue()
