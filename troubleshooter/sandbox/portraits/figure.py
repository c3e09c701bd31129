"""Draws shoulders, clothes, neck and hair."""

from random import Random

from troubleshooter.sandbox.portraits.pen import Pen, Point, bow, rounded
from troubleshooter.sandbox.portraits.traits import Colour, Face, Occasion, mix

HEAD: Point = (0.5, 0.43)
"""Center of the head before the figure is moved."""
_BLACK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)


def head_radius(face: Face) -> Point:
    """Return half the head's width and height, as fractions of the picture."""
    return face.width / 2, face.width * face.height / 2


def draw_body(pen: Pen, face: Face, occasion: Occasion) -> None:
    """Draw clothes and neck."""
    broad = 0.4 if face.casting.family == "m" else 0.345
    top = HEAD[1] + head_radius(face)[1] + 0.065
    slope = bow((0.5 - 0.09, top), (0.5 - broad * 0.75, top + 0.035), (0.5 - broad, top + 0.16))
    left = [*slope, (0.5 - broad - 0.05, 1.2)]
    outline = left + [(1 - x, y) for x, y in reversed(left)]
    pen.shape(outline, occasion.clothes)
    _pattern(pen, occasion, top, broad - 0.012)
    shade = mix(occasion.clothes, _BLACK, 0.35)
    for side in (-1, 1):
        pen.stroke(
            bow(
                (0.5 + side * broad * 0.72, top + 0.2), (0.5 + side * broad * 0.6, 1), (0.5 + side * broad * 0.62, 1.2)
            ),
            0.006,
            shade,
        )
    _collar(pen, face, occasion, top)


def _pattern(pen: Pen, occasion: Occasion, top: float, half: float) -> None:
    lot = Random(occasion.seed + 1)  # noqa: S311 -- a drawing, not a secret
    ink = (*mix(occasion.clothes, occasion.under, 0.55), 120)
    step = lot.uniform(0.018, 0.045)
    if occasion.pattern in {"stripes", "checks"}:
        y = top + 0.15
        while y < 1.2:
            pen.stroke([(0.5 - half, y + 0.03), (0.5, y), (0.5 + half, y + 0.03)], step * 0.3, ink)
            y += step
    if occasion.pattern == "checks":
        x = 0.5 - half + 0.01
        while x < 0.5 + half:
            pen.stroke([(x, top + 0.17), (x, 1.2)], step * 0.3, ink)
            x += step
    if occasion.pattern == "knit":
        for _ in range(260):
            x, y = lot.uniform(0.51 - half, 0.48 + half), lot.uniform(top + 0.16, 1.05)
            pen.stroke([(x, y), (x + 0.008, y + 0.012), (x + 0.016, y)], 0.003, ink)


def _collar(pen: Pen, face: Face, occasion: Occasion, top: float) -> None:
    skin, shadow = mix(face.skin, _BLACK, 0.14), mix(face.skin, _BLACK, 0.3)
    wide = 0.083 if face.casting.family == "m" else 0.068
    deep = {"vee": 0.2, "blazer": 0.24, "shirt": 0.1, "round": 0.075, "hood": 0.09}[occasion.collar]
    chin = HEAD[1] + head_radius(face)[1]
    if occasion.collar in {"blazer", "hood"}:
        pen.shape([(0.5 - 0.12, top), (0.5 + 0.12, top), (0.5, top + deep + 0.1)], occasion.under)
    pen.shape(
        [
            (0.5 - wide, chin - 0.12),
            (0.5 + wide, chin - 0.12),
            (0.5 + wide + 0.012, top + 0.02),
            (0.5 - wide - 0.012, top + 0.02),
        ],
        skin,
    )
    if occasion.collar in {"vee", "shirt"}:
        pen.shape([(0.5 - wide - 0.012, top + 0.015), (0.5 + wide + 0.012, top + 0.015), (0.5, top + deep)], skin)
    else:
        pen.oval((0.5, top + 0.01), (wide + 0.02, 0.055), skin)
    pen.shape(bow((0.5 - wide, chin - 0.05), (0.5, chin + 0.1), (0.5 + wide, chin - 0.05)), shadow)
    flap = mix(occasion.under if occasion.collar == "blazer" else occasion.clothes, _WHITE, 0.25)
    lapel = mix(occasion.clothes, _BLACK, 0.2)
    for side in (-1, 1):
        if occasion.collar in {"shirt", "blazer"}:
            pen.shape(
                [
                    (0.5 + side * (wide + 0.02), top - 0.03),
                    (0.5 + side * (wide + 0.05), top + 0.035),
                    (0.5 + side * 0.035, top + 0.12),
                    (0.5, top + 0.055),
                ],
                flap,
            )
        if occasion.collar == "blazer":
            pen.shape(
                [
                    (0.5 + side * 0.115, top - 0.005),
                    (0.5 + side * 0.19, top + 0.13),
                    (0.5 + side * 0.02, top + 0.42),
                    (0.5 + side * 0.06, top + 0.2),
                ],
                lapel,
            )
        if occasion.collar == "hood":
            pen.stroke(
                bow((0.5 + side * 0.1, top - 0.01), (0.5 + side * 0.12, top + 0.1), (0.5, top + 0.16)), 0.035, lapel
            )


