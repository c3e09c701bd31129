"""Finds the visible part of an avatar in a picture: without page colour, ring, gap and margins.

A shot of an element shows the photo cut to a circle or a rounded square on the page's colour, possibly inside a
ring, and up to one CSS pixel of the page at its sides; a stored file shows the whole square. Edges are located below
a pixel, where the picture is halfway between what lies outside and inside. Where a picture gives no clear evidence
of an edge, its whole centre square is taken: a guessed edge would look like another crop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.picture import Pixels

Reals = NDArray[np.float32]

PAGE_TOLERANCE = 12
"""Largest difference, levels of 255, at which corners count as one page colour."""
RISE = 4.0
"""Difference from the outside's colour, levels of 255, at which an edge begins."""
CONTRAST = 5.5
"""Difference from the page's colour, levels of 255, from which the inside of an edge tells where the edge lies: a shot
shows the page without noise."""
RING_EDGE = 12.0
"""The same for the inner edge of a ring."""
EDGE_SHARE = 0.5
"""Share of directions (of a side: positions) in which the edge must be seen on one circle (line) to be believed."""
RING_SHARE = 0.5
"""Share of directions in which a ring must have its one colour."""
RING_NOISE = 8.0
"""Difference from the ring's colour, levels of 255, that still counts as it; more where it changes along the radius."""
RING_MIX = 0.12
"""Share of the contrast to what lies beyond that a ring of two pixels takes from it."""
RING_EDGE_SHARE, GAP_EDGE_SHARE = 0.4, 0.25
"""Share of directions in which the inner edge of a ring must be seen on one circle; and, once a ring is proven, that of
the gap inside it, where a pale photo shows its edge in few."""
RING_INNER = 0.7
"""Smallest radius of the photo inside rings, as a share of the outer radius."""
RING_CONTRAST = 60.0
"""Difference of colours, levels of 255, that a ring around a photo makes with the page and a background doesn't."""
STRAIGHT_SHARE = 0.55
"""Share of the middle five sevenths of a side that must lie on one line; a circle of 24 px reaches 0.4."""
STRIP = 0.07
"""Widest strip of page at a side, as a share of the side: one CSS pixel of 24, rounded up."""
_ANGLES = 48
_STEP = 0.5
_TURN = np.arange(_ANGLES, dtype=np.float32) * np.float32(2 * np.pi / _ANGLES)
_COS, _SIN = np.cos(_TURN), np.sin(_TURN)
_BARE = np.ones(_ANGLES, dtype=np.bool_)
_BARE[2:11] = False  # 15° to 75° below the right horizontal: a presence badge covers the edge there


@dataclass(frozen=True)
class Frame:
    """The square around the visible part, in px of the picture it was found in; may end between pixels."""

    x: float
    y: float
    half: float
    """Centre and half a side."""

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x - self.half, self.y - self.half, self.x + self.half, self.y + self.half


@dataclass(frozen=True)
class Surround:
    """What lies around a circle."""

    flat: bool
    """The same in all directions, so no photo's background."""
    ring: bool
    """It has a ring's contrast."""


def visible_part(pixels: Pixels) -> Frame:
    """Return the square around the photo that `pixels` shows."""
    height, width = pixels.shape[:2]
    whole = Frame(width / 2, height / 2, min(width, height) / 2)
    if max(width, height) > 1.2 * min(width, height) or min(width, height) < 12:
        return whole
    straight = _without_strips(pixels)
    if straight is not None:
        return straight
    page = _page_colour(pixels)
    outer = None if page is None else _circle(pixels, whole, page)
    return whole if outer is None or page is None else _inside_rings(pixels, outer, page)


def _largest(difference: Reals) -> Reals:
    """Return the largest of the three channels (last axis); faster than a maximum along so short an axis."""
    away = np.abs(difference)
    return np.maximum(np.maximum(away[..., 0], away[..., 1]), away[..., 2])


def around(pixels: Pixels, inner: Frame, outer: Frame) -> Surround:
    """Tell what is seen between the circles of `inner` and `outer`: a photo, or page and rings in all directions."""
    radii = np.arange(inner.half + 1.0, outer.half - 0.5, 0.75, dtype=np.float32)
    if radii.size < 2:
        return Surround(flat=False, ring=False)
    colours = _rays(pixels, inner, radii)[_BARE]
    profile = np.median(colours, axis=0)
    slope = np.abs(np.gradient(profile, axis=0)).max(axis=1) / 0.75
    spread = np.quantile(_largest(colours - profile), 0.95, axis=0)
    return Surround(bool((spread <= 2 * RISE + slope).all()), float(np.ptp(profile, axis=0).max()) > RING_CONTRAST)


