"""Registers two grids: finds the scale and shift that align one with the other to a fraction of a pixel.

The method is Gauss-Newton on the brightness (Lucas and Kanade 1981) with free gain and offset, sampled through a
Gaussian so that resampling kernels and JPEG noise have little weight. The steps use the slopes of the first picture,
which never change (inverse composition, Baker and Matthews 2004). Scale and shift are separable: one small matrix for
the rows and one for the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from troubleshooter.compare.grid import Floats, inside, positions

BLUR = 0.75
"""Standard deviation of the sampling Gaussian, px of the grid."""
COARSE = 2.0
"""The standard deviation for the first steps, which cover larger distances."""
FAR = np.float32(-40)
"""Smallest exponent of a weight: processors are many times slower on subnormal numbers."""
LONGEST_STEP = 0.12
"""Largest change of scale or shift (half diameters) in one step; above it the linear approximation is wrong."""
SETTLED_STEP = 2e-3
"""Change below which the search has converged: a twenty-fifth of a pixel of the grid."""
ELSEWHERE = 0.02
"""Change after which the points shown by both pictures are determined again."""
DAMPING = 1e-3
"""Share of the strongest gradient added to all, so that a direction in which the picture is constant does not drift."""
REACH = 0.5
"""Largest scale or shift followed; beyond it the search has diverged."""


@dataclass(frozen=True)
class Pose:
    """Maps each point `p` of the first picture to the point `(1 + scale) * p + (x, y)` of the second."""

    scale: float = 0.0
    x: float = 0.0
    y: float = 0.0

    @property
    def shift(self) -> float:
        """Return the length of the shift, as a share of the diameter."""
        return float(np.hypot(self.x, self.y)) / 2

    def after(self, step: Pose) -> Pose:
        """Return the second picture's pose, given that this pose fits once the first picture is moved by `step`."""
        share = (1 + self.scale) / (1 + step.scale)
        return Pose(share - 1, self.x - share * step.x, self.y - share * step.y)

    def inverse(self) -> Pose:
        """Return where the second picture's points are in the first."""
        back = 1 / (1 + self.scale)
        return Pose(back - 1, -self.x * back, -self.y * back)


def resampling(side: int, scale: float, shifts: tuple[float, ...], blur: float) -> Floats:
    """Return, for each shift, the matrix (side × side) that samples moved points."""
    return _weights(_distances(side, scale, shifts), blur)


def _distances(side: int, scale: float, shifts: tuple[float, ...]) -> Floats:
    """Return, for each shift, how far each moved point is from each cell, px; shifts × side × side."""
    moved = np.array(shifts, dtype=np.float32)[:, None] + np.float32(1 + scale) * positions(side)
    moved += 1
    moved *= np.float32(side / 2)
    away: Floats = moved[:, :, None] - _cells(side)
    return away


def _weights(away: Floats, blur: float) -> Floats:
    weight = away * away
    weight *= np.float32(-0.5 / blur**2)
    np.maximum(weight, FAR, out=weight)
    np.exp(weight, out=weight)
    weight /= weight.sum(axis=2, keepdims=True) + np.float32(1e-9)
    return weight


@lru_cache(maxsize=64)
def _cells(side: int) -> Floats:
    """Return the cells' centers, px."""
    return np.arange(side, dtype=np.float32) + np.float32(0.5)


@lru_cache(maxsize=64)
def _still(side: int, blur: float) -> Floats:
    still: Floats = resampling(side, 0.0, (0.0,), blur)[0]
    return still


@lru_cache(maxsize=64)
def _slopes(side: int, blur: float) -> Floats:
    """Return the matrix that samples the slope at the points, per half diameter."""
    away = _distances(side, 0.0, (0.0,))
    weight = _weights(away, blur)
    slope = weight * away * np.float32(-side / 2 / blur**2)
    slope -= weight * slope.sum(axis=2, keepdims=True)
    found: Floats = slope[0]
    return found


