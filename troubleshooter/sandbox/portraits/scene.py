"""Draws the background behind the person."""

from random import Random

from PIL import Image, ImageFilter

from troubleshooter.sandbox.portraits.pen import Pen
from troubleshooter.sandbox.portraits.traits import Colour, Occasion, mix

_SMALL = 162
"""Pixels on a side while drawing; it is out of focus anyway."""


def scene(occasion: Occasion, side: int) -> Image.Image:
    """Return the background, out of focus, `side` pixels square."""
    lot = Random(occasion.seed)  # noqa: S311 -- a drawing, not a secret
    light, dark, accent = occasion.scene_colours
    image = _gradient(light, dark)
    pen = Pen(image)
    _PAINTERS[occasion.scene](pen, lot, light, dark, accent)
    blur = {"studio": 6, "bokeh": 2.2, "office": 1.6, "outdoors": 3, "shelf": 1.3}[occasion.scene]
    return image.filter(ImageFilter.GaussianBlur(blur)).resize((side, side), Image.Resampling.BICUBIC)


def _gradient(light: Colour, dark: Colour) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((_SMALL, _SMALL))
    return Image.composite(Image.new("RGB", ramp.size, dark), Image.new("RGB", ramp.size, light), ramp)


def _studio(pen: Pen, lot: Random, light: Colour, dark: Colour, _accent: Colour) -> None:
    x, y = lot.uniform(0.2, 0.8), lot.uniform(0.2, 0.5)
    for step in range(8):
        size = 0.75 - step * 0.08
        pen.oval((x, y), (size, size), mix(dark, light, step / 7))


def _bokeh(pen: Pen, lot: Random, light: Colour, _dark: Colour, accent: Colour) -> None:
    for _ in range(34):
        size = lot.uniform(0.02, 0.1)
        colour = mix(light, accent, lot.random())
        pen.oval((lot.random(), lot.random()), (size, size), (*colour, lot.randint(60, 190)))


def _office(pen: Pen, lot: Random, light: Colour, dark: Colour, accent: Colour) -> None:
    panes, sky = lot.randint(2, 4), mix(light, (235, 243, 250), 0.7)
    for pane in range(panes):
        left = pane / panes
        pen.box((left + 0.02, 0.05), (left + 1 / panes - 0.02, 0.62), mix(sky, dark, lot.uniform(0, 0.15)))
        for floor in range(lot.randint(2, 6)):
            top = 0.6 - floor * 0.07
            pen.box((left + lot.uniform(0.03, 0.1), top), (left + lot.uniform(0.12, 0.25), top + 0.05), (*accent, 120))
    pen.box((0, 0.66), (1, 0.7), mix(dark, (0, 0, 0), 0.3))


def _outdoors(pen: Pen, lot: Random, light: Colour, dark: Colour, accent: Colour) -> None:
    pen.box((0, 0), (1, 0.45), mix(light, (190, 220, 245), 0.6))
    for _ in range(70):
        leaf = mix(mix(dark, (60, 110, 50), 0.6), accent, lot.uniform(0, 0.35))
        size = lot.uniform(0.03, 0.13)
        pen.oval((lot.random(), lot.uniform(0.25, 1)), (size, size * 0.8), (*leaf, lot.randint(90, 220)))


def _shelf(pen: Pen, lot: Random, light: Colour, dark: Colour, accent: Colour) -> None:
    for row in range(4):
        bottom, x = 0.25 * (row + 1) - 0.025, 0.0
        while x < 1:
            width = lot.uniform(0.02, 0.06)
            colour = mix(mix(light, accent, lot.random()), dark, lot.uniform(0, 0.7))
            pen.box((x, bottom - lot.uniform(0.12, 0.21)), (x + width, bottom), colour)
            x += width
        pen.box((0, bottom), (1, bottom + 0.025), mix(dark, (40, 26, 16), 0.6))


_PAINTERS = {"studio": _studio, "bokeh": _bokeh, "office": _office, "outdoors": _outdoors, "shelf": _shelf}
