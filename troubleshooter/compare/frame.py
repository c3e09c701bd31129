"""Finds the visible part of an avatar in a picture, without page color, ring, gap and margins.

A screenshot of an element shows the photo cropped to a circle or a rounded square on the page's color, possibly
inside a ring, and up to one CSS pixel of the page at its sides; a stored file shows the whole square. Edges are located
to a fraction of a pixel, where the picture is halfway between outside and inside. If a picture has no clear edge,
its whole center square is used: a guessed edge would look like another crop.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.edges import BARE, COS, RISE, SIN, STEP, Frame, Points, Reals, crossing, points_on, within
from troubleshooter.compare.picture import Planes
from troubleshooter.compare.ranks import median
from troubleshooter.compare.rings import inside_rings

PAGE_TOLERANCE = 12
"""Largest difference, in levels of 255, at which corners count as one page color."""
FILLS_SHARE = 0.85
"""Share of directions in which the edge must be at the screenshot's border for its circle to need no fitting."""
EDGE_SHARE = 0.5
"""Share of directions (on a side: positions) in which the edge must be on one circle (line) to be accepted."""
ROUND_SHARE = 0.8
"""Like `EDGE_SHARE`, for a circle whose sides look straight too, as those of a small circle do."""
STRAIGHT_SHARE = 0.55
"""Share of the middle five sevenths of a side that must be on one line; a circle of 24 px reaches 0.4."""
OUTSIDE = 1.06
"""Where rays begin, in half sides of the picture: a circle may extend slightly beyond it."""
STRIP = 0.07
"""Widest strip of page along a side, as a share of the side: one CSS pixel of 24, rounded up."""
TRIPLES = np.array(
    [
        [first, first + gap, first + gap + other]
        for gap in (11, 14, 17)
        for other in (11, 14, 17)
        for first in range(0, 48 - gap - other)
    ]
)
"""Indexes of three directions whose points are far apart on a circle."""


def visible_part(pixels: Planes) -> Frame:
    """Return the square around the photo that `pixels` shows."""
    height, width = pixels.shape[1:]
    whole = Frame(width / 2, height / 2, min(width, height) / 2)
    if max(width, height) > 1.2 * min(width, height) or min(width, height) < 12:
        return whole
    straight, page = _without_strips(pixels), _page_colour(pixels)
    if page is None:
        return straight or whole
    outer = _circle(pixels, whole, page, EDGE_SHARE if straight is None else ROUND_SHARE)
    return straight or whole if outer is None else inside_rings(pixels, outer, page)


def _page_colour(pixels: Planes) -> Reals | None:
    """Return the color that at least three corners share (3 × 1 × 1 levels, 0 to 255), or None."""
    corners = pixels[:, [0, 0, -1, -1], [0, -1, 0, -1]].astype(np.float32)
    middle = np.sort(corners, axis=1)[:, 1:3].mean(axis=1, keepdims=True)
    near = np.abs(corners - middle).max(axis=0) <= PAGE_TOLERANCE
    return middle[..., None] if int(near.sum()) >= 3 else None


def _without_strips(pixels: Planes) -> Frame | None:
    """Return the square inside straight strips of page along the sides, or None if there are none."""
    maybe = _maybe_lined(pixels)
    if not maybe.any():
        return None
    turned = pixels.swapaxes(1, 2)
    sides = pixels, pixels[:, ::-1], turned, turned[:, ::-1]
    lines = ((side, _line_colour(side)) for side, may in zip(sides, maybe, strict=True) if may)
    page = next((colour for side, colour in lines if colour is not None and _strip(side, colour) > 0.6), None)
    if page is None:
        return None
    top, bottom, left, right = (_strip(side, page) for side in sides)
    height, width = pixels.shape[1:]
    across, down = width - left - right, height - top - bottom
    if abs(across - down) > max(1.5, 0.03 * max(across, down)):
        return None
    return Frame(left + across / 2, top + down / 2, min(across, down) / 2)


