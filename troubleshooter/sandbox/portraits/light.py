"""Adds the effects of a camera: light and shade, the color of the lamp, a vignette, grain."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from troubleshooter.sandbox.portraits.figure import HEAD, head_radius
from troubleshooter.sandbox.portraits.pen import Pen, Pose
from troubleshooter.sandbox.portraits.traits import Face, Occasion

_SMALL = 162
"""Pixels on a side of the map of light, which is soft anyway."""
_NEUTRAL = 128


def finish(image: Image.Image, face: Face, occasion: Occasion, pose: Pose) -> Image.Image:
    """Return the drawing with the look of a photo."""
    shade = _light(face, occasion, pose).resize(image.size, Image.Resampling.BICUBIC)
    image = ImageChops.soft_light(image.filter(ImageFilter.GaussianBlur(0.7)), Image.merge("RGB", (shade,) * 3))
    image = ImageChops.multiply(image, _lamp(occasion).resize(image.size))
    return ImageChops.overlay(image, _grain(occasion, image.width))


def _light(face: Face, occasion: Occasion, pose: Pose) -> Image.Image:
    """Return a map of the light: above 128 lighter, below darker."""
    lights = Image.new("RGB", (_SMALL, _SMALL), (_NEUTRAL + 12,) * 3)
    pen, (rx, ry), (x, y), side = Pen(lights, pose), head_radius(face), HEAD, occasion.light
    white, black = (255, 255, 255), (0, 0, 0)
    for step in range(12):
        # The far side of the head and body is in shade that deepens toward the edge.
        pen.oval((x - side * rx * (1.25 - step * 0.02), y + 0.02), (rx * (0.75 - step * 0.05), ry * 1.05), (*black, 12))
        pen.oval((x - side * 0.34, 1.0), (0.28 - step * 0.018, 0.34), (*black, 10))
    pen.oval((x + side * rx * 0.38, y - ry * 0.45), (rx * 0.5, ry * 0.28), (*white, 95))
    pen.oval((x + side * rx * 0.5, y + ry * 0.2), (rx * 0.3, ry * 0.2), (*white, 105))
    pen.oval((x - side * rx * 0.45, y + ry * 0.22), (rx * 0.24, ry * 0.16), (*white, 45))
    pen.oval((x, y + ry * 0.9), (rx * 0.28, ry * 0.1), (*white, 60))
    pen.oval((x, y + ry * 1.16), (rx * 0.7, ry * 0.2), (*black, 130))
    pen.oval((x + side * rx * 0.45, y - ry * 0.98), (rx * 0.6, ry * 0.16), (*white, 110))
    for eye in (-1, 1):
        pen.oval((x + eye * face.eye_gap * face.width / 2, y - ry * 0.1), (rx * 0.32, ry * 0.12), (*black, 60))
    return lights.getchannel("R").filter(ImageFilter.GaussianBlur(4.5))


def _lamp(occasion: Occasion) -> Image.Image:
    """Return the lamp's color, darker toward the corners."""
    rim = (
        Image.radial_gradient("L")
        .resize((_SMALL, _SMALL))
        .point([255 - round(max(0, value - 90) * 0.3) for value in range(256)])
    )
    warm = occasion.warmth * 14
    channels = [rim.point([round(value * share / 255) for value in range(256)]) for share in (
        min(255, 252 + warm), 251, min(255, 252 - warm),
    )]  # fmt: skip
    return Image.merge("RGB", channels)


def _grain(occasion: Occasion, side: int) -> Image.Image:
    lot = Random(occasion.seed + 7)  # noqa: S311 -- a drawing, not a secret
    fine = Image.frombytes("L", (side, side), lot.randbytes(side * side)).point(
        [120 + value // 16 for value in range(256)]
    )
    coarse = Image.frombytes("L", (40, 40), lot.randbytes(1600)).resize((side, side), Image.Resampling.BICUBIC)
    coarse = coarse.point([118 + value // 13 for value in range(256)])
    return Image.merge("RGB", (ImageChops.blend(fine, coarse, 0.5),) * 3)
