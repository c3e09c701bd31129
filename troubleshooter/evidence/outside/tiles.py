"""Draws the tiles that stand for photos: A like the reference, B unlike it, gray for what was not compared."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Kind, MatchVerdict
from troubleshooter.model.records import Record

_SIDE = 192
_SAME, _OTHER, _NEITHER = "A", "B", ""
_COLORS = {_SAME: "#2f5f8a", _OTHER: "#8a4a2f", _NEITHER: "#8a8f96"}
_LETTERS = {MatchVerdict.SAME: _SAME, MatchVerdict.DIFFERENT: _OTHER}


class Tiles:
    """The tiles of one copy, which are written into its folder as they are asked for."""

    def __init__(self, record: Record, folder: RunFolder) -> None:
        self._folder = folder
        self._letters = _letters(record)

    def of(self, side: int | str) -> tuple[str, str]:
        """Return the tile of a sighting, or of the expected photo: its path and its digest."""
        return self._kept(self._letters.get(side, _NEITHER))

    def other(self) -> tuple[str, str]:
        """Return the tile of a picture that was not compared: its path and its digest."""
        return self._kept(_NEITHER)

    def _kept(self, letter: str) -> tuple[str, str]:
        return self._folder.keep(_drawn(letter), ".png")


def _letters(record: Record) -> dict[int | str, str]:
    """Return the letter of each photo that was compared with the reference, and of the reference itself."""
    reference = record.reference
    found: dict[int | str, str] = {} if reference is None else {reference: _SAME}
    for comparison in record.comparisons:
        sides = [side for side in (comparison.a, comparison.b) if side != reference]
        if len(sides) == 1 and comparison.verdict in _LETTERS and _is_photo(record, sides[0]):
            found.setdefault(sides[0], _LETTERS[comparison.verdict])
    return found


def _is_photo(record: Record, side: int | str) -> bool:
    if isinstance(side, str):
        return True
    return side < len(record.sightings) and record.sightings[side].kind is Kind.PHOTO


def _drawn(letter: str) -> bytes:
    """Return a tile as PNG."""
    image = Image.new("RGB", (_SIDE, _SIDE), _COLORS[letter])
    middle = (_SIDE / 2, _SIDE / 2)
    ImageDraw.Draw(image).text(middle, letter, "#ffffff", ImageFont.load_default(_SIDE * 0.5), anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
