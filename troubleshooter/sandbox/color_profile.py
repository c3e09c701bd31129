"""A picture whose color profile was lost: the values of a wide color space, served as if they were sRGB."""

from functools import lru_cache

from PIL import Image, ImageFilter

_TO_PROPHOTO = ((0.52927, 0.33012, 0.14054), (0.09835, 0.87341, 0.02814), (0.01689, 0.11769, 0.86549))
"""Linear sRGB to linear ProPhoto RGB."""


def without_profile(picture: Image.Image) -> Image.Image:
    """Return `picture` as it looks when it was stored in ProPhoto RGB and its profile was dropped."""
    return picture.filter(_table())


@lru_cache(maxsize=1)
def _table() -> ImageFilter.Color3DLUT:
    return ImageFilter.Color3DLUT.generate(25, _value)


def _value(red: float, green: float, blue: float) -> tuple[float, float, float]:
    light = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (red, green, blue)]
    wide = [sum(share * level for share, level in zip(row, light, strict=True)) for row in _TO_PROPHOTO]
    first, second, third = (min(1.0, max(0.0, v)) ** (1 / 1.8) for v in wide)
    return first, second, third
