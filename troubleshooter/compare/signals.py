"""Measures what distinguishes two avatars, without judging it: structure, pose, brightness, color."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from troubleshooter.compare.grid import (
    BADGE,
    GRID,
    Floats,
    GridView,
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
"""Largest change of scale within one crop: a share, plus px divided by the diameter for errors in locating the edge and
rounding positions (same-photo tuning pairs: 0.057 at 36 px, 0.028 from 72 px)."""
SHIFT_LIMIT, SHIFT_PX = 0.018, 0.35
"""Largest shift within one crop, in the same form, as shares of the diameter (0.028 at 24 px, 0.014 from 44 px)."""
BETTER, CLOSE = 1.15, 5e-4
"""Another crop must reduce the distance by this factor, and by this amount, to count as evidence."""
RELATED = 0.8
"""Coarse correlation from which two pictures are aligned directly; below it, the search for another crop, which also
tries the present one, comes first. 99 % of the same-photo tuning pairs reach 0.85."""
ALIKE = 0.88
"""Coarse correlation from which a mirror image is worth aligning: 95 % of the mirrored tuning pairs reach 0.98."""
DARK, BRIGHT = 16.0, 238.0
"""Levels between which a pixel is used to measure light; outside, it may be clipped."""


TELLING_SHARE = 0.15
"""Share of the points that must be usable to measure light; if fewer are, all points are used."""
UNLIKE = 0.02
"""Distance from which other crops and the mirror image are tried; 95 % of the same-photo pairs are below it."""


@dataclass(frozen=True)
class Alignment:
    """The alignment of two pictures. Distances are 1 − correlation, 0 to 2."""

    near: float
    """Distance with the pictures aligned only as far as resampling may have moved them."""
    pose: Pose
    """The best pose of a free search."""
    free: float
    """Distance in the best pose."""
    mirrored: float
    """Distance from the mirror image, aligned as for `near`; 1 if it was not tried."""


@dataclass(frozen=True)
class Signals:
    """The measurements of what distinguishes two avatars."""

    side: int
    """Side of the grid, px."""
    px: float
    """The smaller diameter, device px."""
    contrast: float
    """The smaller standard deviation of brightness of the two, in levels of 255."""
    alignment: Alignment
    overlap: float
    """Share of the compared points that both pictures show in the best pose."""
    light: float
    """Brightness of the second divided by that of the first, 1 when equal."""
    chroma: float
    """Colorfulness of the second divided by that of the first: 1 when equal, 0 when the second is gray."""
    colourful: float
    """The larger mean chroma of the two, in levels of 255."""
    cast: float
    """Mean difference of color, ignoring brightness, in levels of 255."""
    colour: float
    """Root of the mean squared difference of color, ignoring brightness, in levels of 255."""
    worst: float
    """Largest local difference after alignment, in variances; 1 if too far apart or cropped differently."""
    plain: float
    """Distance in brightness alone in the best pose."""


def distance(first: Floats, second: Floats, mask: Floats) -> float:
    """Return 1 − the correlation of two pictures (3 × side × side) under `mask`, with each channel's mean removed."""
    a, b = _standard(first, mask), _standard(second, mask)
    return max(0.0, 1.0 - float(np.vdot(a, b)))


def _standard(picture: Floats, mask: Floats) -> Floats:
    """Return `picture` with each channel's mean removed, 0 outside `mask`, scaled to length 1; all 0 if it is flat."""
    flat = picture.reshape(picture.shape[0], -1)
    under = mask.ravel()
    means = flat @ under / max(float(under.sum()), 1.0)
    level = (flat - means[:, None]) * under
    length = float(np.sqrt(float(np.vdot(level, level))))
    return (level / np.float32(max(length, 1e-3))).reshape(picture.shape)


def left_corner(a: Avatar, b: Avatar) -> float:
    """Return the share of the difference in brightness at the lower left, opposite the usual badge."""
    side = int(max(8, min(GRID, diameter(a), diameter(b))))
    at = positions(side)
    mask = inside(at, at)
    corner = mask & np.logical_and.outer(at > BADGE, at < -BADGE)
    off = view(a, side).luma - view(b, side).luma
    off = (off - np.median(off[mask & ~corner])) ** 2
    return float(off[corner].sum() / max(float(off[mask].sum()), 1e-6))


def limits(px: float) -> tuple[float, float]:
    """Return the largest change of scale, and the largest shift as a share of the diameter, of one crop of `px`."""
    return SCALE_LIMIT + SCALE_PX / px, SHIFT_LIMIT + SHIFT_PX / px


def within_limits(pose: Pose, px: float) -> Pose:
    """Return `pose` limited to what resampling and rounding may do to a picture of the same crop."""
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
    near_pose = within_limits(pose, px)
    near = _at(second, still, near_pose)
    free = near if near_pose == pose else _at(second, still, pose)
    mirrored = 1.0
    if near > UNLIKE:
        mirrored = _mirrored(fine, second, still, small, px)
        if mirrored > UNLIKE:
            pose, free = _searched(first, second, still, fine, (pose, free))
            near = min(near, free if within_limits(pose, px) == pose else near)
    if near <= free * BETTER + CLOSE:
        pose, free = (pose if within_limits(pose, px) == pose else near_pose), near  # no evidence of another crop
    return _compared(second, still, px, Alignment(near, pose, free, mirrored))


