"""Makes text safe to print and to store: nothing in it controls a terminal, deceives a reader, or can't be encoded."""

from __future__ import annotations

import json
import re
import unicodedata

_LONE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` in one line, with every character that is not shown as itself written as a JSON escape.

    These are control characters (an escape sequence can move the cursor or hide text, a line break can fake a line of
    the product's own), format characters (they reverse text, or are invisible) and line separators. Spaces of any width
    are kept. JSON stays the same JSON.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def well_formed(text: str) -> str:
    """Return `text` with each half of a surrogate pair replaced by U+FFFD.

    A script can put such halves into a page, and a file name that is not UTF-8 is read as some; no file can store them.
    """
    try:
        text.encode()  # much faster than looking for what is hardly ever there
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


def _shown(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return json.dumps(character)[1:-1]
