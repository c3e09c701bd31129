"""Draws head, eyes, brows, nose, mouth, beard and glasses."""

from random import Random

from troubleshooter.sandbox.portraits.figure import HEAD, head_radius
from troubleshooter.sandbox.portraits.pen import Pen, bow, ribbon, rounded
from troubleshooter.sandbox.portraits.traits import Colour, Face, Occasion, mix

_BLACK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)


def draw_head(pen: Pen, face: Face) -> None:
    """Draw the bare head with its ears."""
    (rx, ry), (x, y) = head_radius(face), HEAD
    for side in (-1, 1):
        pen.oval((x + side * rx * 1.0, y + ry * 0.06), (rx * 0.15, ry * 0.19), mix(face.skin, (150, 40, 30), 0.14))
        pen.oval((x + side * rx * 1.02, y + ry * 0.06), (rx * 0.08, ry * 0.12), mix(face.skin, (110, 30, 20), 0.3))
    pen.shape(rounded((x, y), (rx, ry), squareness=face.squareness, taper=0.14 + face.jaw * 0.26), face.skin)


def draw_features(pen: Pen, face: Face, occasion: Occasion) -> None:
    """Draw everything in the face, from the cheeks to the glasses."""
    _cheeks(pen, face, occasion)
    if face.beard != "none":
        _beard(pen, face, occasion)
    _nose(pen, face)
    _mouth(pen, face, occasion)
    for side in (-1, 1):
        _eye(pen, face, side)
        _brow(pen, face, occasion, side)
    if occasion.glasses:
        _glasses(pen, face, occasion)


def _eye_centre(face: Face, side: int) -> tuple[float, float]:
    ry = head_radius(face)[1]
    return HEAD[0] + side * face.eye_gap * face.width / 2, HEAD[1] - ry * 0.06 - side * face.eye_tilt * face.width * 0.2


def _cheeks(pen: Pen, face: Face, occasion: Occasion) -> None:
    (rx, ry), (x, y) = head_radius(face), HEAD
    lot = Random(occasion.seed + 4)  # noqa: S311 -- a drawing, not a secret
    if face.freckles:
        for _ in range(60):
            spot = (x + lot.gauss(0, rx * 0.4), y + ry * 0.2 + lot.gauss(0, ry * 0.1))
            pen.oval(spot, (0.0022, 0.0022), (*mix(face.skin, (140, 70, 30), 0.5), 150))
    line = (*mix(face.skin, _BLACK, 0.35), round(70 + 110 * face.age))
    for side in (-1, 1):
        fold = bow(
            (x + side * rx * 0.36, y + ry * 0.3),
            (x + side * rx * 0.5, y + ry * 0.42),
            (x + side * rx * 0.47, y + ry * 0.6),
        )
        pen.stroke(fold, 0.003, line)
        if face.age > 0.55:
            centre = _eye_centre(face, side)
            for rise in (-0.012, 0.002, 0.016):
                start = (centre[0] + side * face.width * 0.15, centre[1] + rise * 0.6)
                pen.stroke([start, (start[0] + side * 0.02, centre[1] + rise * 1.6)], 0.002, line)
    for number in range(round(face.age * 4)):
        level = y - ry * (0.42 + number * 0.09)
        pen.stroke(bow((x - rx * 0.45, level), (x, level - 0.008), (x + rx * 0.45, level)), 0.0022, line)