@lru_cache(maxsize=64)
def _few(height: int, width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and columns (side × point) of four points on each side: top, bottom, left, right."""
    across, down = (np.array([n // 7, n // 3, n // 2, n - n // 7 - 1]) for n in (width, height))
    still = np.zeros(4, dtype=np.intp)
    rows, columns = np.stack([still, still - 1, down, down]), np.stack([across, across, still, still - 1])
    return rows, columns


def _maybe_lined(pixels: Planes) -> NDArray[np.bool_]:
    """Return which sides (top, bottom, left, right) may be a single color, judging by a few sample pixels."""
    height, width = pixels.shape[1:]
    few = pixels[(slice(None), *_few(height, width))]
    spread = few.max(axis=2) - few.min(axis=2)
    lined: NDArray[np.bool_] = spread.max(axis=0) <= 2 * RISE
    return lined


def _line_colour(pixels: Planes) -> Reals | None:
    """Return the color (3 × 1 × 1) of the outermost line at the top, or None if it has several."""
    width = pixels.shape[2]
    line = pixels[:, 0, width // 7 : width - width // 7].astype(np.float32)
    off = np.abs(line - line[:, len(line[0]) // 2, None]).max(axis=0)
    if int((off > RISE).sum()) > 0.03 * off.size:
        return None
    colour: Reals = median(line, axis=1)[:, None, None]
    return colour


def _strip(pixels: Planes, page: Reals) -> float:
    """Return how many px of `page` are above a straight edge at the top; 0 if there is no such edge."""
    height, width = pixels.shape[1:]
    depth = max(3, int(STRIP * height) + 2)
    rows = pixels[:, :depth, width // 7 : width - width // 7]
    away = np.zeros((rows.shape[2], depth + 1), dtype=np.float32)  # outside the screenshot there is more page
    away[:, 1:] = np.abs(rows - page).max(axis=0).T
    place, seen = crossing(away, 1.0)
    if float(seen.mean()) < EDGE_SHARE:
        return 0.0
    edge = float(median(place[seen])) - 0.5
    agree = float((np.abs(place[seen] - 0.5 - edge) <= 0.6).sum()) / place.size
    return max(0.0, edge) if agree >= STRAIGHT_SHARE and edge <= STRIP * height + 1 else 0.0


def _circle(pixels: Planes, whole: Frame, page: Reals, share: float) -> Frame | None:
    """Return the circle on which the page's color ends in at least `share` of the directions, or None."""
    outside = whole.half * OUTSIDE
    level = np.round(page).astype(np.uint8)
    from_page = (np.maximum(pixels, level) - np.minimum(pixels, level)).max(axis=0, keepdims=True)
    height, width = pixels.shape[1:]
    points, inside = _fan(height, width)
    away = points.values(from_page)[0]
    away *= inside  # outside the screenshot there is more page
    place, seen = crossing(away, STEP)
    reach = outside - place * STEP
    seen &= BARE
    tolerance = max(0.7, 0.012 * whole.half)
    off = np.abs(reach - whole.half)
    if float((off[seen] <= 0.5).sum()) >= FILLS_SHARE * BARE.sum():
        return whole
    x, y = reach * COS, reach * SIN
    keep = _agreeing(x, y, seen, tolerance)
    for _ in range(2):
        if keep.sum() < share * BARE.sum():
            return None
        centre_x, centre_y, radius = _fit(x[keep], y[keep])
        off = np.hypot(x - centre_x, y - centre_y) - radius
        keep = seen & (np.abs(off) <= tolerance)
    if keep.sum() < share * BARE.sum() or int((off[seen] > 1.5 * tolerance).sum()) > 2:
        return None
    if radius > whole.half + 1.0:
        return None  # these are rounded corners, seen from the middle
    if abs(radius - whole.half) < 0.5 and max(abs(centre_x), abs(centre_y)) < 0.35:
        return whole  # a circle that fills the screenshot: its edge is known more precisely than it can be measured
    return Frame(whole.x + centre_x, whole.y + centre_y, radius)


@lru_cache(maxsize=64)
def _fan(height: int, width: int) -> tuple[Points, NDArray[np.bool_]]:
    """Return the points on inward rays from outside the circle that fills a picture, and which are in the picture."""
    whole = Frame(width / 2, height / 2, min(width, height) / 2)
    radii = np.arange(whole.half * OUTSIDE, 0.6 * whole.half, -STEP, dtype=np.float32)
    return points_on(height, width, whole, radii), within(height, width, whole, radii)


def _agreeing(x: Reals, y: Reals, seen: NDArray[np.bool_], tolerance: float) -> NDArray[np.bool_]:
    """Return the points that lie on one circle: of the circles through three distant points, the one that fits best.

    A pale photo's edge is detected too far inside, never too far outside, so a circle with points outside it is wrong.
    """
    corners = TRIPLES[seen[TRIPLES].all(axis=1)]
    if corners.size == 0:
        return seen
    first, second, third = corners.T
    ax, ay = x[second] - x[first], y[second] - y[first]
    bx, by = x[third] - x[first], y[third] - y[first]
    twice = 2 * (ax * by - ay * bx)
    a, b = ax * ax + ay * ay, bx * bx + by * by
    right, down = (by * a - ay * b) / twice, (ax * b - bx * a) / twice
    centre_x, centre_y = x[first] + right, y[first] + down
    off = np.hypot(x - centre_x[:, None], y - centre_y[:, None]) - np.hypot(right, down)[:, None]
    inliers = seen & (np.abs(off) <= 0.7 * tolerance)
    votes = inliers.sum(axis=1) - 2 * (seen & (off > tolerance)).sum(axis=1)
    return np.asarray(seen & (np.abs(off[np.argmax(votes)]) <= tolerance))


def _fit(x: Reals, y: Reals) -> tuple[float, float, float]:
    """Return center and radius of the circle fitted to points by least squares (Kåsa 1976)."""
    system = np.stack([x, y, np.ones_like(x)]).astype(np.float64)
    try:
        a, b, c = np.linalg.solve(system @ system.T, system @ (x * x + y * y))
    except np.linalg.LinAlgError:
        return 0.0, 0.0, 0.0
    return float(a / 2), float(b / 2), float(np.sqrt(max(c + a * a / 4 + b * b / 4, 0.0)))
