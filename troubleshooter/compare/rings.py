"""Finds rings: the photo inside a colored ring and its gap, and whether the surroundings of a circle are a photo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from troubleshooter.compare.edges import BARE, COS, RISE, SIN, STEP, Frame, Reals, crossing, rays
from troubleshooter.compare.picture import Planes
from troubleshooter.compare.ranks import median, quantile

RING_EDGE = 12.0
"""Difference from a ring's color, in levels of 255, from which the inside of its inner edge counts as seen."""
RING_SHARE = 0.5
"""Share of directions in which a ring must have one color."""
RING_NOISE = 8.0
"""Largest difference, in levels of 255, that counts as the ring's color; more where it changes along the radius."""
DEEPER = 2
"""How much deeper a ring is sampled the second time, in samples."""
RING_MIX = 0.12
"""Share of the contrast with its surroundings that a ring of two pixels loses to them."""
RING_EDGE_SHARE, GAP_EDGE_SHARE = 0.4, 0.25
"""Share of directions in which a ring's inner edge must be on one circle, and, once a ring is found, the same share for
the gap inside it, where the edge of a pale photo is visible in few directions."""
RING_INNER = 0.7
"""Smallest radius of the photo inside rings, as a share of the outer radius."""
RING_CONTRAST = 60.0
"""Difference of colors, in levels of 255, between a ring and the page that a photo's background does not reach."""

NARROWEST = 1.6
"""Smallest distance between two circles, px, at which the area between them is examined."""
SEAM, RIM = 0.9, 1.35
"""Margins left out at the inner and outer edge of the area between two circles, px."""
BETWEEN = 0.42
"""Where the area between two circles is sampled if the margins leave nothing of it, as a share of its width."""


@dataclass(frozen=True)
class Surround:
    """The surroundings of a circle."""

    flat: bool
    """Whether the surroundings are the same in all directions, unlike a photo's background."""
    ring: bool
    """Whether the surroundings have the contrast of a ring."""


def around(pixels: Planes, inner: Frame, outer: Frame) -> Surround:
    """Return what is between the circles of `inner` and `outer`: a photo, or page and rings in all directions.

    The seams are left out: where ring and photo have the same rounding, a little of the page shows through.
    """
    right, down = inner.x - outer.x, inner.y - outer.y
    across = right * COS + down * SIN
    gap = np.sqrt(np.maximum(outer.half**2 - right**2 - down**2 + across**2, 0)) - across - inner.half
    width = float(median(gap))
    if width < NARROWEST:
        return Surround(flat=False, ring=False)
    first, last = SEAM / width, 1 - RIM / width
    count = int((last - first) * width / 0.75) + 1
    parts = np.linspace(first, last, count) if last > first and count > 1 else np.full(1, BETWEEN)
    colours = rays(pixels, inner, (inner.half + gap[:, None] * parts).astype(np.float32))[:, BARE]
    profile = median(colours, axis=1)[:, None]
    slope = np.abs(np.gradient(profile[:, 0], axis=1)).max(axis=0) / 0.75 if len(parts) > 1 else np.zeros(1)
    spread = quantile(np.abs(colours - profile).max(axis=0), 0.9, axis=0)
    return Surround(bool((spread <= 2 * RISE + slope).all()), float(np.ptp(profile, axis=2).max()) > RING_CONTRAST)


def inside_rings(pixels: Planes, outer: Frame, page: Reals) -> Frame:
    """Return the circle inside a ring and its gap, if there are any; else `outer`."""
    frame, around_it, share = outer, page, RING_EDGE_SHARE
    for _ in range(3):
        found = _ring(pixels, frame, around_it, share)
        if found is None or found[0] < RING_INNER * outer.half:
            break
        frame, around_it, share = Frame(frame.x, frame.y, found[0]), found[1], GAP_EDGE_SHARE
    return frame


def _ring(pixels: Planes, frame: Frame, outside: Reals, share: float) -> tuple[float, Reals] | None:
    """Return inner radius, px, and color of the ring at the edge of `frame`, or None if there is none.

    Args:
        outside: color outside the edge; a narrow ring is mixed with a little of it.
        share: share of directions in which the ring's inner edge must be seen.
    """
    start = frame.half - 1.0
    radii = np.arange(start, 0.62 * frame.half, -STEP, dtype=np.float32)
    if radii.size < 6:
        return None
    two = rays(pixels, frame, radii[: DEEPER + 1 : DEEPER])[:, BARE]
    middle = np.sort(two, axis=1)[:, two.shape[1] // 2, :, None]
    # if both have the same color, the ring is wider than two pixels and its color is seen unmixed
    wide = float(np.abs(middle[:, 1] - middle[:, 0]).max()) <= RING_NOISE
    at = DEEPER if wide else 0
    first, colour = two[:, :, int(wide), None], middle[:, int(wide), None]
    allowed = RING_NOISE if wide else RING_NOISE + RING_MIX * float(np.abs(colour - outside).max())
    ringed = np.abs(first - colour).max(axis=0)[:, 0] <= allowed
    if float(ringed.mean()) < RING_SHARE:
        return None
    start -= at * STEP
    colours = rays(pixels, frame, radii[at:])[:, BARE]
    place, seen = crossing(np.abs(colours - colour).max(axis=0), STEP, allowed, max(RING_EDGE, 2 * allowed))
    seen &= ringed
    if seen.mean() < share:
        return None
    reach = start - place[seen] * STEP
    edge = float(quantile(reach, 0.6))
    agree = (np.abs(reach - edge) <= max(0.7, 0.012 * frame.half)).sum() / ringed.size
    if agree < share or float((reach > edge + 1.2).mean()) >= 0.12:
        return None
    return edge, colour