def _eye(pen: Pen, face: Face, side: int) -> None:
    (x, y), size = _eye_centre(face, side), face.eye_size * face.width
    lid = mix(face.skin, _BLACK, 0.22)
    pen.oval((x, y - size * 0.12), (size * 1.2, size * 0.82), (*lid, 150))
    inner, outer = (x - side * size, y + size * 0.1), (x + side * size, y - size * 0.05)
    upper = bow(inner, (x + side * size * 0.1, y - size * 1.05), outer)
    lower = bow(outer, (x, y + size * 0.85), inner)
    pen.shape(upper + lower, (244, 240, 236))
    iris = size * 0.5
    pen.oval((x, y - size * 0.1), (iris, iris), mix(face.eyes, _BLACK, 0.35))
    pen.oval((x, y - size * 0.1), (iris * 0.84, iris * 0.84), face.eyes)
    pen.oval((x, y - size * 0.1), (iris * 0.42, iris * 0.42), (14, 12, 12))
    pen.oval((x + iris * 0.35, y - size * 0.1 - iris * 0.35), (iris * 0.2, iris * 0.2), _WHITE)
    lashes = 0.0075 if face.casting.family == "f" else 0.0045
    pen.stroke(upper, lashes, mix(face.hair, (20, 14, 12), 0.75))
    pen.stroke(lower, 0.002, (*mix(face.skin, _BLACK, 0.4), 170))
    pen.stroke(
        bow((inner[0], inner[1] - size * 0.45), (x, y - size * 1.35), (outer[0], outer[1] - size * 0.4)),
        0.003,
        (*lid, 220),
    )


def _brow(pen: Pen, face: Face, occasion: Occasion, side: int) -> None:
    (x, y), size = _eye_centre(face, side), face.eye_size * face.width
    level = y - face.brow_height * face.width - 0.003 * occasion.smile
    line = bow(
        (x - side * size * 1.05, level + 0.006),
        (x + side * size * 0.3, level - 0.016),
        (x + side * size * 1.45, level + 0.01),
        10,
    )
    thick = face.brow_weight * face.width
    widths = [thick * (1 - 0.75 * (step / 10) ** 2) for step in range(11)]
    pen.shape(ribbon(line, widths), mix(face.hair, (40, 28, 22), 0.35))


def _nose(pen: Pen, face: Face) -> None:
    (x, y), ry = HEAD, head_radius(face)[1]
    top, tip, half = y - ry * 0.02, y - ry * 0.06 + face.nose_length * face.width, face.nose_width * face.width / 2
    shade = mix(face.skin, (70, 30, 20), 0.3)
    pen.shape(
        [*bow((x + half * 0.25, top), (x + half * 0.7, (top + tip) / 2), (x + half, tip)), (x + half * 0.35, tip)],
        (*shade, 80),
    )
    pen.oval((x, tip - half * 0.25), (half * 0.55, half * 0.5), (*mix(face.skin, _WHITE, 0.22), 130))
    for side in (-1, 1):
        pen.oval(
            (x + side * half * 0.52, tip + half * 0.08), (half * 0.26, half * 0.15), mix(face.skin, (50, 16, 10), 0.6)
        )
        wing = bow(
            (x + side * half * 0.85, tip - half * 0.5),
            (x + side * half * 1.2, tip),
            (x + side * half * 0.7, tip + half * 0.2),
        )
        pen.stroke(wing, 0.0035, (*shade, 220))
    pen.stroke(
        bow((x - half * 0.6, tip + half * 0.2), (x, tip + half * 0.48), (x + half * 0.6, tip + half * 0.2)),
        0.0035,
        (*shade, 200),
    )


