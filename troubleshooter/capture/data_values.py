"""Replaces the values of attributes that a page's authors made up, by what the value looks like."""

from __future__ import annotations

import re

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.identifiers import ADDRESS, Identifiers
from troubleshooter.capture.json_values import JsonValues
from troubleshooter.capture.texts import Texts

_PERSONAL = re.compile(
    r"name|title|label|text|user|person|mail|upn|account|author|owner|login|phone|member|job|compan|depart|value|display|tip"
)
"""Parts of the names of attributes that say what somebody or something is called, whatever words the value has."""
_AUTHORS = re.compile(r"data-(?:automation-?id|tid|test-?id|test-cred-id|log-region|log-name|value|view)")
"""Attributes whose values the page's authors write (photo sync 5.1; real pages 3.3, 4.3, 4.4, 7.2, 7.3: A to B)."""
_SIMPLE = re.compile(r"[\w.:\-/]{1,120}", re.ASCII)
_LINK = re.compile(r"(?:(?:https?|blob|data|mailto|sip):|/[\w%:]|\.{1,2}/)\S*", re.IGNORECASE)
_LITERAL = re.compile(r"'[^']*'?|\"[^\"]*\"?")


class DataValues:
    """The values of one file's data attributes."""

    def __init__(self, identifiers: Identifiers, texts: Texts, addresses: Addresses) -> None:
        self._identifiers = identifiers
        self._texts = texts
        self._addresses = addresses
        self._json = JsonValues(identifiers, texts, addresses)

    def replaced(self, name: str, value: str) -> str:
        """Return what stands in place of the `value` of the attribute `name`."""
        plain = value.strip()
        if plain[:1] in ("{", "["):
            return self._json.replaced(plain)
        if _LINK.fullmatch(plain):
            return self._addresses.cleaned(plain)
        if ADDRESS.fullmatch(plain):
            return self._identifiers.special(plain)
        if name == "data-bind":
            return self._expression(plain)
        if _SIMPLE.fullmatch(plain) and (_AUTHORS.fullmatch(name) or not _PERSONAL.search(name)):
            return self._identifiers.cleaned(plain)
        return self._texts.replaced(value)

    def _expression(self, value: str) -> str:
        """Return a binding to the page's code, with its literals and unknown words replaced."""
        code = _LITERAL.sub("''", value)[:1000]
        return re.sub(
            r"[^\s(){}\[\]<>=!&|+*?,:;.$'%]+",
            lambda found: "0" if found[0].isdigit() else self._identifiers.cleaned(found[0]),
            code,
        )
