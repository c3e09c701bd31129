"""Makes text safe for a terminal: nothing in it controls the terminal, or changes only how text looks."""

from __future__ import annotations

import json
import unicodedata


def printable(text: str) -> str:
    """Return `text` in one line, with every character that is not shown as itself written as a JSON escape.

    These are control characters (an escape sequence can move the cursor or hide text, a line break can fake a line of
    the product's own), format characters (they reverse text, or are invisible) and line separators. Spaces of any width
    are kept. JSON stays the same JSON.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return json.dumps(character)[1:-1]
