"""Shows a picture as it looks if its color profile was lost on the way: its values were read as sRGB, but are not.

A phone or a program stores photos in a wider color space and says so in the file. If a service makes a smaller picture
and drops the profile, the same values are shown as if they were sRGB: the colors are duller, and nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from troubleshooter.compare.grid import frame_of, with_frame
from troubleshooter.compare.picture import Avatar
from troubleshooter.compare.signals import Signals, measure

_Matrix = NDArray[np.float64]
_Primaries = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
_WHITE = (0.3127, 0.3290)
"""D65, the white of sRGB and of these spaces, as x and y."""
_SRGB: _Primaries = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
STRUCTURE, LEFT = 0.12, 0.02
"""Largest distance in brightness alone of two pictures of which one may have lost its profile, and of what is left."""
NOISE = 0.006
"""Distance that compression alone may leave, also where it was smaller before."""
CAST, LIGHT = 1.2, 0.03
"""Largest difference of mean color, in levels of 255, and of brightness, as a share, that reading the values in the
right space leaves (45 photographs: 0.9 and 0.026)."""
CHROMA = (0.88, 1.08)
"""The same for the ratio of colorfulness (0.89 to 1.02)."""
COLOURLESS = 5.0
"""Mean chroma, in levels of 255, below which a picture has no colors to compare."""
STRONG_CAST, STRONG_BETTER = 0.2, 0.45
"""For photos with very strong colors: the largest cast, as a share of the difference of color before, and the largest
shares of the two differences that remain (0.17 and 0.41)."""
BETTER = 0.8
"""Largest remaining share of the difference of color (0.77); a photo with other colors keeps more, or a cast."""


@dataclass(frozen=True)
class ColourSpace:
    """A space in which phones and programs store photos."""

    to_srgb: _Matrix
    """From its linear values to those of sRGB."""
    gamma: float = 0.0
    """0 stands for sRGB's own curve."""


def lost_profile(a: Avatar, b: Avatar, seen: Signals) -> str:
    """Return the color space of the photo whose profile `a` or `b` may have lost; `""` if none explains the difference.

    Args:
        seen: what distinguishes the two pictures as they are.
    """
    if seen.plain > STRUCTURE:
        return ""
    for name, space in SPACES.items():
        for first, second in ((_read_in(space, a), b), (a, _read_in(space, b))):
            if _agree(measure(first, second), seen):
                return name
    return ""


def _agree(left: Signals, seen: Signals) -> bool:
    """Return whether so little of the difference `seen` is left that the color space explains it."""
    apart, was = left.alignment.near, seen.alignment.near
    if apart > max(NOISE, min(LEFT, was)) or abs(left.light - 1) > LIGHT:
        return False
    if seen.colourful < COLOURLESS:  # only the curve of brightness can tell
        return apart <= STRONG_BETTER * was
    if not CHROMA[0] <= left.chroma <= CHROMA[1]:
        return False
    if left.cast <= CAST:
        return left.colour <= BETTER * seen.colour
    # Very strong colors leave more of a cast, and less of everything else.
    mostly = left.colour <= STRONG_BETTER * seen.colour and apart <= STRONG_BETTER * was
    return mostly and left.cast <= STRONG_CAST * seen.colour


def _read_in(space: ColourSpace, avatar: Avatar) -> Avatar:
    """Return `avatar` with its values read in `space`."""
    values = avatar.working.astype(np.float64) / 255
    curve = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    light = np.clip((values**space.gamma if space.gamma else curve) @ space.to_srgb.T, 0, 1)
    shown = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    read = replace(avatar, pixels=np.round(shown * 255).astype(np.uint8))
    read.__dict__["working"] = read.pixels
    return with_frame(read, frame_of(avatar))


def _to_srgb(primaries: _Primaries) -> _Matrix:
    matrix: _Matrix = np.linalg.inv(_to_light(_SRGB)) @ _to_light(primaries)
    return matrix


def _to_light(primaries: _Primaries) -> _Matrix:
    """Return the matrix from linear red, green and blue to CIE XYZ."""
    colours = np.array([_xyz(x, y) for x, y in primaries]).T
    matrix: _Matrix = colours * np.linalg.solve(colours, np.array(_xyz(*_WHITE)))
    return matrix


def _xyz(x: float, y: float) -> tuple[float, float, float]:
    return x / y, 1.0, (1 - x - y) / y


SPACES: Mapping[str, ColourSpace] = {
    "Display P3": ColourSpace(_to_srgb(((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)))),
    "Adobe RGB (1998)": ColourSpace(_to_srgb(((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))), 563 / 256),
    "Rec. 2020": ColourSpace(_to_srgb(((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)))),
    "ProPhoto RGB": ColourSpace(
        np.array([[2.0344, -0.7276, -0.3067], [-0.2288, 1.2318, -0.0029], [-0.0086, -0.1533, 1.1618]]), 1.8
    ),
}
"""The spaces that are tried, the most common first; ProPhoto's white is D50, adapted to D65 by Bradford's method."""
