"""Makes the pictures that explain a comparison: both visible parts on one grid, aligned, and where they differ."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from troubleshooter.compare.expected import match_expected
from troubleshooter.compare.grid import Floats, diameter, view
from troubleshooter.compare.match import match
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import overlap, warp
from troubleshooter.compare.result import Match
from troubleshooter.compare.signals import measure

SIDE = 160
"""Side of the explaining pictures, px."""
_BLUR = 0.5
_STRONG = 64.0
"""Difference, in levels of 255, that is drawn at full brightness."""


@dataclass(frozen=True)
class Explained:
    """A comparison with its pictures (PNG) and the numbers behind them."""

    match: Match
    first: bytes
    second: bytes
    """The second picture, aligned with the first."""
    difference: bytes
    """Black where the two agree or are not compared, bright where they differ."""
    diameters: tuple[float, float]
    """Diameters of the visible parts, px."""
    scale: float
    """How much larger the photo is in the second picture, as a share; 0 if equal."""
    shift: float
    """Shift between the two, as a share of the diameter."""
    light: float
    """Brightness of the second divided by that of the first."""
    chroma: float
    """Colorfulness of the second divided by that of the first."""


def explain(a: Avatar, b: Avatar, *, crop: bool = False) -> Explained:
    """Compare `b` with `a`; return the result with its pictures and numbers."""
    signals = measure(a, b)
    pose = signals.alignment.pose
    first, second = view(a, SIDE).colour, view(b, SIDE).colour
    moved = warp(second, pose, _BLUR)
    mask = overlap(SIDE, pose)
    apart = np.abs(moved - first).max(axis=0) * mask * np.float32(255 / _STRONG)
    return Explained(
        match=match_expected(a, b) if crop else match(a, b),
        first=_png(first),
        second=_png(moved),
        difference=_png(np.stack([apart, apart * np.float32(0.55), apart * np.float32(0.15)])),
        diameters=(diameter(a), diameter(b)),
        scale=pose.scale,
        shift=pose.shift,
        light=signals.light,
        chroma=signals.chroma,
    )


def _png(colour: Floats) -> bytes:
    pixels = np.moveaxis(np.clip(colour, 0, 255).astype(np.uint8), 0, 2)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()