def blurred(picture: Floats, blur: float) -> Floats:
    """Return `picture` (… × side × side) as `warp` samples it without movement."""
    still = _still(picture.shape[-1], blur)
    soft: Floats = np.matmul(np.matmul(still, picture), still.T)
    return soft


def warp(picture: Floats, pose: Pose, blur: float = BLUR) -> Floats:
    """Return `picture` (… × side × side) sampled at the first picture's points, blurred by `blur` px."""
    rows, columns = resampling(picture.shape[-1], pose.scale, (pose.y, pose.x), blur)
    moved: Floats = np.matmul(np.matmul(rows, picture), columns.T)
    return moved


@lru_cache(maxsize=64)
def shown(side: int) -> Floats:
    """Return 1 for the points that are compared, else 0; side × side."""
    at = positions(side)
    return inside(at, at).astype(np.float32)


def overlap(side: int, pose: Pose) -> Floats:
    """Return 1 for the points that both pictures show, else 0; side × side."""
    there = np.float32(1 + pose.scale) * positions(side)
    return shown(side) * inside(there + np.float32(pose.x), there + np.float32(pose.y))


class Still:
    """The first of two pictures, blurred, with its slopes, which are the same at every step."""

    def __init__(self, luma: Floats, blur: float) -> None:
        """Prepare the brightness `luma` of a picture, side × side, blurred with a standard deviation of `blur` px."""
        side = luma.shape[0]
        rows, slopes = _still(side, blur), _slopes(side, blur)
        half = rows @ luma
        at = positions(side)
        self.blur = blur
        basis = np.empty((5, side, side), dtype=np.float32)
        np.matmul(half, slopes.T, out=basis[1])
        np.matmul(slopes @ luma, rows.T, out=basis[2])
        np.add(basis[1] * at, basis[2] * at[:, None], out=basis[0])
        np.matmul(half, rows.T, out=basis[3])
        basis[4] = 1
        self._basis = basis

    def solver(self, mask: Floats) -> Floats:
        """Return the matrix that turns the other, equally blurred picture into scale, shift right, shift down and gain.

        Args:
            mask: 1 for the points to use, else 0; side × side.

        Returns:
            4 × points, to be multiplied by the other picture's points.
        """
        flat = (self._basis * mask).reshape(5, -1)
        normal = (flat @ flat.T).astype(np.float64)
        normal.flat[::6] += np.array([*[DAMPING * normal.flat[:13:6].max()] * 3, 1e-3, 1e-3])
        return np.asarray(np.linalg.inv(normal)[:4].astype(np.float32) @ flat)


def refine(first: Still, second: Floats, start: Pose, steps: int, *, only: Floats | None = None) -> Pose:
    """Return the pose near `start` that aligns `second` best with the first picture.

    Args:
        first: the first picture, with the blur that the second one gets.
        second: the second picture's brightness, not blurred; side × side.
        start: the first pose.
        steps: maximum number of steps.
        only: 1 for the points to use, else 0; None for all that are compared.
    """
    side = second.shape[0]
    pose = start
    solver = None
    for _ in range(steps):
        if solver is None:
            mask = overlap(side, pose)
            solver = first.solver(mask if only is None else mask * only)
        rows, columns = resampling(side, pose.scale, (pose.y, pose.x), first.blur)
        scale, right, down, gain = (solver @ (rows @ second @ columns.T).ravel()).tolist()
        if abs(gain) < 0.1:
            return start
        longest = max(abs(scale), abs(right), abs(down)) / abs(gain)
        share = min(1.0, LONGEST_STEP / max(longest, 1e-9)) / gain
        pose = pose.after(Pose(scale * share, right * share, down * share))
        if max(abs(pose.scale), abs(pose.x), abs(pose.y)) > REACH:
            return start
        if longest < SETTLED_STEP:
            break
        if longest > ELSEWHERE:
            solver = None  # the points shown by both pictures have changed
    return pose