def _page_colour(pixels: Pixels) -> Reals | None:
    """Return the colour that at least three corners share (3 levels, 0 to 255), or None."""
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]].astype(np.float32)
    middle: Reals = np.sort(corners, axis=0)[1:3].mean(axis=0)
    near = np.abs(corners - middle).max(axis=1) <= PAGE_TOLERANCE
    return middle if int(near.sum()) >= 3 else None


def _without_strips(pixels: Pixels) -> Frame | None:
    """Return the square inside straight strips of page at the sides, or None where there are none."""
    turned = pixels.swapaxes(0, 1)
    sides = pixels, pixels[::-1], turned, turned[::-1]
    page = next(
        (colour for side in sides if (colour := _line_colour(side)) is not None and _strip(side, colour) > 0.6), None
    )
    if page is None:
        return None
    top, bottom, left, right = (_strip(side, page) for side in sides)
    height, width = pixels.shape[:2]
    across, down = width - left - right, height - top - bottom
    if abs(across - down) > max(1.5, 0.03 * max(across, down)):
        return None
    return Frame(left + across / 2, top + down / 2, min(across, down) / 2)


def _line_colour(pixels: Pixels) -> Reals | None:
    """Return the colour of the outermost line at the top, or None where it has several."""
    width = pixels.shape[1]
    line = pixels[0, width // 7 : width - width // 7].astype(np.float32)
    off = _largest(line - line[len(line) // 2])
    return None if float((off > RISE).mean()) > 0.03 else np.median(line, axis=0).astype(np.float32)


def _strip(pixels: Pixels, page: Reals) -> float:
    """Return how many px of `page` lie above a straight edge at the top, 0 for none."""
    height, width = pixels.shape[:2]
    depth = max(3, int(STRIP * height) + 2)
    rows = pixels[:depth, width // 7 : width - width // 7]
    away = _largest(rows - page)
    place, seen = _crossing(np.concatenate([np.zeros_like(away[:1]), away]).T, 1.0)  # beyond the shot lies more page
    if float(seen.mean()) < EDGE_SHARE:
        return 0.0
    edge = float(np.median(place[seen])) - 0.5
    agree = float((np.abs(place[seen] - 0.5 - edge) <= 0.6).sum()) / place.size
    return max(0.0, edge) if agree >= STRAIGHT_SHARE and edge <= STRIP * height + 1 else 0.0


def _crossing(
    away: Reals, step: float, rise: float = RISE, contrast: float = CONTRAST
) -> tuple[Reals, NDArray[np.bool_]]:
    """Return where each line of samples first leaves the outside's colour halfway, and whether it clearly does.

    Args:
        away: difference from the outside's colour, lines × samples from the outside in.
        step: distance of two samples, px.
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


def _rays(picture: NDArray[np.uint8] | Reals, frame: Frame, radii: Reals) -> Reals:
    """Return the values (directions × radii × channels) at `radii` around the centre, between pixels by mixing."""
    height, width = picture.shape[:2]
    x = np.minimum(np.maximum(np.float32(frame.x - 0.5) + _COS[:, None] * radii, 0), np.float32(width - 1.001))
    y = np.minimum(np.maximum(np.float32(frame.y - 0.5) + _SIN[:, None] * radii, 0), np.float32(height - 1.001))
    column, row = x.astype(np.int32), y.astype(np.int32)
    right, low = (x - column)[..., None], (y - row)[..., None]
    flat = picture.reshape(height * width, -1)
    at = row * width + column
    upper = flat[at] * (1 - right) + flat[at + 1] * right
    lower = flat[at + width] * (1 - right) + flat[at + width + 1] * right
    mixed: Reals = upper * (1 - low) + lower * low
    return mixed


def _within(picture: Pixels, frame: Frame, radii: Reals) -> NDArray[np.bool_]:
    """Return which points of the rays lie in the picture."""
    height, width = picture.shape[:2]
    x, y = np.abs(_COS)[:, None] * radii, np.abs(_SIN)[:, None] * radii
    inside: NDArray[np.bool_] = (x <= min(frame.x, width - frame.x)) & (y <= min(frame.y, height - frame.y))
    return inside


def _circle(pixels: Pixels, whole: Frame, page: Reals) -> Frame | None:
    """Return the circle at which the page's colour ends, or None where it ends on none."""
    outside = whole.half * 1.06
    radii = np.arange(outside, 0.6 * whole.half, -_STEP, dtype=np.float32)
    from_page = _largest(pixels - page)
    away = _rays(from_page, whole, radii)[..., 0]
    away *= _within(pixels, whole, radii)  # beyond the shot lies more page
    place, seen = _crossing(away, _STEP)
    reach = outside - place * _STEP
    seen &= _BARE
    x, y = reach * _COS, reach * _SIN
    tolerance = max(0.7, 0.012 * whole.half)
    keep = seen & (reach > np.median(reach[seen]) - 3 * tolerance) if seen.any() else seen
    for _ in range(3):
        if keep.sum() < EDGE_SHARE * _BARE.sum():
            return None
        centre_x, centre_y, radius = _fit(x[keep], y[keep])
        off = np.hypot(x - centre_x, y - centre_y) - radius
        keep = seen & (np.abs(off) <= tolerance)
    if keep.sum() < EDGE_SHARE * _BARE.sum() or int((off[seen] > 1.5 * tolerance).sum()) > 2:
        return None
    if radius > whole.half + 1.0:
        return None  # rounded corners seen from the middle
    if abs(radius - whole.half) < 0.5 and max(abs(centre_x), abs(centre_y)) < 0.35:
        return whole  # a circle that fills the shot: its edge is known better than it can be measured
    return Frame(whole.x + centre_x, whole.y + centre_y, radius)


def _fit(x: Reals, y: Reals) -> tuple[float, float, float]:
    """Return centre and radius of the circle through points, by least squares (Kåsa 1976)."""
    system = np.stack([x, y, np.ones_like(x)]).astype(np.float64)
    try:
        a, b, c = np.linalg.solve(system @ system.T, system @ (x * x + y * y))
    except np.linalg.LinAlgError:
        return 0.0, 0.0, 0.0
    return float(a / 2), float(b / 2), float(np.sqrt(max(c + a * a / 4 + b * b / 4, 0.0)))


def _inside_rings(pixels: Pixels, outer: Frame, page: Reals) -> Frame:
    """Return the circle inside a ring and its gap, where there are any; else `outer`."""
    frame, around_it, share = outer, page, RING_EDGE_SHARE
    for _ in range(3):
        found = _ring(pixels, frame, around_it, share)
        if found is None or found[0] < RING_INNER * outer.half:
            break
        frame, around_it, share = Frame(frame.x, frame.y, found[0]), found[1], GAP_EDGE_SHARE
    return frame


def _ring(pixels: Pixels, frame: Frame, outside: Reals, share: float) -> tuple[float, Reals] | None:
    """Return inner radius, px, and colour of the ring at the edge of `frame`, or None where there is none.

    Args:
        outside: colour beyond the edge; a narrow ring takes a little of it.
        share: share of directions in which the ring's inner edge must be seen.
    """
    start = frame.half - 1.0
    radii = np.arange(start, 0.62 * frame.half, -_STEP, dtype=np.float32)
    if radii.size < 6:
        return None
    first = _rays(pixels, frame, radii[:1])[_BARE][:, 0]
    colour: Reals = np.median(first, axis=0)
    allowed = RING_NOISE + RING_MIX * float(np.abs(colour - outside).max())
    ringed = _largest(first - colour) <= allowed
    if float(ringed.mean()) < RING_SHARE:
        return None
    colours = _rays(pixels, frame, radii)[_BARE]
    place, seen = _crossing(_largest(colours - colour), _STEP, allowed, max(RING_EDGE, 2 * allowed))
    seen &= ringed
    if seen.mean() < share:
        return None
    reach = start - place[seen] * _STEP
    edge = float(np.quantile(reach, 0.6))
    agree = (np.abs(reach - edge) <= max(0.7, 0.012 * frame.half)).sum() / colours.shape[0]
    if agree < share or float((reach > edge + 1.2).mean()) >= 0.12:
        return None
    return edge, colour
