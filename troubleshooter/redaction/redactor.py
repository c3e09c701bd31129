"""Redacts every text that leaves the product: the secrets of a run by value, and tokens by their kind."""

from __future__ import annotations

import base64
import functools
import html
import html.entities
import json
import re
from collections.abc import Iterator

from troubleshooter.redaction.patterns import BACKSLASHES, MASK, redact_address
from troubleshooter.redaction.printable import well_formed
from troubleshooter.redaction.secret import Secret

_SHORTEST = 4
"""Minimum length in characters of a secret that is redacted; a shorter one can't be distinguished from text."""

LONGEST_FIELD = 10_000
"""Characters of the longest text in a record; a page may contain a name of a million, and a report repeats names."""


def spellings(value: str) -> Iterator[str]:
    """Yield patterns of the forms in which `value` may be written in a text.

    Each character may be plain, or encoded as in a URL, HTML or JSON. Base64 may start within other bytes, encode UTF-8
    or UTF-16, and be encoded in a URL or JSON in turn.
    """
    yield "".join(map(_spelled, value))
    yield f"(?i:{value.encode().hex()})"
    for raw in (value.encode(), value.encode("utf-16-le")):
        for before in range(3):
            # Base64 encodes three bytes at a time: characters that also depend on a neighbor are left out at both ends.
            start, end = -(-before * 4 // 3), (before + len(raw)) * 4 // 3
            inner = base64.b64encode(bytes(before) + raw).decode()[start:end]
            if len(inner) >= _SHORTEST:
                neighbour = "[A-Za-z0-9+/_-]?"
                yield neighbour + "".join(_IN_BASE64.get(character, character) for character in inner) + neighbour


_IN_BASE64 = {
    "+": rf"(?:[+-]|(?i:%(?:25)*2B|{BACKSLASHES}u002B))",
    "/": rf"(?:[/_]|{BACKSLASHES}/|(?i:%(?:25)*2F|{BACKSLASHES}u002F))",
}
"""How the two characters of base64 that are neither letters nor digits may be written."""


@functools.cache
def _entity_names() -> dict[str, list[str]]:
    """Return the HTML entity names of each character."""
    names: dict[str, list[str]] = {}
    for name, character in html.entities.html5.items():
        names.setdefault(character, []).append(re.escape(name.removesuffix(";")))
    return names


def _spelled(character: str) -> str:
    """Return a pattern that matches every way to write `character`."""
    plain = {character, json.dumps(character)[1:-1], *(["\\/"] if character == "/" else [])}
    # JSON may be within an HTML attribute, and a URL within another URL.
    in_html = {form for text in plain for form in (text, html.escape(text), json.dumps(html.escape(text))[1:-1])}
    forms = {re.escape(form) for form in (*in_html, *(json.dumps(text)[1:-1] for text in plain))}
    utf16 = character.encode("utf-16-be")
    units = [utf16[at : at + 2].hex() for at in range(0, len(utf16), 2)]
    single = [character.encode("latin-1")] if ord(character) < 0x100 else []
    for lead, inner in (("%(?:25)*", ""), (BACKSLASHES, "x")):
        # As in URLs and in programs' quoting, such as tracebacks: bytes of UTF-8 or Latin-1, units of UTF-16.
        ways = ["".join(f"{lead}{inner}{byte:02x}" for byte in raw) for raw in (character.encode(), *single)]
        ways += ["".join(f"{lead}u{unit}" for unit in units)]
        forms |= {f"(?i:{'|'.join(dict.fromkeys(ways))})"}
    named = "".join(f"|{name}" for name in _entity_names().get(character, []))
    forms |= {f"(?i:&(?:amp;)?(?:#0*{ord(character)}|#x0*{ord(character):x}{named});)"}
    forms |= {r"\+"} if character == " " else set()
    forms |= {rf"{BACKSLASHES}{re.escape(character)}"} if not character.isalnum() and character != "\\" else set()
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


class Redactor:
    """Replaces the secrets that it knows, and anything that looks like a token, in texts."""

    def __init__(self) -> None:
        self._secrets: dict[str, re.Pattern[str]] = {}

    def learn(self, secret: Secret) -> None:
        """From now on redact `secret`, in any spelling."""
        if len(secret.reveal()) >= _SHORTEST and secret.reveal() not in self._secrets:
            self._secrets[secret.reveal()] = re.compile("|".join(spellings(secret.reveal())))

    def redact(self, text: str) -> str:
        """Return `text` without known secrets and without tokens."""
        return redact_address(self._without_secrets(text))

    def redact_field(self, text: str) -> str:
        """Return a text of a record redacted, and cut if it is longer than any text that a person reads."""
        if len(text) <= LONGEST_FIELD:
            return self.redact(text)
        # More is read than remains, and the end of that is left out, so that no half of a secret remains.
        read = self.redact(text[: 10 * LONGEST_FIELD])[: -LONGEST_FIELD // 10]
        return f"{read[:LONGEST_FIELD]}…"

    def _without_secrets(self, text: str) -> str:
        text = well_formed(text)
        for value in sorted(self._secrets, key=len, reverse=True):
            text = self._secrets[value].sub(MASK, text)
        return text