def _at(second: GridView, still: Floats, pose: Pose) -> float:
    return distance(still, warp(second.colour, pose), overlap(still.shape[-1], pose))


def _searched(
    first: GridView, second: GridView, still: Floats, fine: Still, known: tuple[Pose, float]
) -> tuple[Pose, float]:
    """Return the best pose of a search over other crops and its distance; `known` if none is better."""
    best_pose, best = known
    rough: tuple[Still, Floats] | None = None
    for start in candidates(reduced(first.luma, SIDE), reduced(second.luma, SIDE)):
        if start == Pose() and best_pose != Pose():
            continue  # already aligned directly
        if rough is None:
            half = still.shape[-1] // 2  # after a coarse blur, half the points are enough
            rough = Still(reduced(first.luma, half), COARSE * half / GRID), reduced(second.luma, half)
        pose = refine(fine, second.luma, refine(*rough, start, 3), 4)
        found = _at(second, still, pose)
        if found < best:
            best_pose, best = pose, found
        if best < UNLIKE:
            break
    return best_pose, best


def _mirrored(fine: Still, second: GridView, still: Floats, small: tuple[Floats, Floats], px: float) -> float:
    """Return the distance from the mirror image; 1 where a coarse comparison (`small`) rules it out."""
    if likeness(small[0], small[1][:, ::-1]) < ALIKE:
        return 1.0
    both = shown(still.shape[-1]) * shown(still.shape[-1])[:, ::-1]  # the mirror image has its badge on the left
    flipped = GridView(second.colour[:, :, ::-1], second.luma[:, ::-1])
    pose = within_limits(refine(fine, flipped.luma, Pose(), 5, only=both), px)
    return distance(still, warp(flipped.colour, pose), both)


def _compared(second: GridView, still: Floats, px: float, alignment: Alignment) -> Signals:
    side = still.shape[-1]
    mask = overlap(side, alignment.pose)
    moved = warp(second.colour, alignment.pose)
    use = mask[::2, ::2] > 0  # every other point contains all that a blurred picture shows
    first, other = still[:, ::2, ::2][:, use], moved[:, ::2, ::2][:, use]
    luma_a, luma_b = brightness(first), brightness(other)
    chroma_a, chroma_b = first - luma_a, other - luma_b
    power_a, power_b = float(np.vdot(chroma_a, chroma_a)), float(np.vdot(chroma_b, chroma_b))
    kept = float(np.sqrt(max(power_b, 1e-3) / max(power_a, 1e-3)))
    worst = 1.0
    if alignment.near < UNLIKE * 3 and within_limits(alignment.pose, px) == alignment.pose:
        worst = _worst(still, moved, mask)
    return Signals(
        side=side,
        px=px,
        contrast=min(float(luma_a.std()), float(luma_b.std())),
        alignment=alignment,
        overlap=float(mask.sum() / shown(side).sum()),
        light=_light(first, other, luma_a, luma_b),
        chroma=kept if float(np.vdot(chroma_a, chroma_b)) >= 0 else 0.0,
        colourful=float(np.sqrt(max(power_a, power_b) / first.shape[1])),
        cast=float(np.abs((chroma_b - chroma_a).mean(axis=1)).max()),
        colour=float(np.sqrt(np.square(chroma_b - chroma_a).sum() / first.shape[1])),
        worst=worst,
        plain=_plain(luma_a, luma_b),
    )


def _light(first: Floats, other: Floats, luma_a: Floats, luma_b: Floats) -> float:
    """Return the ratio of brightness where neither picture is clipped, or everywhere if too few points remain."""
    low, high = np.minimum(first, other), np.maximum(first, other)
    dark = np.minimum(np.minimum(low[0], low[1]), low[2])
    bright = np.maximum(np.maximum(high[0], high[1]), high[2])
    usable = (dark > DARK) & (bright < BRIGHT)
    if float(usable.mean()) < TELLING_SHARE:
        usable = np.ones_like(usable)
    return max(float(luma_b[usable].sum()), 1.0) / max(float(luma_a[usable].sum()), 1.0)


def _plain(first: Floats, second: Floats) -> float:
    a, b = first - first.mean(), second - second.mean()
    spread = float(np.sqrt(float(a @ a) * float(b @ b)))
    return max(0.0, 1.0 - float(a @ b) / spread) if spread > 1e-6 else 1.0


def _worst(first: Floats, second: Floats, mask: Floats) -> float:
    """Return the largest local squared difference (in patches of an eighth of the side) divided by the variance."""
    a, b = _standard(first, mask), _standard(second, mask)
    error = ((a - b) ** 2).sum(axis=0) * mask.sum()
    patch = max(3, first.shape[-1] // 8)
    total = np.zeros((error.shape[0] + 1, error.shape[1] + 1), dtype=np.float32)
    total[1:, 1:] = error.cumsum(axis=0).cumsum(axis=1)
    sums = total[patch:, patch:] - total[:-patch, patch:] - total[patch:, :-patch] + total[:-patch, :-patch]
    return float(sums.max() / patch**2)
