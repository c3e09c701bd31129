"""Registers two grids: finds the scale and the shift that lay one over the other, below a pixel.

The method is Gauss-Newton on the brightness (Lucas and Kanade 1981), gain and offset free, sampled through a Gaussian
so that resampling kernels and JPEG noise weigh little. A scale and a shift are separable: one small matrix for the
rows and one for the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from troubleshooter.compare.grid import Floats, inside, positions

BLUR = 0.75
"""Standard deviation of the sampling Gaussian, px of the grid."""
COARSE = 2.0
"""The same for the first steps, which must find the way over larger distances."""
FAR = np.float32(-40)
"""Smallest exponent of a weight: processors work many times slower with numbers next to the smallest they know."""
LONGEST_STEP = 0.12
"""Longest change of scale or shift (half diameters) in one step: beyond it the linear picture is wrong."""
SETTLED_STEP = 2e-3
"""Change below which the search has arrived: a twenty-fifth of a pixel of the grid."""
DAMPING = 1e-3
"""Share of the strongest gradient added to all: a direction in which a picture does not change must not drift."""
REACH = 0.5
"""Largest scale or shift followed; beyond it the search has lost its way."""


@dataclass(frozen=True)
class Pose:
    """Where the first picture's point `p` lies in the second: at `(1 + scale) * p + (x, y)`."""

    scale: float = 0.0
    x: float = 0.0
    y: float = 0.0

    @property
    def shift(self) -> float:
        """The shift's length, as a share of the diameter."""
        return float(np.hypot(self.x, self.y)) / 2

    def inverse(self) -> Pose:
        """The way back: where the second picture's point lies in the first."""
        back = 1 / (1 + self.scale)
        return Pose(back - 1, -self.x * back, -self.y * back)


def resampling(side: int, scale: float, shifts: tuple[float, ...], blur: float) -> tuple[Floats, Floats]:
    """Return, for each shift, the matrix (side × side) that samples moved points, and the points' distances, px."""
    moved = np.array(shifts, dtype=np.float32)[:, None] + np.float32(1 + scale) * positions(side)
    wanted = (moved + 1) * np.float32(side / 2) - np.float32(0.5)
    away = wanted[:, :, None] - _cells(side)
    weight = np.exp(np.maximum(away * away * np.float32(-0.5 / blur**2), FAR))
    weight /= weight.sum(axis=2, keepdims=True) + np.float32(1e-9)
    return weight, away


@lru_cache(maxsize=64)
def _cells(side: int) -> Floats:
    return np.arange(side, dtype=np.float32)


@lru_cache(maxsize=64)
def _still(side: int, blur: float) -> Floats:
    still: Floats = resampling(side, 0.0, (0.0,), blur)[0][0]
    return still


def blurred(picture: Floats, blur: float) -> Floats:
    """Return `picture` (… × side × side) as `warp` samples it where nothing moves."""
    still = _still(picture.shape[-1], blur)
    soft: Floats = np.matmul(np.matmul(still, picture), still.T)
    return soft


def warp(picture: Floats, pose: Pose, blur: float = BLUR) -> Floats:
    """Return `picture` (… × side × side) as seen from the first picture's points, blurred by `blur` px."""
    (rows, columns), _ = resampling(picture.shape[-1], pose.scale, (pose.y, pose.x), blur)
    moved: Floats = np.matmul(np.matmul(rows, picture), columns.T)
    return moved


@lru_cache(maxsize=64)
def shown(side: int) -> Floats:
    """Return 1 for the points that may be compared, else 0; side × side."""
    at = positions(side)
    return inside(at, at).astype(np.float32)


def overlap(side: int, pose: Pose) -> Floats:
    """Return 1 for the points that both pictures show, else 0; side × side."""
    there = np.float32(1 + pose.scale) * positions(side)
    return shown(side) * inside(there + np.float32(pose.x), there + np.float32(pose.y))


def refine(target: Floats, second: Floats, start: Pose, blur: float, steps: int, *, only: Floats | None = None) -> Pose:
    """Return the pose near `start` that lays `second` best over the first picture.

    Args:
        target: the first picture's brightness, blurred by `blur`; side × side.
        second: the second picture's brightness as it is; side × side.
        blur: standard deviation of the sampling Gaussian, px.
        steps: most steps taken.
        only: 1 for the points to use, else 0; None for all that may be compared.
    """
    side = target.shape[0]
    at = positions(side)
    basis = np.ones((5, side, side), dtype=np.float32)
    pose, mask = start, overlap(side, start)
    if only is not None:
        mask = mask * only
    for _ in range(steps):
        weight, away = resampling(side, pose.scale, (pose.y, pose.x), blur)
        slope = weight * away * np.float32(-side / 2 / blur**2)
        slope -= weight * slope.sum(axis=2, keepdims=True)
        half = weight[0] @ second
        np.matmul(half, slope[1].T, out=basis[1])
        np.matmul(slope[0] @ second, weight[1].T, out=basis[2])
        np.add(basis[1] * at, basis[2] * at[:, None], out=basis[0])
        np.matmul(half, weight[1].T, out=basis[3])
        flat = (basis * mask).reshape(5, -1)
        normal = (flat @ flat.T).astype(np.float64)
        normal.flat[::6] += np.array([*[DAMPING * normal.flat[:13:6].max()] * 3, 1e-3, 1e-3])
        found = np.linalg.solve(normal, (flat @ target.ravel()).astype(np.float64))
        if abs(found[3]) < 0.1:
            return start
        step = found[:3] / found[3]
        longest = float(max(abs(step[0]), abs(step[1]), abs(step[2])))
        if longest > LONGEST_STEP:
            step *= LONGEST_STEP / longest
        pose = Pose(pose.scale + float(step[0]), pose.x + float(step[1]), pose.y + float(step[2]))
        if max(abs(pose.scale), abs(pose.x), abs(pose.y)) > REACH:
            return start
        if longest < SETTLED_STEP:
            break
        if longest > 0.04:
            mask = overlap(side, pose) if only is None else overlap(side, pose) * only
    return pose
