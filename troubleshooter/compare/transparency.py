"""Detects that two pictures may be the same transparent one: drawn on the page's color, and flattened on black.

An encoder that does not know transparency writes black where there is nothing; a page shows its own color there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.grid import GRID, Floats, diameter, inside, positions, view
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.ranks import median

BLACK, NEUTRAL = 10.0, 10.0
"""Largest level of a background that counts as black, and largest difference of the channels of a page's color."""
FLAT = 12.0
"""Largest difference, in levels of 255, at which a point has the background's color."""
LEAST, REST = 0.05, 0.08
"""Smallest shares of the circle that the background, and what is drawn on it, must fill."""
AGREE, LEVELS = 0.03, 7.0
"""Largest distance, and largest mean difference in levels, of what is drawn."""
_RIM = 0.72


def flattened(a: Avatar, b: Avatar) -> bool:
    """Return whether `a` and `b` differ only in a background that is black in one of them and a page's in the other."""
    side = int(max(8, min(GRID, diameter(a), diameter(b))))
    first, second = view(a, side).colour, view(b, side).colour
    at = positions(side)
    circle, radius = inside(at, at), np.hypot(*np.meshgrid(at, at))
    rim = circle & (radius > _RIM)
    grounds = [median(colour[:, rim], axis=1) for colour in (first, second)]
    black = [float(ground.max()) <= BLACK for ground in grounds]
    if black[0] == black[1] or max(float(np.ptp(ground)) for ground in grounds) > NEUTRAL:
        return False
    off = [
        np.abs(colour - ground[:, None, None]).max(axis=0)
        for colour, ground in zip((first, second), grounds, strict=True)
    ]
    empty = circle & (off[0] <= FLAT) & (off[1] <= FLAT)
    drawn = circle & ~_grown(empty)
    if empty.sum() < LEAST * circle.sum() or drawn.sum() < REST * circle.sum():
        return False
    return _agree(first[:, drawn], second[:, drawn])


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return `mask` with the points beside it, where edges blend with the background."""
    for axis in (0, 1):
        mask = np.any([np.roll(mask, step, axis=axis) for step in (-2, -1, 0, 1, 2)], axis=0)
    return mask


def _agree(first: Floats, second: Floats) -> bool:
    a, b = first - first.mean(axis=1, keepdims=True), second - second.mean(axis=1, keepdims=True)
    spread = float(np.sqrt(float(np.vdot(a, a)) * float(np.vdot(b, b))))
    close = spread < 1.0 or 1 - float(np.vdot(a, b)) / spread <= AGREE
    return close and float(np.abs(first - second).mean()) <= LEVELS