def draw_hair_behind(pen: Pen, face: Face, occasion: Occasion) -> None:
    """Draw the hair behind the head."""
    (rx, ry), (x, y), dark = head_radius(face), HEAD, mix(face.hair, _BLACK, 0.3)
    match occasion.hair_style:
        case "long":
            pen.shape(rounded((x, y + 0.09), (rx * 1.34, ry * 1.52), squareness=2.6, taper=-0.1), dark)
        case "bob":
            pen.shape(rounded((x, y + 0.015), (rx * 1.36, ry * 1.16), squareness=3.2), dark)
        case "bun":
            pen.oval((x + 0.02 * occasion.part, y - ry * 1.16), (rx * 0.5, rx * 0.46), dark)
        case "curly":
            lot = Random(occasion.seed + 2)  # noqa: S311
            reach = 1.3 if face.casting.family == "f" else 1.08
            for point in rounded((x, y - ry * 0.2), (rx * reach, ry * (reach - 0.22)), steps=40):
                size = lot.uniform(0.03, 0.05)
                pen.oval(point, (size, size), mix(face.hair, _BLACK, lot.uniform(0.1, 0.4)))


def draw_hair_front(pen: Pen, face: Face, occasion: Occasion) -> None:
    """Draw the hair on top of the head, with its strands."""
    if occasion.hair_style == "thin":
        _temples(pen, face)
        return
    (rx, ry), (x, y) = head_radius(face), HEAD
    lift = {"buzz": 1.03, "short": 1.1, "side": 1.13, "curly": 1.15}.get(occasion.hair_style, 1.09)
    low = {"long": 0.25, "bob": 0.3, "buzz": -0.22, "short": -0.12}.get(occasion.hair_style, -0.05)
    line = y - ry * (1 - face.forehead * 1.6)
    side, ink = rx * (1.01 if occasion.hair_style == "buzz" else 1.07), face.hair
    outer = bow((x - side, y + ry * low), (x - rx * 1.2, y - ry * 0.75), (x - rx * 0.6, y - ry * (lift - 0.1)))
    outer += bow(
        (x - rx * 0.6, y - ry * (lift - 0.1)), (x, y - ry * (lift + 0.14)), (x + rx * 0.6, y - ry * (lift - 0.1))
    )
    outer += bow((x + rx * 0.6, y - ry * (lift - 0.1)), (x + rx * 1.2, y - ry * 0.75), (x + side, y + ry * low))
    parting = (x + occasion.part * rx * 0.6, line - ry * 0.1)
    inner = bow((x + rx * 0.9, y + ry * low * 0.7), (x + rx * 0.82, line + ry * 0.02), parting)
    inner += bow(parting, (x - rx * 0.82, line + ry * 0.06), (x - rx * 0.9, y + ry * low * 0.7))
    pen.shape(outer + inner, ink)
    lot = Random(occasion.seed + 3)  # noqa: S311
    if occasion.hair_style == "curly":
        for point in outer[::2] + inner[4:-4:3]:
            size = lot.uniform(0.014, 0.03)
            pen.oval(point, (size, size), mix(ink, _BLACK, lot.uniform(0, 0.3)))
        return
    for number in range(90):
        share = number / 89
        root, tip = outer[round(share * (len(outer) - 1))], inner[round((1 - share) * (len(inner) - 1))]
        bend = (lot.uniform(-0.012, 0.012) + (root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 - 0.01)
        tone = (
            mix(ink, _WHITE, lot.uniform(0.05, 0.3)) if lot.random() < 0.5 else mix(ink, _BLACK, lot.uniform(0.1, 0.4))
        )
        pen.stroke(bow(root, bend, tip, 6), 0.0025, (*tone, 150))


def _temples(pen: Pen, face: Face) -> None:
    (rx, ry), (x, y) = head_radius(face), HEAD
    for side in (-1, 1):
        edge = bow(
            (x + side * rx * 0.98, y + ry * 0.05),
            (x + side * rx * 1.1, y - ry * 0.5),
            (x + side * rx * 0.72, y - ry * 0.72),
        )
        back = bow(
            (x + side * rx * 0.72, y - ry * 0.72),
            (x + side * rx * 0.86, y - ry * 0.4),
            (x + side * rx * 0.88, y + ry * 0.02),
        )
        pen.shape(edge + back, face.hair)
