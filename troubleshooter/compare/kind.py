"""Tells what an avatar is from its pixels: a photo, initials, a silhouette, nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.grid import Floats, brightness, diameter, positions, view
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.register import BLUR, blurred, shown
from troubleshooter.compare.signals import distance
from troubleshooter.model import Kind

PLACEHOLDER_LIMIT = 0.03
"""Largest distance at which an avatar counts as one of the given placeholders."""
BLANK_RANGE = 10.0
"""Levels of 255 between the darkest and brightest point of a blank picture; JPEG noise stays below."""
GROUND_TOLERANCE = 16.0
"""Levels of 255 within which a point has the ground's colour."""
_SIDE = 48


def kind_of(avatar: Avatar, placeholders: Sequence[Avatar] = ()) -> Kind:
    """Return what `avatar` shows: `photo`, `initials`, `silhouette` or `blank`.

    Args:
        placeholders: pictures that the tenant serves for people without a photo.
    """
    if min(avatar.natural) <= 2:
        return Kind.BLANK
    side = int(max(8, min(_SIDE, diameter(avatar))))
    colour = view(avatar, side).colour
    at = positions(side)
    radius = np.sqrt(np.add.outer(at * at, at * at))
    badge = np.logical_and.outer(at > 0.24, at > 0.24)
    disc = (radius < 0.9) & ~badge
    points = colour[:, disc]
    if float(np.ptp(points, axis=1).max()) <= BLANK_RANGE:
        return Kind.BLANK
    if any(_is(avatar, other) for other in placeholders):
        return Kind.SILHOUETTE
    rim = (radius > 0.74) & disc
    if _initials(colour, disc, rim):
        return Kind.SILHOUETTE if _person(colour, disc, rim) else Kind.INITIALS
    return Kind.SILHOUETTE if _silhouette(colour, disc) else Kind.PHOTO


def _is(avatar: Avatar, placeholder: Avatar) -> bool:
    side = int(max(8, min(32, diameter(avatar), diameter(placeholder))))
    first, second = (blurred(view(one, side).colour, BLUR) for one in (avatar, placeholder))
    mask = shown(side)
    level = float(np.abs(((first - second) * mask).sum(axis=(1, 2)) / mask.sum()).max())
    return level < 12 and distance(first, second, mask) <= PLACEHOLDER_LIMIT


def _off(colour: Floats, reference: NDArray[np.float32]) -> Floats:
    away: Floats = np.abs(colour - reference[:, None, None]).max(axis=0)
    return away


def _initials(colour: Floats, disc: NDArray[np.bool_], rim: NDArray[np.bool_]) -> bool:
    """Tell whether a small figure of one colour stands on a ground of one colour that reaches the rim all around."""
    ground = np.median(colour[:, rim], axis=1)
    away = _off(colour, ground)
    if float((away[rim] <= GROUND_TOLERANCE).mean()) < 0.97 or float((away[disc] <= GROUND_TOLERANCE).mean()) < 0.5:
        return False
    figure = disc & (away > max(GROUND_TOLERANCE, 0.75 * float(np.quantile(away[disc], 0.99))))
    if not figure.any():
        return False
    ink = np.median(colour[:, figure], axis=1)
    line = ink - ground
    points = colour[:, disc] - ground[:, None]
    along = (line @ points) / max(float(line @ line), 1e-3)
    off = np.abs(points - line[:, None] * along).max(axis=0)
    return float((off <= 0.12 * float(np.abs(line).max()) + 8).mean()) >= 0.97


def _person(colour: Floats, disc: NDArray[np.bool_], rim: NDArray[np.bool_]) -> bool:
    """Tell whether the figure on its flat ground is a head over shoulders rather than writing."""
    ground = np.median(colour[:, rim], axis=1)
    away = _off(colour, ground)
    figure = disc & (away > 0.5 * float(np.quantile(away[disc], 0.99)))
    rows = np.flatnonzero(figure.any(axis=1))
    if rows.size < 6:
        return False
    mirrored = figure[:, ::-1] & disc
    both = disc & disc[:, ::-1]
    symmetric = float((figure & mirrored & both).sum()) / max(1.0, float(((figure | mirrored) & both).sum()))
    top, bottom = rows[0], rows[-1] + 1
    widths = figure[top:bottom].sum(axis=1)
    third = max(1, len(widths) // 3)
    head, body = float(widths[: third + 1].max()), float(widths[-third:].max())
    return symmetric > 0.75 and body > 1.35 * head and float(figure[disc].mean()) > 0.1


def _silhouette(colour: Floats, disc: NDArray[np.bool_]) -> bool:
    """Tell whether the picture is drawn in a few flat tones, alike left and right, with shoulders at its lower rim."""
    points = np.round(colour[:, disc] / 12).astype(np.int32)
    keys = points[0] * 1024 + points[1] * 32 + points[2]
    _, counts = np.unique(keys, return_counts=True)
    tones = np.sort(counts)[::-1]
    if float(tones[:4].sum()) / max(1, keys.size) < 0.8:
        return False
    both = disc & disc[:, ::-1]
    luma = brightness(colour)
    one, other = luma[both], luma[:, ::-1][both]
    spread = float(one.std())
    return spread > 4 and float(((one - one.mean()) * (other - other.mean())).mean()) / spread**2 > 0.93