def _mouth(pen: Pen, face: Face, occasion: Occasion) -> None:
    (x, y), ry = HEAD, head_radius(face)[1]
    level, half, thick = y + ry * 0.6, face.mouth_width * face.width / 2, face.lips * face.width
    half *= 0.9 + 0.2 * occasion.smile
    corner = level - 0.017 * occasion.smile
    red = (178, 70, 72) if face.casting.family == "f" else (158, 84, 74)
    lip = mix(face.skin, mix(red, _BLACK, 0.07 * face.casting.skin), 0.55 if face.casting.family == "f" else 0.4)
    left, right = (x - half, corner), (x + half, corner)
    gap = thick * (1.5 * max(0, occasion.smile - 0.45))
    bend = level + 0.012 * occasion.smile
    upper = bow(left, (x - half * 0.3, level - thick * 1.5), (x, level - thick * 0.55), 8)
    upper += bow((x, level - thick * 0.55), (x + half * 0.3, level - thick * 1.5), right, 8)
    lower = bow(right, (x, bend + gap * 2 + thick * 2.1), left)
    pen.shape(upper + lower, lip)
    if gap > 0:
        teeth = bow(left, (x, bend - thick * 0.2), right) + bow(right, (x, bend + gap * 2.4), left)
        pen.shape(teeth, (238, 232, 224))
        pen.stroke(bow(right, (x, bend + gap * 2.4), left), 0.002, mix(lip, _BLACK, 0.4))
    pen.stroke(bow(left, (x, bend - thick * 0.2), right), 0.0035, mix(lip, _BLACK, 0.5))
    pen.stroke(
        bow(
            (x - half * 0.35, level + thick * 2.2 + gap),
            (x, level + thick * 2.7 + gap),
            (x + half * 0.35, level + thick * 2.2 + gap),
        ),
        0.004,
        (*mix(face.skin, _BLACK, 0.3), 130),
    )


def _beard(pen: Pen, face: Face, occasion: Occasion) -> None:
    (rx, ry), (x, y) = head_radius(face), HEAD
    lot = Random(occasion.seed + 5)  # noqa: S311
    taper = 0.14 + face.jaw * 0.26
    tone = mix(face.hair, face.skin, 0.12)
    if face.beard in {"stubble", "full"}:
        chin = [
            point
            for point in rounded((x, y), (rx, ry), squareness=face.squareness, taper=taper)
            if point[1] > y + ry * 0.22
        ]
        right, left = max(chin), min(chin)
        inside = bow(left, (x - rx * 0.7, y + ry * 0.52), (x - rx * 0.3, y + ry * 0.47)) + bow(
            (x + rx * 0.3, y + ry * 0.47), (x + rx * 0.7, y + ry * 0.52), right
        )
        pen.shape(sorted(chin, key=lambda point: -point[0]) + inside, (*tone, 70 if face.beard == "stubble" else 225))
        for _ in range(240):
            spot = (x + lot.uniform(-0.75, 0.75) * rx, y + ry * lot.uniform(0.5, 0.97))
            ink = (*mix(tone, _BLACK, lot.uniform(0, 0.4)), 60 if face.beard == "stubble" else 130)
            if abs(spot[0] - x) < rx * (1.02 - (spot[1] - y) / ry * 0.62):
                pen.stroke([spot, (spot[0] + lot.uniform(-0.004, 0.004), spot[1] + 0.009)], 0.002, ink)
    if face.beard in {"moustache", "full"}:
        level = y + ry * 0.48
        line = bow((x - rx * 0.42, level + 0.014), (x, level - 0.022), (x + rx * 0.42, level + 0.014), 12)
        pen.shape(ribbon(line, [0.026 - 0.018 * abs(step - 6) / 6 for step in range(13)]), tone)


def _glasses(pen: Pen, face: Face, occasion: Occasion) -> None:
    lot = Random(occasion.seed + 6)  # noqa: S311
    ink = lot.choice(((24, 24, 28), (86, 50, 30), (60, 66, 84), (120, 30, 44)))
    half, tall, square = face.width * 0.2, face.width * lot.uniform(0.14, 0.19), lot.choice((2.2, 3, 5))
    rim = lot.uniform(0.005, 0.01)
    for side in (-1, 1):
        x, y = _eye_centre(face, side)
        outline = rounded((x, y + 0.004), (half, tall), squareness=square)
        pen.shape(outline, (255, 255, 255, 26))
        pen.stroke([*outline, outline[0], outline[1]], rim, ink)
        pen.stroke([(x + side * half, y - 0.004), (HEAD[0] + side * face.width * 0.52, y - 0.008)], rim, ink)
    y = _eye_centre(face, 1)[1]
    gap = face.eye_gap * face.width / 2 - half
    pen.stroke(bow((HEAD[0] - gap, y), (HEAD[0], y - 0.016), (HEAD[0] + gap, y)), rim, ink)
