"""Measures what distinguishes two avatars, without judging: structure, pose, light, colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from troubleshooter.compare.grid import GRID, Floats, View, brightness, diameter, reduced, view
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import BLUR, COARSE, Pose, blurred, overlap, refine, shown, warp
from troubleshooter.compare.search import PROMISING, SIDE, candidates, likeness

SETTLED_SCALE = 0.015
"""Scale within which a picture of the same crop is aligned."""
SETTLED_SHIFT = 0.05
"""Shift, in half diameters, within which a picture of the same crop is aligned."""
DARK, BRIGHT = 16.0, 238.0
"""Levels between which a pixel tells about light: beyond, it may have been cut off."""


UNLIKE = 0.02
"""Distance from which other crops and the mirror image are tried: three in four pairs of one photo stay below."""


@dataclass(frozen=True)
class Found:
    """How two pictures lie over each other. Distances are 1 − correlation, 0 to 2."""

    near: float
    """Distance with the pictures aligned as far as resampling may move them."""
    pose: Pose
    """Where they fit best, searched freely."""
    free: float
    """Distance there."""
    mirrored: float
    """Distance to the mirror image, aligned as `near`; 1 where it was not tried."""


@dataclass(frozen=True)
class Signals:
    """What was measured."""

    side: int
    """Side of the grid, px."""
    px: float
    """The smaller diameter, device px."""
    contrast: float
    """The smaller standard deviation of brightness of the two, levels of 255."""
    found: Found
    """How they lie over each other."""
    overlap: float
    """Share of the compared points that both show there."""
    light: float
    """Brightness of the second over that of the first, 1 when equal."""
    chroma: float
    """Colourfulness of the second over that of the first: 1 when equal, 0 when the second is grey."""
    colourful: float
    """The larger mean chroma of the two, levels of 255."""
    cast: float
    """Mean difference of colour, brightness set aside, levels of 255."""
    worst: float
    """Largest local difference after alignment, as a share of the contrast."""
    plain: float
    """Distance of brightness alone where they fit best."""


def distance(first: Floats, second: Floats, mask: Floats) -> float:
    """Return 1 − the correlation of two pictures (3 × side × side) under `mask`, means of each channel set aside."""
    count = max(float(mask.sum()), 1.0)
    a = (first - (first * mask).sum(axis=(1, 2), keepdims=True) / count) * mask
    b = (second - (second * mask).sum(axis=(1, 2), keepdims=True) / count) * mask
    spread = float(np.sqrt(float(np.vdot(a, a)) * float(np.vdot(b, b))))
    if spread < 1e-6:
        return 1.0
    return max(0.0, 1.0 - float(np.vdot(a, b)) / spread)


def settled(pose: Pose) -> Pose:
    """Return `pose` held within what resampling and rounding may do to a picture of the same crop."""
    return Pose(
        float(np.clip(pose.scale, -SETTLED_SCALE, SETTLED_SCALE)),
        float(np.clip(pose.x, -SETTLED_SHIFT, SETTLED_SHIFT)),
        float(np.clip(pose.y, -SETTLED_SHIFT, SETTLED_SHIFT)),
    )


def measure(a: Avatar, b: Avatar) -> Signals:
    """Return what distinguishes `b` from `a`."""
    px = min(diameter(a), diameter(b))
    side = int(max(8, min(GRID, px)))
    first, second = view(a, side), view(b, side)
    still = blurred(first.colour, BLUR)
    pose = _refined(still, second, Pose())
    near_pose = settled(pose)
    near = _at(second, still, near_pose)
    free = near if near_pose == pose else _at(second, still, pose)
    mirrored = 1.0
    if near > UNLIKE:
        pose, free = _searched(first, second, still, (pose, free))
        mirrored = _mirrored(first, second, still)
    return _compared(second, still, px, Found(near, pose, free, mirrored))


def _refined(still: Floats, second: View, start: Pose) -> Pose:
    return refine(brightness(still), second.luma, start, BLUR, 5)


def _at(second: View, still: Floats, pose: Pose) -> float:
    return distance(still, warp(second.colour, pose), overlap(still.shape[-1], pose))


def _searched(first: View, second: View, still: Floats, known: tuple[Pose, float]) -> tuple[Pose, float]:
    """Return the best pose of a search over other crops, and the distance there; `known` where none is better."""
    best_pose, best = known
    side = still.shape[-1]
    blur = COARSE * side / GRID
    rough = blurred(first.luma, blur)
    for start in candidates(reduced(first.luma, SIDE), reduced(second.luma, SIDE)):
        pose = _refined(still, second, refine(rough, second.luma, start, blur, 3))
        found = _at(second, still, pose)
        if found < best:
            best_pose, best = pose, found
        if best < UNLIKE:
            break
    return best_pose, best


def _mirrored(first: View, second: View, still: Floats) -> float:
    """Return the distance to the mirror image, 1 where a coarse look rules it out."""
    if likeness(reduced(first.luma, SIDE), reduced(second.luma, SIDE)[:, ::-1]) < PROMISING:
        return 1.0
    flipped = View(second.colour[:, :, ::-1], second.luma[:, ::-1])
    return _at(flipped, still, settled(_refined(still, flipped, Pose())))


def _compared(second: View, still: Floats, px: float, found: Found) -> Signals:
    side = still.shape[-1]
    mask = overlap(side, found.pose)
    moved = warp(second.colour, found.pose)
    use = mask.ravel() > 0
    one, other = still.reshape(3, -1)[:, use], moved.reshape(3, -1)[:, use]
    luma_a, luma_b = brightness(one), brightness(other)
    contrast = min(float(luma_a.std()), float(luma_b.std())) if one.size else 0.0
    tells = (np.minimum(one.min(axis=0), other.min(axis=0)) > DARK) & (
        np.maximum(one.max(axis=0), other.max(axis=0)) < BRIGHT
    )
    use = tells if tells.mean() > 0.15 else np.ones_like(tells)
    light = float(luma_b[use].sum() / max(float(luma_a[use].sum()), 1.0))
    chroma_a, chroma_b = one - luma_a, other - luma_b
    power_a, power_b = float((chroma_a**2).sum()), float((chroma_b**2).sum())
    chroma = float((chroma_a * chroma_b).sum()) / max(power_a, 1e-3)
    colourful = float(np.sqrt(max(power_a, power_b) / max(one.shape[1], 1)))
    cast = float(np.abs((chroma_b - chroma_a).mean(axis=1)).max())
    scale = float(np.sqrt(power_b / max(power_a, 1e-3)))
    worst = _worst(still, moved, mask)
    return Signals(
        side,
        px,
        contrast,
        found,
        float(mask.sum() / shown(side).sum()),
        light,
        min(scale, 9.0) if chroma >= 0 else 0.0,
        colourful,
        cast,
        worst,
        _plain(luma_a, luma_b),
    )


def _plain(first: Floats, second: Floats) -> float:
    a, b = first - first.mean(), second - second.mean()
    spread = float(np.sqrt(float(a @ a) * float(b @ b)))
    return max(0.0, 1.0 - float(a @ b) / spread) if spread > 1e-6 else 1.0


def _worst(first: Floats, second: Floats, mask: Floats) -> float:
    """Return the largest local squared difference (patches of an eighth of the side) over the variance."""
    count = mask.sum()
    a = (first - (first * mask).sum(axis=(1, 2), keepdims=True) / count) * mask
    b = (second - (second * mask).sum(axis=(1, 2), keepdims=True) / count) * mask
    a /= max(float(np.sqrt((a * a).sum() / count)), 1e-3)
    b /= max(float(np.sqrt((b * b).sum() / count)), 1e-3)
    error = ((a - b) ** 2).sum(axis=0)
    patch = max(3, first.shape[-1] // 8)
    total = np.zeros((error.shape[0] + 1, error.shape[1] + 1), dtype=np.float32)
    total[1:, 1:] = error.cumsum(axis=0).cumsum(axis=1)
    sums = total[patch:, patch:] - total[:-patch, patch:] - total[patch:, :-patch] + total[:-patch, :-patch]
    return float(sums.max() / patch**2)
