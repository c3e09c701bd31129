"""Makes a text from outside fit to be part of a sentence: one line, of bounded length, in reading order."""

from __future__ import annotations

import unicodedata

LONGEST = 300
"""Characters of the longest name, title or address within a sentence."""
_JOINERS = "\u200c\u200d"
"""Format characters that some scripts and emoji need."""
ISOLATES = "\u2068\u2069"
"""The format characters between which a right-to-left name does not reorder the sentence around it."""


def one_line(text: str, longest: int = LONGEST, *, isolated: bool = False) -> str:
    """Return `text` in one line of at most `longest` characters, without characters that reverse or hide others.

    Control characters and line breaks become spaces, so that a name with a line break cannot fake a line of its own.

    Args:
        isolated: keep the characters with which the product itself has isolated names in the text.
    """
    if not text.isprintable():
        kept = _JOINERS + (ISOLATES if isolated else "")
        text = " ".join("".join(_plain(character, kept) for character in text[: 4 * longest]).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _plain(character: str, kept: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cf":
        return character if character in kept else ""
    return " " if kind in ("Cc", "Zl", "Zp", "Zs") else character
