"""Finds edges to a fraction of a pixel: samples a picture along rays and finds where each leaves the outer color."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]

RISE = 4.0
"""Difference from the outer color, in levels of 255, at which an edge begins."""
CONTRAST = 5.5
"""Difference from the page's color, in levels of 255, from which the inside of an edge shows where the edge is; in a
screenshot, the page is free of noise."""
ANGLES = 48
"""Number of rays, evenly spaced around the center."""
STEP = 0.5
"""Distance between two samples on a ray, px."""
_TURN = np.arange(ANGLES, dtype=np.float32) * np.float32(2 * np.pi / ANGLES)
COS, SIN = np.cos(_TURN), np.sin(_TURN)
"""The directions of the rays."""
BARE = np.ones(ANGLES, dtype=np.bool_)
"""Directions that show the edge: all except 15° to 75° below the horizontal on the right, where a presence badge is."""
BARE[2:11] = False


@dataclass(frozen=True)
class Frame:
    """The square around the visible part, in px of its picture; its sides may be between pixels."""

    x: float
    y: float
    half: float
    """Center and half a side."""

    def box(self) -> tuple[float, float, float, float]:
        """Return the frame as left, top, right, bottom."""
        return self.x - self.half, self.y - self.half, self.x + self.half, self.y + self.half


def crossing(
    away: Reals, step: float, rise: float = RISE, contrast: float = CONTRAST
) -> tuple[Reals, NDArray[np.bool_]]:
    """Return where each line of samples is first halfway away from the outer color, and whether that is clear.

    Args:
        away: difference from the outer color, lines × samples from the outside in.
        step: distance between two samples, px.
        rise: difference at which an edge begins.
        contrast: difference from which the inside of an edge counts as seen.
    """
    lines = np.arange(away.shape[0])
    last = away.shape[1] - 1
    begin = np.argmax(away > rise, axis=1)
    inner = np.minimum(begin + max(1, round(1.5 / step)), last)
    reference = np.maximum(away[lines, inner], away[lines, np.minimum(inner + 1, last)])
    half = reference / 2
    reached = np.argmax(away >= half[:, None], axis=1)
    before = np.maximum(reached - 1, 0)
    low, high = away[lines, before], away[lines, reached]
    part = np.where(high > low, (half - low) / np.maximum(high - low, 1e-3), 1.0)
    place = (before + np.minimum(np.maximum(part, 0), 1)).astype(np.float32)
    seen = (reference > contrast) & (away[lines, begin] > rise)
    return place, seen


@dataclass(frozen=True, eq=False)
class Points:
    """Points at which a picture is sampled between its pixels, each interpolated from four of them."""

    at: NDArray[np.intp]
    """Index of the pixel to the upper left, directions × radii."""
    width: int
    """Width of the picture, px."""
    right: Reals
    low: Reals
    """Weights of the pixels to the right and below."""

    def values(self, planes: NDArray[np.uint8]) -> Reals:
        """Return the values at these points, planes × directions × radii."""
        flat = planes.reshape(planes.shape[0], -1)
        left = np.float32(1) - self.right
        upper = flat.take(self.at, axis=1) * left + flat.take(self.at + 1, axis=1) * self.right
        under = self.at + self.width
        lower = flat.take(under, axis=1) * left + flat.take(under + 1, axis=1) * self.right
        mixed: Reals = (upper + (lower - upper) * self.low).astype(np.float32, copy=False)
        return mixed


def points_on(height: int, width: int, frame: Frame, radii: Reals) -> Points:
    """Return the points at `radii` around the center of `frame`, in each direction; outside the picture, its rim."""
    x = np.minimum(np.maximum(np.float32(frame.x - 0.5) + COS[:, None] * radii, 0), np.float32(width - 1.001))
    y = np.minimum(np.maximum(np.float32(frame.y - 0.5) + SIN[:, None] * radii, 0), np.float32(height - 1.001))
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, low = x - column.astype(np.float32), y - row.astype(np.float32)
    return Points((row * np.int32(width) + column).astype(np.intp), width, right, low)


def rays(planes: NDArray[np.uint8], frame: Frame, radii: Reals) -> Reals:
    """Return the interpolated values (planes × directions × radii) at `radii` around the center."""
    _, height, width = planes.shape
    return points_on(height, width, frame, radii).values(planes)


def within(height: int, width: int, frame: Frame, radii: Reals) -> NDArray[np.bool_]:
    """Return which points of the rays are inside a picture of the given size."""
    x, y = np.abs(COS)[:, None] * radii, np.abs(SIN)[:, None] * radii
    inside: NDArray[np.bool_] = (x <= min(frame.x, width - frame.x)) & (y <= min(frame.y, height - frame.y))
    return inside
