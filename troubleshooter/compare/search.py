"""Searches for more distant poses: another crop, another shift, the mirror image; all coarsely first, then refined."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.grid import Floats, inside, positions
from troubleshooter.compare.register import Pose, resampling, shown

SIDE = 12
"""Side of the grid of the coarse search, px."""
SCALES = (0.75, 0.86, 1.0, 1.16, 1.34)
"""Scales tried; the refinement covers the range between them."""
SHIFTS = (-0.24, -0.12, 0.0, 0.12, 0.24)
"""Shifts tried, in half diameters: up to 12 % of the diameter."""


PROMISING = 0.77
"""Coarse correlation from which a pose is worth refining: reached by 99 % of the re-cropped tuning pairs and by 5 % of
the pairs of two people."""


@lru_cache(maxsize=1)
def _plan() -> tuple[Floats, Floats, list[Pose]]:
    """Return the samplers (scale × shift × side × side), the masks (pose × points) and the poses."""
    at = positions(SIDE)
    samplers = np.stack([resampling(SIDE, scale - 1, SHIFTS, 0.6) for scale in SCALES])
    masks, poses = [], []
    for scale in SCALES:
        there = np.float32(scale) * at
        for down in SHIFTS:
            for across in SHIFTS:
                masks.append((shown(SIDE) * inside(there + np.float32(across), there + np.float32(down))).ravel())
                poses.append(Pose(scale - 1, across, down))
    return samplers, np.stack(masks).astype(np.float32), poses


def candidates(first: Floats, second: Floats, best: int = 2) -> list[Pose]:
    """Return the poses, best first, that correlate promisingly (both pictures `SIDE` × `SIDE`, brightness)."""
    samplers, masks, poses = _plan()
    rows = np.matmul(samplers, second - second.mean())  # scale × shift down × side × side
    moved = np.matmul(rows[:, :, None], samplers.transpose(0, 1, 3, 2)[:, None])
    score = _correlation((first - first.mean()).ravel(), moved.reshape(len(poses), -1), masks)
    chosen: list[Pose] = []
    for index in np.argsort(-score)[:12]:
        pose = poses[index]
        if score[index] < PROMISING or len(chosen) == best:
            break
        if all(abs(pose.scale - c.scale) > 0.2 or abs(pose.x - c.x) + abs(pose.y - c.y) > 0.2 for c in chosen):
            chosen.append(pose)
    return chosen


def likeness(first: Floats, second: Floats) -> float:
    """Return the coarse correlation of two unaligned pictures (`SIDE` × `SIDE`), without the badge corners."""
    mask = (shown(SIDE) * shown(SIDE)[:, ::-1]).ravel()[None]
    return float(_correlation(first.ravel(), second.ravel()[None], mask)[0])


def _correlation(first: Floats, values: Floats, masks: Floats) -> NDArray[np.float32]:
    """Return the masked correlation of `first` (points) with every row of `values` (poses × points)."""
    count = masks.sum(axis=1)
    masked = values * masks
    sum_b, sum_bb, sum_ab = masked.sum(axis=1), np.einsum("pi,pi->p", masked, values), masked @ first
    sum_a, sum_aa = masks @ first, masks @ (first * first)
    covariance = sum_ab - sum_a * sum_b / count
    spread = (sum_aa - sum_a**2 / count) * (sum_bb - sum_b**2 / count)
    found: NDArray[np.float32] = covariance / np.sqrt(np.maximum(spread, 1e-6))
    return found
