"""Brings two avatars onto one grid: their visible parts, at the resolution of the coarser one.

Positions on the grid are numbers from -1 (left, top) to 1; the avatar's circle has radius 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from troubleshooter.compare.edges import Frame
from troubleshooter.compare.frame import visible_part
from troubleshooter.compare.picture import Avatar

Floats = NDArray[np.float32]

GRID = 40
"""Largest side of the grid, px: the detail that a 48 px file still has after being stored twice."""
INNER = 0.92
"""Radius of the circle inside which pictures are compared; outside it are the soft edge and traces of the ring."""
BADGE = 0.18
"""The corner to the right of and below this position is left out: a presence badge with its rim covers up to 0.41 of
the diameter there."""
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""Rec. 601 weights, JPEG's luminance."""


@dataclass(frozen=True)
class GridView:
    """The visible part of an avatar on a grid."""

    colour: Floats
    """3 × side × side, 0 to 255."""
    luma: Floats
    """side × side, 0 to 255."""


def frame_of(avatar: Avatar) -> Frame:
    """Return the visible part, in px of `avatar.working`; computed once per avatar."""
    known = avatar.__dict__.get("_frame")
    if known is None:
        known = avatar.__dict__["_frame"] = visible_part(avatar.planes)
    frame: Frame = known
    return frame


def with_frame(avatar: Avatar, frame: Frame) -> Avatar:
    """Return the same picture with another visible part, in px of `avatar.working`."""
    other = replace(avatar)
    other.__dict__["working"] = avatar.working
    other.__dict__["_frame"] = frame
    return other


def mirrored(avatar: Avatar) -> Avatar:
    """Return the mirror image of `avatar`, with the same visible part."""
    frame, width = frame_of(avatar), avatar.working.shape[1]
    other = replace(avatar, pixels=np.ascontiguousarray(avatar.working[:, ::-1]))
    other.__dict__["_frame"] = Frame(width - frame.x, frame.y, frame.half)
    return other


def light(avatar: Avatar) -> Avatar:
    """Return the same picture, without the pixels that matching does not need."""
    small = replace(avatar, pixels=avatar.working.copy())
    small.__dict__["_frame"] = frame_of(avatar)
    small.__dict__["_view"] = avatar.__dict__.get("_view")
    return small


def diameter(avatar: Avatar) -> float:
    """Return the side of the visible part in px of the original picture."""
    scale = min(avatar.natural) / min(avatar.working.shape[:2])
    return float(2 * frame_of(avatar).half * scale)


def view(avatar: Avatar, side: int) -> GridView:
    """Return the visible part of `avatar` on a grid of `side` × `side`; the last result is cached."""
    known = avatar.__dict__.get("_view")
    if isinstance(known, GridView) and known.luma.shape[0] == side:
        return known
    pixels = avatar.working
    left, top, right, bottom = frame_of(avatar).box()
    height, width = pixels.shape[:2]
    box = max(left, 0.0), max(top, 0.0), min(right, float(width)), min(bottom, float(height))
    small = Image.fromarray(pixels).resize((side, side), Image.Resampling.HAMMING, box=box)
    colour = np.ascontiguousarray(np.asarray(small).transpose(2, 0, 1), dtype=np.float32)
    found = avatar.__dict__["_view"] = GridView(colour, brightness(colour))
    return found


def brightness(colour: Floats) -> Floats:
    """Return the Rec. 601 luminance of 3 × … levels."""
    bright: Floats = colour[0] * LUMA[0] + colour[1] * LUMA[1] + colour[2] * LUMA[2]  # BLAS would start threads
    return bright


@lru_cache(maxsize=64)
def _reduction(side: int, small: int) -> Floats:
    edges = np.linspace(0, side, small + 1)
    cells = np.arange(side)
    shared = np.minimum(edges[1:, None], cells + 1) - np.maximum(edges[:-1, None], cells)
    return np.asarray(np.maximum(shared, 0) * (small / side), dtype=np.float32)


def reduced(picture: Floats, small: int) -> Floats:
    """Return `picture` (side × side) averaged over `small` × `small` cells."""
    matrix = _reduction(picture.shape[0], small)
    return np.asarray(matrix @ picture @ matrix.T, dtype=np.float32)


@lru_cache(maxsize=64)
def positions(side: int) -> Floats:
    """Return the centers of `side` cells, from -1 to 1."""
    return ((np.arange(side, dtype=np.float32) * 2 + 1) / side - 1).astype(np.float32)


def inside(across: Floats, down: Floats) -> NDArray[np.bool_]:
    """Return which points, given by their columns' and rows' positions, are compared: the circle without the badge."""
    circle = np.add.outer(down * down, across * across) < INNER**2
    points: NDArray[np.bool_] = circle & ~np.logical_and.outer(down > BADGE, across > BADGE)
    return points
