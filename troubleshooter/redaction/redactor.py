"""A secret value, and the cleaning of every text that leaves the product."""

from __future__ import annotations

import base64
import functools
import html
import html.entities
import json
import re
from collections.abc import Iterator

from troubleshooter.redaction.patterns import MASK, redact_address, redact_page
from troubleshooter.redaction.secret import Secret

_SHORTEST = 4
"""Signs below which a value is no secret that could be told from any other text."""


def spellings(value: str) -> Iterator[str]:
    """Yield patterns of the forms in which `value` may stand in a text.

    Each sign may be plain, or written as an address, HTML or JSON writes it; base64 may start within other bytes, be of
    UTF-8 or of UTF-16, and be written as an address or JSON in turn.
    """
    yield "".join(map(_spelled, value))
    yield f"(?i:{value.encode().hex()})"
    for raw in (value.encode(), value.encode("utf-16-le")):
        for before in range(3):
            # Base64 takes three bytes at once: the signs that also depend on a neighbour are left out at both ends.
            start, end = -(-before * 4 // 3), (before + len(raw)) * 4 // 3
            inner = base64.b64encode(bytes(before) + raw).decode()[start:end]
            if len(inner) >= _SHORTEST:
                neighbour = "[A-Za-z0-9+/_-]?"
                yield neighbour + "".join(_IN_BASE64.get(sign, sign) for sign in inner) + neighbour


_IN_BASE64 = {
    "+": r"(?:[+-]|(?i:%(?:25)*2B|\\+u002B))",
    "/": r"(?:[/_]|\\+/|(?i:%(?:25)*2F|\\+u002F))",
}
"""How the two signs of base64 that are no letters may be written."""


@functools.cache
def _names() -> dict[str, list[str]]:
    """Return the names that HTML has for each sign."""
    names: dict[str, list[str]] = {}
    for name, sign in html.entities.html5.items():
        names.setdefault(sign, []).append(re.escape(name.removesuffix(";")))
    return names


def _spelled(sign: str) -> str:
    plain = {sign, json.dumps(sign)[1:-1], *(["\\/"] if sign == "/" else [])}
    # What is written as JSON may stand in an attribute, and an address within another address.
    forms = {re.escape(form) for one in plain for form in (one, html.escape(one), json.dumps(html.escape(one))[1:-1])}
    forms |= {re.escape(json.dumps(one)[1:-1]) for one in plain}
    utf16 = sign.encode("utf-16-be")
    units = [utf16[at : at + 2].hex() for at in range(0, len(utf16), 2)]
    single = [sign.encode("latin-1")] if ord(sign) < 0x100 else []
    for lead, inner in (("%(?:25)*", ""), (r"\\+", "x")):
        # In addresses and in programs' own quoting, as in a traceback: bytes of UTF-8 or Latin-1, units of UTF-16.
        ways = ["".join(f"{lead}{inner}{byte:02x}" for byte in raw) for raw in (sign.encode(), *single)]
        ways += ["".join(f"{lead}u{unit}" for unit in units)]
        forms |= {f"(?i:{'|'.join(dict.fromkeys(ways))})"}
    named = "".join(f"|{name}" for name in _names().get(sign, []))
    forms |= {f"(?i:&(?:amp;)?(?:#0*{ord(sign)}|#x0*{ord(sign):x}{named});)"}
    forms |= {r"\+"} if sign == " " else set()
    forms |= {rf"\\+{re.escape(sign)}"} if not sign.isalnum() and sign != "\\" else set()
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})"


class Redactor:
    """Replaces known secrets, and anything that looks like a token, in every text that is written or printed."""

    def __init__(self) -> None:
        self._secrets: dict[str, re.Pattern[str]] = {}

    def learn(self, secret: Secret) -> None:
        """From now on `secret` appears nowhere."""
        if len(secret.reveal()) >= _SHORTEST and secret.reveal() not in self._secrets:
            self._secrets[secret.reveal()] = re.compile("|".join(spellings(secret.reveal())))

    def redact(self, text: str) -> str:
        """Return `text` without any secret that was learned and without tokens."""
        return redact_address(self._without_values(text))

    def redact_page(self, html: str) -> str:
        """Return the HTML of a page without either, and without what its fields and its configuration hold."""
        return redact_page(self._without_values(html))

    def _without_values(self, text: str) -> str:
        for value in sorted(self._secrets, key=len, reverse=True):
            text = self._secrets[value].sub(MASK, text)
        return text
