"""Replaces the values of JSON that stands in an attribute; its shape stays, because page objects read it."""

from __future__ import annotations

import json
import re
from typing import Any

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.identifiers import ADDRESS, GUID, Identifiers
from troubleshooter.capture.texts import Texts

_DEEPEST = 20
_ACCOUNT = re.compile(r"i:0[#%].{1,3}f[|].*", re.IGNORECASE | re.DOTALL)
_KINDS = frozenset(
    {"id", "componentid", "webpartid", "instanceid", "layout", "dataversion", "controltype", "position", "type", "kind"}
)
"""Keys whose values are the page's own identifiers and numbers."""
_PLACES = re.compile(r"\w*(?:index|position|order|factor|type|kind|layout|version|state)", re.IGNORECASE | re.ASCII)
"""Keys whose small numbers say where on a page something is, or which kind of thing it is."""


class JsonValues:
    """The JSON values of one file."""

    def __init__(self, identifiers: Identifiers, texts: Texts, addresses: Addresses) -> None:
        self._identifiers = identifiers
        self._texts = texts
        self._addresses = addresses

    def replaced(self, text: str) -> str:
        """Return the JSON `text` with its values replaced; a text in place of what is not JSON."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return self._texts.replaced(text)
        return json.dumps(self._value("", data, 0), ensure_ascii=False)

    def _value(self, key: str, data: Any, depth: int) -> Any:  # noqa: ANN401 - whatever JSON holds
        if depth > _DEEPEST:
            return None
        if isinstance(data, dict):
            return {self._key(name): self._value(name, inner, depth + 1) for name, inner in data.items()}
        if isinstance(data, list):
            return [self._value(key, inner, depth + 1) for inner in data]
        if isinstance(data, str):
            return self._text(key, data)
        if isinstance(data, bool) or data is None:
            return data
        small = abs(data) < 100 and (key.lower() in _KINDS or _PLACES.fullmatch(key))
        return round(data, 2) if small else 0

    def _key(self, name: str) -> str:
        if re.fullmatch(r"[\w.\-:@$\[\]]{1,80}", name, re.ASCII):
            return re.sub(r"[^\[\]@$]+", lambda found: self._identifiers.cleaned(found[0]), name)
        return self._texts.replaced(name)

    def _text(self, key: str, text: str) -> str:
        plain = text.strip()
        if plain[:1] in ("{", "["):
            return self.replaced(plain)
        if GUID.fullmatch(plain) or ADDRESS.fullmatch(plain):
            return self._identifiers.special(plain)
        if _ACCOUNT.fullmatch(plain):
            account = plain.rpartition("|")[2]
            person = self._identifiers.special(account if "@" in account else f"{account}@")
            return f"i:0#.f|membership|{person}"
        if re.match(r"(?:https?|mailto|sip):|/", plain, re.IGNORECASE):
            return self._addresses.cleaned(plain)
        if key.lower() in _KINDS and re.fullmatch(r"[\w.\-]{1,80}", plain, re.ASCII):
            return self._identifiers.cleaned(plain)
        return self._texts.replaced(text)
