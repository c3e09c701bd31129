"""Replaces the values of attributes that a page's authors made up, by what the value looks like."""

from __future__ import annotations

import re

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.identifiers import ADDRESS, Identifiers
from troubleshooter.capture.json_values import JsonValues
from troubleshooter.capture.texts import Texts
from troubleshooter.capture.word_list import words

_PERSONAL = re.compile(
    r"name|title|label|text|user|person|mail|upn|account|author|owner|login|phone|member|job|compan|depart|value|display|tip"
)
"""Parts of the names of attributes that say what somebody or something is called, whatever words the value has."""
_AUTHORS = re.compile(r"data-(?:automation-?id|tid|test-?id|test-cred-id|log-region|log-name|value|view)")
"""Attributes whose values the page's authors write (photo sync 5.1; real pages 3.3, 4.3, 4.4, 7.2, 7.3: A to B)."""
_STATES = words("true false null undefined none auto on off yes no")
"""Values that say nothing about anybody, whatever the attribute is called."""
_PATH = re.compile(r"[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}|\[\d{1,3}\])*", re.IGNORECASE | re.ASCII)
"""Where in a page's own data something is, such as `persons[0].email`."""
_SIMPLE = re.compile(r"[\w.:\-/]{1,120}", re.ASCII)
_LINK = re.compile(r"(?:(?:https?|blob|data|mailto|sip):|/[\w%:]|\.{1,2}/)\S*", re.IGNORECASE)
_LITERAL = re.compile(r"'[^']*'?|\"[^\"]*\"?")


class DataValues:
    """The values of one file's data attributes."""

    def __init__(self, identifiers: Identifiers, texts: Texts, addresses: Addresses, paths: frozenset[str]) -> None:
        """Replace with the file's own rules.

        Args:
            paths: attributes whose values say where in a page's own data something is.
        """
        self._paths = paths
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
        return self._written_by_authors(name, plain) or self._texts.replaced(value)

    def _written_by_authors(self, name: str, value: str) -> str:
        """Return a value that the page's authors wrote, cleaned; nothing if it may be anything else."""
        if value.lower() in _STATES:
            return value
        if name == "data-bind":
            return self._expression(value)
        if _PATH.fullmatch(value) and (name in self._paths or ("[" in value and self._path(value) == value)):
            return self._path(value)
        simple = _SIMPLE.fullmatch(value) and (_AUTHORS.fullmatch(name) or not _PERSONAL.search(name))
        return self._identifiers.cleaned(value) if simple else ""

    def _path(self, value: str) -> str:
        """Return the path of a property with its unknown words replaced."""
        return re.sub(r"[a-z_]\w*", lambda found: self._identifiers.cleaned(found[0]), value, flags=re.IGNORECASE)

    def _expression(self, value: str) -> str:
        """Return a binding to the page's code, with its literals and unknown words replaced."""
        code = _LITERAL.sub("''", value)[:1000]
        return re.sub(
            r"[^\s(){}\[\]<>=!&|+*?,:;.$'%]+",
            lambda found: "0" if found[0].isdigit() else self._identifiers.cleaned(found[0]),
            code,
        )
