"""Defines a face and an occasion, drawn pseudo-randomly: the same seed always gives the same ones."""

import colorsys
from dataclasses import dataclass
from random import Random

from troubleshooter.sandbox.portraits.cast import CAST, Casting

Colour = tuple[int, int, int]

_SKIN = (
    (246, 214, 192), (236, 196, 168), (224, 180, 146), (205, 156, 118), (176, 124, 88), (138, 92, 62), (98, 64, 44),
)  # fmt: skip
_HAIR = ((28, 24, 26), (62, 42, 32), (104, 70, 44), (134, 66, 38), (198, 160, 104), (158, 154, 150))
_EYES = ((74, 48, 30), (96, 66, 36), (84, 104, 70), (78, 112, 140), (104, 116, 124))
_STYLES = {
    "f": ("long", "bob", "bun", "curly", "long", "side"),
    "m": ("short", "side", "curly", "short", "thin", "buzz"),
}
_COLLARS = {"f": ("round", "vee", "blazer", "shirt"), "m": ("shirt", "round", "blazer", "hood")}
_SCENES = ("studio", "bokeh", "office", "outdoors", "shelf")
_PATTERNS = ("plain", "stripes", "checks", "knit")


@dataclass(frozen=True)
class Face:
    """Features that stay the same in a person's photos. Lengths are fractions of the head's width unless noted."""

    casting: Casting
    skin: Colour
    hair: Colour
    eyes: Colour
    width: float
    """Width of the head, as a fraction of the picture."""
    height: float
    """Height of the head, relative to its width."""
    jaw: float
    """Shape of the jaw, 0 round to 1 pointed."""
    squareness: float
    eye_gap: float
    eye_size: float
    eye_tilt: float
    brow_height: float
    brow_weight: float
    nose_width: float
    nose_length: float
    mouth_width: float
    lips: float
    forehead: float
    age: float
    """Apparent age, 0 young to 1 old."""
    freckles: bool
    beard: str
    """Kind of beard: none, stubble, moustache or full."""


@dataclass(frozen=True)
class Occasion:
    """Features that differ from one photo to the next."""

    scene: str
    scene_colours: tuple[Colour, Colour, Colour]
    hair_style: str
    part: float
    """Where the hair parts, -1 left to 1 right."""
    clothes: Colour
    under: Colour
    """Color of a shirt below a blazer, of a tie or of stripes."""
    collar: str
    pattern: str
    tilt: float
    """Tilt of the head, in degrees."""
    shift: tuple[float, float]
    """Shift of the whole figure, in fractions of the picture."""
    size: float
    """Size of the whole figure; 1 is normal."""
    smile: float
    light: float
    """Where the light comes from, -1 left to 1 right."""
    warmth: float
    """Warmth of the light, -1 cold to 1 warm."""
    glasses: bool
    seed: int


def face_of(person: str) -> Face:
    """Return the face of this UPN."""
    lot = Random(f"face of {person}")  # noqa: S311 -- a drawing, not a secret
    casting = CAST.get(person.partition("@")[0]) or Casting(lot.choice("fm"), lot.randrange(7), lot.randrange(6))
    age = lot.uniform(0.1, 0.6) + (0.4 if casting.hair == 5 else 0)
    beards = ("none", "none", "stubble", "moustache", "full") if casting.family == "m" else ("none",)
    return Face(
        casting=casting,
        skin=_near(lot, _SKIN[casting.skin], 9),
        hair=_near(lot, _HAIR[casting.hair], 12),
        eyes=_near(lot, _EYES[0 if casting.skin > 3 else lot.randrange(5)], 8),
        width=lot.uniform(0.335, 0.385),
        height=lot.uniform(1.28, 1.46),
        jaw=lot.uniform(0.1, 0.9),
        squareness=lot.uniform(2.0, 2.7) + (0.2 if casting.family == "m" else 0),
        eye_gap=lot.uniform(0.42, 0.52),
        eye_size=lot.uniform(0.105, 0.14),
        eye_tilt=lot.uniform(-0.02, 0.03),
        brow_height=lot.uniform(0.13, 0.18),
        brow_weight=lot.uniform(0.022, 0.04) * (1.35 if casting.family == "m" else 0.9),
        nose_width=lot.uniform(0.2, 0.29),
        nose_length=lot.uniform(0.25, 0.32),
        mouth_width=lot.uniform(0.34, 0.46),
        lips=lot.uniform(0.05, 0.09) * (1 if casting.family == "f" else 0.75),
        forehead=lot.uniform(0.24, 0.34),
        age=min(age, 1),
        freckles=casting.skin < 2 and lot.random() < 0.35,
        beard=lot.choice(beards),
    )


def occasion_of(person: str, variant: int) -> Occasion:
    """Return the occasion of this UPN's photo number `variant`."""
    lot = Random(f"{person} on occasion {variant}")  # noqa: S311
    casting = face_of(person).casting
    # Adjacent variants never share a scene, a style or a color, so that last year's photo is a different photo.
    start = Random(f"habits of {person}").randrange(60)  # noqa: S311
    turn = start + variant
    hue = (start * 0.137 + variant * 0.31 + lot.uniform(-0.05, 0.05)) % 1
    behind = (start * 0.071 + variant * 0.43 + lot.uniform(-0.05, 0.05)) % 1
    return Occasion(
        scene=_SCENES[turn % len(_SCENES)],
        scene_colours=(
            _hsv(behind, lot.uniform(0.12, 0.5), lot.uniform(0.55, 0.95)),
            _hsv(behind + lot.uniform(-0.1, 0.1), lot.uniform(0.2, 0.6), lot.uniform(0.25, 0.6)),
            _hsv(behind + 0.45, lot.uniform(0.2, 0.6), lot.uniform(0.5, 0.95)),
        ),
        hair_style=_STYLES[casting.family][turn % 6],
        part=lot.uniform(-0.8, 0.8),
        clothes=_hsv(hue, lot.uniform(0.15, 0.6), lot.uniform(0.2, 0.8)),
        under=_hsv(hue + 0.4, lot.uniform(0.03, 0.3), lot.uniform(0.8, 1)),
        collar=_COLLARS[casting.family][turn % 4],
        pattern=_PATTERNS[turn // 2 % 4],
        tilt=lot.uniform(-7, 7),
        shift=(lot.uniform(-0.035, 0.035), lot.uniform(-0.02, 0.03)),
        size=lot.uniform(0.94, 1.16),
        smile=lot.uniform(0.1, 1),
        light=lot.choice((-1, 1)) * lot.uniform(0.4, 1),
        warmth=lot.uniform(-0.8, 0.8),
        glasses=(start + variant // 2) % 4 == 0,
        seed=lot.getrandbits(32),
    )


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return a color between the two; share 0 gives the first."""
    return (
        round(first[0] + (second[0] - first[0]) * share),
        round(first[1] + (second[1] - first[1]) * share),
        round(first[2] + (second[2] - first[2]) * share),
    )


def _near(lot: Random, colour: Colour, spread: int) -> Colour:
    shift = lot.randint(-spread, spread)
    red, green, blue = (max(0, min(255, part + shift + lot.randint(-4, 4))) for part in colour)
    return red, green, blue


def _hsv(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(part * 255) for part in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue
