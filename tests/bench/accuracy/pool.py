"""The pool of sightings from which pairs are sampled: photographs × edits × looks, rendered or as plain files."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from tests.bench.accuracy import edits
from tests.bench.accuracy.photos import Photo
from tests.bench.accuracy.render import Look, data_uri, initials, look, render, silhouette

FILES = 0.25
"""Share of sightings that are plain stored files rather than element screenshots."""
LETTERS = ("AB", "J", "MK", "ȘȚ", "ЖЮ", "ΩΣ", "ABC", "ÅÖ", "Q", "II", "WM", "אב", "R2")
COLOURS = ("#750b1c", "#d13438", "#ca5010", "#498205", "#038387", "#004e8c", "#5c2e91", "#c239b3", "#7a7574", "#a4262c")


@dataclass(frozen=True)
class Shown:
    """A pool entry: the picture that a sighting shows, and how it was made."""

    who: str
    edit: str
    data: bytes
    px: float
    """Side of the photo itself, in device px."""
    coloured: bool
    look: Look | None = None
    """How the picture was rendered; None for a plain file."""


def build(photos: list[Photo], seed: int, plain: int, edited: int) -> list[Shown]:
    """Return the pool: each photo `plain` times unedited and `edited` times with each edit, plus 150 placeholders."""
    dice = random.Random(seed)
    jobs, told, files = [], [], []
    for photo, name in itertools.product(photos, edits.EDITS):
        colour = edits.coloured(photo.image)
        for _ in range(plain if name == "none" else edited):
            jpeg = edits.store(edits.EDITS[name](photo.image, dice), dice)
            if dice.random() < FILES:
                files.append(Shown(photo.name, name, jpeg, _side(jpeg), colour))
                continue
            shown = look(dice)
            jobs.append((data_uri(jpeg), shown))
            told.append((photo.name, name, shown.css_px * shown.dpr, colour))
    for number in range(150):
        shown = look(dice)
        ground, ink = dice.choice(COLOURS), "#ffffff"
        if dice.random() < 0.3:
            ground, ink = ink, ground
        content = (
            initials(dice.choice(LETTERS), ground, ink)
            if number % 2
            else silhouette(*dice.choice([("#e1dfdd", "#ffffff"), ("#c8c6c4", "#605e5c"), ("#edebe9", "#a19f9d")]))
        )
        jobs.append((content, shown))
        told.append(
            (f"placeholder-{number}", "initials" if number % 2 else "silhouette", shown.css_px * shown.dpr, True)
        )
    shots = render(jobs)
    return files + [
        Shown(who, edit, data, px, colour, how)
        for data, (who, edit, px, colour), (_, how) in zip(shots, told, jobs, strict=True)
    ]


def _side(jpeg: bytes) -> float:
    from io import BytesIO  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    return float(min(Image.open(BytesIO(jpeg)).size))
