"""Measures for which scripts this computer has fonts: a missing character looks like one that nobody has assigned."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page

SAMPLES = MappingProxyType(
    {
        "Latin": "Ag",
        "Romanian": "șțăâî",
        "Japanese": "写真あ",
        "Arabic": "صعي",
        "emoji": "🎉🧑",
    }
)
"""Characters that names and pages contain, by script."""
_UNASSIGNED = ("\u0378", "\u0379")
"""Two characters that no font has: Unicode has not assigned them."""
_DRAWN = """(characters) => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  pen.font = '32px sans-serif';
  return characters.map((character) => {
    pen.clearRect(0, 0, 48, 48);
    pen.fillText(character, 8, 36);
    return `${pen.measureText(character).width} ${pen.getImageData(0, 0, 48, 48).data.join()}`;
  });
}"""


async def missing_scripts(tab: Page) -> list[str] | None:
    """Return the scripts of `SAMPLES` that are drawn as boxes, measured in the empty tab `tab`; None if unknown.

    Unknown means that two unassigned characters look different: then a look does not tell that a glyph is missing.
    """
    characters = "".join(SAMPLES.values())
    box, other, *drawn = await tab.evaluate(_DRAWN, [*_UNASSIGNED, *characters])
    if box != other:
        return None
    looks = dict(zip(characters, drawn, strict=True))
    return [script for script, sample in SAMPLES.items() if any(looks[character] == box for character in sample)]
