"""Draws the portraits of generated people: simple faces, a hundred times cheaper than those of the cast.

Comparing two of them is still real work: figure, light, background and colors differ from person to person, and from
one photo of a person to the next.
"""

import colorsys
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw

from troubleshooter.sandbox.portraits.traits import Colour, mix

_SIDE = 162
"""Pixels on a side of a drawing. Every size of a photo is made from it, so that all sizes show the same."""
_GRAIN_SIDE = 256
_MIDDLE = 128
"""The level of light that changes nothing."""
_BLACK: Colour = (0, 0, 0)
_SKIN = ((247, 217, 196), (236, 198, 170), (222, 178, 144), (198, 148, 110), (160, 112, 78), (112, 74, 50))
_HAIR = ((26, 22, 24), (58, 40, 30), (100, 68, 42), (140, 70, 40), (202, 164, 108), (172, 168, 164))


@dataclass(frozen=True)
class _Head:
    """What is the same in all photos of a person, and where it is in this one. Lengths are in pixels."""

    x: float
    y: float
    wide: float
    """Half the width."""
    tall: float
    """Half the height."""
    skin: Colour
    hair: Colour
    long_hair: bool
    beard: bool
    glasses: bool


@lru_cache(maxsize=32)
def simple_portrait(person: str, variant: int) -> Image.Image:
    """Return the drawing of photo number `variant` of this UPN. Do not change it: all callers share it."""
    lot = Random(f"{person} simply, {variant}")  # noqa: S311 -- a drawing, not a secret
    image, head = _background(lot), _head(person, lot)
    pen = ImageDraw.Draw(image)
    _draw_body(pen, head, lot)
    _draw_face(pen, head, smile=lot.uniform(0.2, 0.5))
    light = _large(Image.frombytes("L", (3, 3), bytes(lot.randint(70, 190) for _ in range(9))))
    left, top = lot.randrange(_GRAIN_SIDE - _SIDE), lot.randrange(_GRAIN_SIDE - _SIDE)
    light = ImageChops.add(light, _grain().crop((left, top, left + _SIDE, top + _SIDE)), offset=-_MIDDLE)
    return ImageChops.soft_light(image, Image.merge("RGB", (light,) * 3))


def _head(person: str, lot: Random) -> _Head:
    of_person = Random(f"{person} simply")  # noqa: S311
    size = lot.uniform(0.85, 1.15)
    return _Head(
        x=81 + lot.uniform(-12, 12),
        y=72 + lot.uniform(-8, 8),
        wide=size * of_person.uniform(27, 33),
        tall=size * of_person.uniform(35, 42),
        skin=of_person.choice(_SKIN),
        hair=of_person.choice(_HAIR),
        long_hair=of_person.random() < 0.45,
        beard=of_person.random() < 0.25,
        glasses=of_person.random() < 0.3,
    )


def _background(lot: Random) -> Image.Image:
    """Return a few colors that run into one another, with some shapes in front of them."""
    hue = lot.random()
    spots = [_hsv(hue + lot.uniform(-0.12, 0.12), lot.uniform(0.1, 0.6), lot.uniform(0.25, 0.95)) for _ in range(9)]
    image = _large(Image.frombytes("RGB", (3, 3), bytes(value for spot in spots for value in spot)))
    pen = ImageDraw.Draw(image)
    for _ in range(lot.randint(2, 7)):
        x, y, size = lot.uniform(-20, _SIDE), lot.uniform(-20, 120), lot.uniform(12, 60)
        ink = _hsv(hue + lot.uniform(-0.3, 0.3), lot.uniform(0.1, 0.6), lot.uniform(0.3, 0.95))
        box = (x, y, x + size, y + size * lot.uniform(0.6, 1.8))
        (pen.ellipse if lot.random() < 0.5 else pen.rectangle)(box, fill=ink)
    return image


def _draw_body(pen: ImageDraw.ImageDraw, head: _Head, lot: Random) -> None:
    """Draw the hair behind the head, shoulders, neck and collar, and the bare head with the hair on top."""
    x, y, wide, tall = head.x, head.y, head.wide, head.tall
    clothes = _hsv(lot.random(), lot.uniform(0.1, 0.7), lot.uniform(0.15, 0.9))
    under = _hsv(lot.random(), lot.uniform(0, 0.4), lot.uniform(0.5, 1))
    if head.long_hair:
        pen.ellipse((x - wide * 1.3, y - tall * 1.15, x + wide * 1.3, y + tall * 1.5), mix(head.hair, _BLACK, 0.3))
    top, broad = y + tall * 1.25, wide * lot.uniform(1.9, 2.5)
    pen.ellipse((x - broad, top, x + broad, top + 150), clothes)
    pen.rectangle((x - wide * 0.45, y + tall * 0.6, x + wide * 0.45, top + 8), mix(head.skin, _BLACK, 0.15))
    pen.polygon([(x - wide * 0.5, top + 2), (x + wide * 0.5, top + 2), (x, top + lot.uniform(14, 45))], under)
    pen.ellipse((x - wide, y - tall, x + wide, y + tall), head.skin)
    crown = lot.uniform(0.2, 0.55)
    pen.chord((x - wide * 1.08, y - tall * 1.12, x + wide * 1.08, y + tall * crown), 180, 360, head.hair)


def _draw_face(pen: ImageDraw.ImageDraw, head: _Head, *, smile: float) -> None:
    """Draw beard, eyes, brows, glasses, nose and mouth."""
    x, y, wide, tall = head.x, head.y, head.wide, head.tall
    if head.beard:
        box = (x - wide * 0.9, y - tall * 0.4, x + wide * 0.9, y + tall)
        pen.chord(box, 10, 170, mix(head.hair, head.skin, 0.2))
    level, size = y + tall * 0.02, wide * 0.17
    for eye in (x - wide * 0.42, x + wide * 0.42):
        pen.ellipse((eye - size, level - size * 0.6, eye + size, level + size * 0.6), (244, 240, 236))
        pen.ellipse((eye - size * 0.5, level - size * 0.5, eye + size * 0.5, level + size * 0.5), (50, 38, 30))
        pen.line((eye - size * 1.2, level - size * 1.5, eye + size * 1.2, level - size * 1.7), head.hair, 2)
        if head.glasses:
            box = (eye - size * 1.7, level - size * 1.4, eye + size * 1.7, level + size * 1.6)
            pen.ellipse(box, outline=(30, 28, 34), width=2)
    tip = y + tall * 0.36
    pen.line((x + 1, y + tall * 0.1, x + wide * 0.12, tip, x - wide * 0.05, tip), mix(head.skin, _BLACK, 0.3))
    pen.chord((x - wide * smile, y + tall * 0.42, x + wide * smile, y + tall * 0.68), 0, 180, (170, 70, 72))


def _large(small: Image.Image) -> Image.Image:
    return small.resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    """Return the noise that photographs have, larger than a portrait."""
    lot = Random(7)  # noqa: S311
    noise = Image.frombytes("L", (_GRAIN_SIDE, _GRAIN_SIDE), lot.randbytes(_GRAIN_SIDE**2))
    return noise.point([_MIDDLE - 20 + value // 6 for value in range(256)])


def _hsv(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(part * 255) for part in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue
