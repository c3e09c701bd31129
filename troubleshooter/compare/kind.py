"""Recognizes what an avatar shows from its pixels: a photo, initials, a silhouette, nothing.

Drawings are distinguished from photos by how they are made: one background up to the rim, one ink, and only soft edges
between them. A drawn person is distinguished from letters by its shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.grid import BADGE, GRID, Floats, brightness, diameter, positions, view
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.ranks import median, quantile
from troubleshooter.compare.register import BLUR, blurred, shown
from troubleshooter.compare.signals import distance
from troubleshooter.model.enums import Kind

Mask = NDArray[np.bool_]

PLACEHOLDER_LIMIT = 0.03
"""Largest distance at which an avatar counts as one of the given placeholders; the same as for two photos."""
PLACEHOLDER_LEVEL = 12.0
"""Largest difference of mean color from a given placeholder, in levels of 255."""
BLANK_RANGE = 10.0
"""Largest range, in levels of 255, from darkest to brightest point of a blank picture; JPEG noise is smaller."""
GROUND_TOLERANCE = 16.0
"""Largest difference, in levels of 255, at which a point has the background's color."""
GROUND_SHARE = 0.97
"""Share of the rim that a drawing's background fills; no portrait in the tuning set reaches it with `INK_SHARE`."""
INK_SHARE, THIN_SHARE = 0.3, 0.3
"""Smallest share of the figure that has the full ink, the rest being soft edges. Thin strokes have less, and their
figure fills less than the second share of the circle. A black-and-white portrait on a white background fails both."""
TONES_SHARE = 0.8
"""Share of a drawn silhouette that its four most common tones fill."""
ALIKE_SIDES = 0.93
"""Smallest correlation of a drawn silhouette with its mirror image."""


def kind_of(avatar: Avatar, placeholders: Sequence[Avatar] = ()) -> Kind:
    """Return what `avatar` shows: `photo`, `initials`, `silhouette` or `blank`.

    Args:
        placeholders: pictures that the tenant serves for people without a photo.
    """
    if min(avatar.natural) <= 2:
        return Kind.BLANK
    side = int(max(8, min(GRID, diameter(avatar))))
    colour = view(avatar, side).colour
    if _blank(colour):
        return Kind.BLANK
    if shows_one_of(avatar, placeholders):
        return Kind.SILHOUETTE
    disc, rim = _masks(side)
    figure = _figure(colour, disc, rim)
    if figure is not None:
        return Kind.SILHOUETTE if _person(figure, disc) else Kind.INITIALS
    return Kind.SILHOUETTE if _drawn_person(colour, disc) else Kind.PHOTO


def _blank(colour: Floats) -> bool:
    """Return whether a picture (3 × side × side, 0 to 255) has one color within its circle."""
    few = colour.reshape(3, -1).take(_few(colour.shape[-1]), axis=1)
    if float((few.max(axis=1) - few.min(axis=1)).max()) > BLANK_RANGE:
        return False
    return float(np.ptp(colour[:, _masks(colour.shape[-1])[0]], axis=1).max()) <= BLANK_RANGE


@lru_cache(maxsize=64)
def _few(side: int) -> NDArray[np.intp]:
    """Return the indexes of a few points of the avatar's circle, usually enough to show that a picture is not blank."""
    return np.flatnonzero(_masks(side)[0])[::9]


def shows_one_of(avatar: Avatar, placeholders: Sequence[Avatar]) -> bool:
    """Return whether `avatar` shows one of the pictures that the tenant serves for people without a photo."""
    return any(_is(avatar, other) for other in placeholders)


@lru_cache(maxsize=64)
def _masks(side: int) -> tuple[Mask, Mask]:
    """Return the avatar's circle without the badge, and its rim above and below the letters."""
    at = positions(side)
    radius = np.sqrt(np.add.outer(at * at, at * at))
    disc = (radius < 0.9) & ~np.logical_and.outer(at > BADGE, at > BADGE)
    return disc, disc & (radius > 0.74) & (np.abs(at) > 0.52)[:, None]


def _is(avatar: Avatar, placeholder: Avatar) -> bool:
    side = int(max(8, min(32, diameter(avatar), diameter(placeholder))))
    first, second = (blurred(view(picture, side).colour, BLUR) for picture in (avatar, placeholder))
    mask = shown(side)
    level = float(np.abs(((first - second) * mask).sum(axis=(1, 2)) / mask.sum()).max())
    return level < PLACEHOLDER_LEVEL and distance(first, second, mask) <= PLACEHOLDER_LIMIT


def _figure(colour: Floats, disc: Mask, rim: Mask) -> Mask | None:
    """Return the one-ink figure on a one-color background, or None if the picture is not such a drawing."""
    at_rim = colour[:, rim]
    ground = median(at_rim, axis=1)
    if float((np.abs(at_rim - ground[:, None]).max(axis=0) <= GROUND_TOLERANCE).mean()) < GROUND_SHARE:
        return None
    away = np.abs(colour - ground[:, None, None]).max(axis=0)
    if float((away[disc] <= GROUND_TOLERANCE).mean()) < 0.4:
        return None
    full = 0.75 * float(quantile(away[disc], 0.99))
    inked = disc & (away > max(GROUND_TOLERANCE, full))
    if not inked.any():
        return None
    line = median(colour[:, inked], axis=1) - ground
    points = colour[:, disc] - ground[:, None]
    along = (line @ points) / max(float(line @ line), 1e-3)
    off = np.abs(points - line[:, None] * along).max(axis=0)
    mixed = float((off <= 0.12 * float(np.abs(line).max()) + 8).mean())
    figure: Mask = disc & (away > GROUND_TOLERANCE)
    crisp = inked.sum() >= INK_SHARE * figure.sum() or figure.sum() <= THIN_SHARE * disc.sum()
    return figure if mixed >= GROUND_SHARE and crisp else None


def _person(figure: Mask, disc: Mask) -> bool:
    """Return whether a figure is a head over shoulders rather than letters."""
    rows = np.flatnonzero(figure.any(axis=1))
    if rows.size < 6:
        return False
    both = disc & disc[:, ::-1]
    one, other = figure & both, figure[:, ::-1] & both
    symmetric = float((one & other).sum()) / max(1.0, float((one | other).sum()))
    widths = figure[rows[0] : rows[-1] + 1].sum(axis=1)
    third = max(1, len(widths) // 3)
    head, body = float(widths[: third + 1].max()), float(widths[-third:].max())
    return symmetric > 0.75 and body > 1.35 * head and float(figure[disc].mean()) > 0.1


def _drawn_person(colour: Floats, disc: Mask) -> bool:
    """Return whether the picture is a symmetric drawing in a few flat tones."""
    both = disc & disc[:, ::-1]
    luma = brightness(colour)
    one, other = luma[both], luma[:, ::-1][both]
    level = one - one.mean()
    power = float(level @ level)
    if power < 16 * level.size or float(level @ (other - other.mean())) < ALIKE_SIDES * power:
        return False
    points = np.round(colour[:, disc] / 12).astype(np.int32)
    _, counts = np.unique(points[0] * 1024 + points[1] * 32 + points[2], return_counts=True)
    counts.sort()
    return bool(counts[-4:].sum() >= TONES_SHARE * points.shape[1])
