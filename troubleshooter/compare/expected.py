"""Finds which part of an original photo an avatar shows: the service stores a square crop that the user chose."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from troubleshooter.compare.grid import GRID, Floats, diameter, inside, positions, view
from troubleshooter.compare.match import match
from troubleshooter.compare.picture import Avatar, Pixels
from troubleshooter.compare.register import BLUR, COARSE, Pose, Still, refine
from troubleshooter.compare.result import Match, Part
from troubleshooter.compare.signals import measure
from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.message import message

SIDE = 16
"""Side to which the avatar is reduced for the search, px."""
SMALLEST_PART = 0.2
"""Smallest crop searched for, as a share of the original's shorter side."""
WHOLE = 97
"""Percentage of both sides from which a part counts as the whole file."""
_STEP = 1.12
_NO_CROP = frozenset({"too-small", "not-a-photo", "placeholder", "mirrored"})
"""Codes that would stay the same for any other crop of the original."""
_LOOKS = frozenset({"greyscale", "colour", "brightness", "retouched", "lost-profile", "transparent"})
"""Codes of edits to a crop that was found: its edges agree, its light or its colors do not."""
_MOVED = frozenset({"recropped", "shifted"})
"""Codes of edits that another crop of the original may undo."""
_EDITS = _LOOKS | _MOVED | {"mirrored"}
"""Codes of edits that a crop of the original may show too."""


@dataclasses.dataclass(frozen=True)
class SquareCrop:
    """A square of the original, px: its center and half its side."""

    x: float
    y: float
    half: float


def match_expected(original: Avatar, shown: Avatar) -> Match:
    """Return whether `shown` is a crop of `original`, a file of any size and aspect ratio, and which part it shows.

    `part` is set if the photo is found. If comparing the whole file leaves open whether light or colors differ, a crop
    settles that only if it shows the same photo.
    """
    found = match(original, shown)
    if found.code == "same":
        return _with_part(found, _part(original, _centre(original)))
    if found.code in _NO_CROP:
        return found
    settled = _is_open(found)
    for crop in [*_followed(original, shown, found), *_search(original.pixels, shown)]:
        cropped = match(_cut(original, crop), shown)
        if cropped.code == "same":
            return _with_part(cropped, _part(original, crop))
        if not settled and cropped.code in _EDITS and _rank(cropped) < _rank(found):
            found = dataclasses.replace(cropped, part=_part(original, crop))
    return found


def _followed(original: Avatar, shown: Avatar, found: Match) -> list[SquareCrop]:
    """Return the crop to which the comparison with the middle of the file points, if it shows one."""
    if found.code not in _MOVED:
        return []
    signals = measure(shown, _cut(original, _centre(original)))
    return [_refined(original.pixels, _moved(_centre(original), signals.alignment.pose), shown)]


def _is_open(found: Match) -> bool:
    """Return whether the crop is the one that is shown, and only its light or colors leave the result open."""
    return found.verdict is MatchVerdict.UNDETERMINED and found.code in _LOOKS


def _rank(found: Match) -> tuple[bool, float]:
    """Return a sort key for results: a crop whose edges agree comes first, then the closest one."""
    distance = found.open_at if found.score is None else found.score
    return found.code not in _LOOKS, 2.0 if distance is None else distance


def _with_part(found: Match, part: Part) -> Match:
    """Return `found` with the part of the file that is shown, described in its message unless it is the whole file."""
    left, top, width, height = (round(100 * share) for share in part)
    if min(width, height) >= WHOLE:
        return dataclasses.replace(found, part=part)
    said = message(
        "the same photo: shown is {width} % of the file’s width, {height} % of its height, from {left} % and {top} %",
        width=width,
        height=height,
        left=left,
        top=top,
    )
    return dataclasses.replace(found, part=part, said=said)


def _centre(original: Avatar) -> SquareCrop:
    height, width = original.pixels.shape[:2]
    return SquareCrop(width / 2, height / 2, min(width, height) / 2)


