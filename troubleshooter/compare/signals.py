"""Measures what distinguishes two avatars, without judging: structure, pose, light, colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from troubleshooter.compare.grid import (
    BADGE,
    GRID,
    Floats,
    View,
    brightness,
    diameter,
    inside,
    positions,
    reduced,
    view,
)
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import BLUR, COARSE, Pose, Still, blurred, overlap, refine, shown, warp
from troubleshooter.compare.search import SIDE, candidates, likeness

SCALE_LIMIT, SCALE_PX = 0.03, 0.9
"""Largest change of scale within one crop: a share, plus px over the diameter for where the edge was found and how a
fractional position was rounded (tuning pairs of one photo: 0.057 at 36 px, 0.028 from 72 px)."""
SHIFT_LIMIT, SHIFT_PX = 0.018, 0.35
"""The same for the shift, as shares of the diameter (tuning pairs: 0.028 at 24 px, 0.014 from 44 px)."""
BETTER, CLOSE = 1.15, 5e-4
"""Another crop must better the distance by this factor, and by this much, to count as seen."""
RELATED = 0.8
"""Coarse correlation from which two pictures are aligned as they lie; below it the search for another crop, which tries
this one too, comes first. 99 % of the tuning pairs of one photo reach 0.85."""
ALIKE = 0.88
"""Coarse correlation from which a mirror image is worth aligning: 95 % of the mirrored tuning pairs reach 0.98."""
DARK, BRIGHT = 16.0, 238.0
"""Levels between which a pixel tells about light: beyond, it may have been cut off."""


TELLING_SHARE = 0.15
"""Share of the points that must tell about light; with fewer all are asked."""
UNLIKE = 0.02
"""Distance from which other crops and the mirror image are tried: nineteen in twenty pairs of one photo stay below."""


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
    """Largest local difference after alignment, in variances; 1 where the whole is too far apart, or another crop."""
    plain: float
    """Distance of brightness alone where they fit best."""


def distance(first: Floats, second: Floats, mask: Floats) -> float:
    """Return 1 − the correlation of two pictures (3 × side × side) under `mask`, means of each channel set aside."""
    a, b = _standard(first, mask), _standard(second, mask)
    return max(0.0, 1.0 - float(np.vdot(a, b)))


def _standard(picture: Floats, mask: Floats) -> Floats:
    """Return `picture` with each channel's mean set aside, outside `mask` 0, of length 1; all 0 where it is flat."""
    flat = picture.reshape(picture.shape[0], -1)
    under = mask.ravel()
    means = flat @ under / max(float(under.sum()), 1.0)
    level = (flat - means[:, None]) * under
    length = float(np.sqrt(float(np.vdot(level, level))))
    return (level / np.float32(max(length, 1e-3))).reshape(picture.shape)


def left_corner(a: Avatar, b: Avatar) -> float:
    """Return the share of the difference of brightness at the lower left, opposite to where a badge may be."""
    side = int(max(8, min(GRID, diameter(a), diameter(b))))
    at = positions(side)
    mask = inside(at, at)
    corner = mask & np.logical_and.outer(at > BADGE, at < -BADGE)
    off = view(a, side).luma - view(b, side).luma
    off = (off - np.median(off[mask & ~corner])) ** 2
    return float(off[corner].sum() / max(float(off[mask].sum()), 1e-6))


def limits(px: float) -> tuple[float, float]:
    """Return the largest scale, and shift as a share of the diameter, of one crop at a diameter of `px`."""
    return SCALE_LIMIT + SCALE_PX / px, SHIFT_LIMIT + SHIFT_PX / px


def settled(pose: Pose, px: float) -> Pose:
    """Return `pose` held within what resampling and rounding may do to a picture of the same crop."""
    scale, shift = limits(px)
    length = max(1.0, pose.shift / shift)
    return Pose(min(max(pose.scale, -scale), scale), pose.x / length, pose.y / length)


def measure(a: Avatar, b: Avatar) -> Signals:
    """Return what distinguishes `b` from `a`."""
    px = min(diameter(a), diameter(b))
    side = int(max(8, min(GRID, px)))
    first, second = view(a, side), view(b, side)
    still, fine = blurred(first.colour, BLUR), Still(first.luma, BLUR)
    small = reduced(first.luma, SIDE), reduced(second.luma, SIDE)
    pose = refine(fine, second.luma, Pose(), 5) if likeness(*small) > RELATED else Pose()
    near_pose = settled(pose, px)
    near = _at(second, still, near_pose)
    free = near if near_pose == pose else _at(second, still, pose)
    mirrored = 1.0
    if near > UNLIKE:
        mirrored = _mirrored(fine, second, still, small, px)
        if mirrored > UNLIKE:
            pose, free = _searched(first, second, still, fine, (pose, free))
            near = min(near, free if settled(pose, px) == pose else near)
    if near <= free * BETTER + CLOSE:
        pose, free = (pose if settled(pose, px) == pose else near_pose), near  # no evidence of another crop
    return _compared(second, still, px, Found(near, pose, free, mirrored))