def _part(original: Avatar, crop: SquareCrop) -> Part:
    height, width = original.pixels.shape[:2]
    left, top = max(0.0, crop.x - crop.half), max(0.0, crop.y - crop.half)
    return left / width, top / height, min(1.0, 2 * crop.half / width), min(1.0, 2 * crop.half / height)


def _cut(original: Avatar, crop: SquareCrop) -> Avatar:
    height, width = original.pixels.shape[:2]
    box = (
        max(0.0, crop.x - crop.half),
        max(0.0, crop.y - crop.half),
        min(float(width), crop.x + crop.half),
        min(float(height), crop.y + crop.half),
    )
    side = int(max(GRID, min(192.0, 2 * crop.half)))
    pixels = np.asarray(Image.fromarray(original.pixels).resize((side, side), Image.Resampling.HAMMING, box=box))
    factor = original.natural[0] / width
    return Avatar(pixels, (round(2 * crop.half * factor), round(2 * crop.half * factor)), original.name)


def _search(pixels: Pixels, shown: Avatar) -> list[SquareCrop]:
    """Return the crops that may be shown, refined, with the best first."""
    height, width = pixels.shape[:2]
    template = view(shown, SIDE).luma
    image = Image.fromarray(pixels).convert("L")
    found: list[tuple[float, SquareCrop]] = []
    part = 1.0
    while part >= SMALLEST_PART:
        side = part * min(width, height)
        unit = side / SIDE
        small = image.resize((max(SIDE, round(width / unit)), max(SIDE, round(height / unit))), Image.Resampling.BOX)
        score = _slide(np.asarray(small, dtype=np.float32), template)
        for index in np.argsort(-score, axis=None)[:2]:
            row, column = np.unravel_index(index, score.shape)
            at = SquareCrop(
                (float(column) + SIDE / 2) * width / small.width,
                (float(row) + SIDE / 2) * height / small.height,
                side / 2,
            )
            found.append((float(score[row, column]), at))
        part /= _STEP
    found.sort(key=lambda item: -item[0])
    return [_refined(pixels, crop, shown) for _, crop in found[:4]]


def _slide(picture: Floats, template: Floats) -> NDArray[np.float32]:
    """Return the correlation of `template` with every window of `picture`, inside the avatar's circle."""
    at = positions(SIDE)
    mask = inside(at, at)
    windows = np.lib.stride_tricks.sliding_window_view(picture, (SIDE, SIDE))[:, :, mask]
    wanted = template[mask] - template[mask].mean()
    spread = windows.std(axis=2) * (float(wanted.std()) * wanted.size) + np.float32(1e-3)
    score: NDArray[np.float32] = (windows @ wanted) / spread
    return score


def _moved(crop: SquareCrop, pose: Pose) -> SquareCrop:
    half = crop.half
    return SquareCrop(crop.x + pose.x * half, crop.y + pose.y * half, half * (1 + pose.scale))


def _refined(pixels: Pixels, crop: SquareCrop, shown: Avatar) -> SquareCrop:
    """Return `crop` moved and scaled, within the original, to match what `shown` shows."""
    height, width = pixels.shape[:2]
    side = int(max(12, min(GRID, diameter(shown))))
    wanted = view(shown, side).luma
    image = Image.fromarray(pixels)
    for blur, steps in ((COARSE, 5), (BLUR, 6), (BLUR, 6)):
        half = min(crop.half, width / 2, height / 2)
        x, y = float(np.clip(crop.x, half, width - half)), float(np.clip(crop.y, half, height - half))
        box = x - half, y - half, x + half, y + half
        seen = np.asarray(image.resize((side, side), Image.Resampling.HAMMING, box=box).convert("L"), dtype=np.float32)
        scaled = blur * side / GRID if blur == COARSE else blur
        pose = refine(Still(wanted, scaled), seen, Pose(), steps)
        crop = _moved(SquareCrop(x, y, half), pose)
    half = min(crop.half, width / 2, height / 2)
    return SquareCrop(float(np.clip(crop.x, half, width - half)), float(np.clip(crop.y, half, height - half)), half)