def _at(second: View, still: Floats, pose: Pose) -> float:
    return distance(still, warp(second.colour, pose), overlap(still.shape[-1], pose))


def _searched(first: View, second: View, still: Floats, fine: Still, known: tuple[Pose, float]) -> tuple[Pose, float]:
    """Return the best pose of a search over other crops, and the distance there; `known` where none is better."""
    best_pose, best = known
    rough: tuple[Still, Floats] | None = None
    for start in candidates(reduced(first.luma, SIDE), reduced(second.luma, SIDE)):
        if start == Pose() and best_pose != Pose():
            continue  # aligned as they lie already
        if rough is None:
            half = still.shape[-1] // 2  # a coarse blur leaves nothing that half the points would not tell
            rough = Still(reduced(first.luma, half), COARSE * half / GRID), reduced(second.luma, half)
        pose = refine(fine, second.luma, refine(*rough, start, 3), 4)
        found = _at(second, still, pose)
        if found < best:
            best_pose, best = pose, found
        if best < UNLIKE:
            break
    return best_pose, best


def _mirrored(fine: Still, second: View, still: Floats, small: tuple[Floats, Floats], px: float) -> float:
    """Return the distance to the mirror image, 1 where a coarse look (`small`) rules it out."""
    if likeness(small[0], small[1][:, ::-1]) < ALIKE:
        return 1.0
    both = shown(still.shape[-1]) * shown(still.shape[-1])[:, ::-1]  # the mirror image has its badge on the left
    flipped = View(second.colour[:, :, ::-1], second.luma[:, ::-1])
    pose = settled(refine(fine, flipped.luma, Pose(), 5, only=both), px)
    return distance(still, warp(flipped.colour, pose), both)


def _compared(second: View, still: Floats, px: float, found: Found) -> Signals:
    side = still.shape[-1]
    mask = overlap(side, found.pose)
    moved = warp(second.colour, found.pose)
    use = mask[::2, ::2] > 0  # the blurred pictures hold no more than every other point tells
    one, other = still[:, ::2, ::2][:, use], moved[:, ::2, ::2][:, use]
    luma_a, luma_b = brightness(one), brightness(other)
    chroma_a, chroma_b = one - luma_a, other - luma_b
    power_a, power_b = float(np.vdot(chroma_a, chroma_a)), float(np.vdot(chroma_b, chroma_b))
    kept = float(np.sqrt(max(power_b, 1e-3) / max(power_a, 1e-3)))
    return Signals(
        side=side,
        px=px,
        contrast=min(float(luma_a.std()), float(luma_b.std())),
        found=found,
        overlap=float(mask.sum() / shown(side).sum()),
        light=_light(one, other, luma_a, luma_b),
        chroma=kept if float(np.vdot(chroma_a, chroma_b)) >= 0 else 0.0,
        colourful=float(np.sqrt(max(power_a, power_b) / one.shape[1])),
        cast=float(np.abs((chroma_b - chroma_a).mean(axis=1)).max()),
        worst=_worst(still, moved, mask) if found.near < UNLIKE * 3 and settled(found.pose, px) == found.pose else 1.0,
        plain=_plain(luma_a, luma_b),
    )


def _light(one: Floats, other: Floats, luma_a: Floats, luma_b: Floats) -> float:
    """Return the ratio of brightness where neither picture was cut off, or everywhere where too little is left."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    dark = np.minimum(np.minimum(low[0], low[1]), low[2])
    bright = np.maximum(np.maximum(high[0], high[1]), high[2])
    tells = (dark > DARK) & (bright < BRIGHT)
    if float(tells.mean()) < TELLING_SHARE:
        tells = np.ones_like(tells)
    return max(float(luma_b[tells].sum()), 1.0) / max(float(luma_a[tells].sum()), 1.0)


def _plain(first: Floats, second: Floats) -> float:
    a, b = first - first.mean(), second - second.mean()
    spread = float(np.sqrt(float(a @ a) * float(b @ b)))
    return max(0.0, 1.0 - float(a @ b) / spread) if spread > 1e-6 else 1.0


def _worst(first: Floats, second: Floats, mask: Floats) -> float:
    """Return the largest local squared difference (patches of an eighth of the side) over the variance."""
    a, b = _standard(first, mask), _standard(second, mask)
    error = ((a - b) ** 2).sum(axis=0) * mask.sum()
    patch = max(3, first.shape[-1] // 8)
    total = np.zeros((error.shape[0] + 1, error.shape[1] + 1), dtype=np.float32)
    total[1:, 1:] = error.cumsum(axis=0).cumsum(axis=1)
    sums = total[patch:, patch:] - total[:-patch, patch:] - total[patch:, :-patch] + total[:-patch, :-patch]
    return float(sums.max() / patch**2)
