"""Decides what of each attribute stays. Whatever has no rule of its own is replaced as a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.attribute_kinds import (
    GONE,
    IDENTIFIERS,
    LANGUAGES,
    LEADING,
    LINKS,
    NUMBERS,
    SOURCES,
    STATES,
)
from troubleshooter.capture.data_values import DataValues
from troubleshooter.capture.identifiers import Identifiers
from troubleshooter.capture.pictures import told_size
from troubleshooter.capture.texts import Texts

_NAME = re.compile(r"[a-z_][a-z0-9_:.\-]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_NUMBER = re.compile(r"\s*(-?\d{1,4})(?:\.\d+)?(px|%|em|rem)?\s*")
_SIMPLE = re.compile(r"[\w.:\-/]{1,120}", re.ASCII)
_OWN = "data-captured-"
"""How the names of attributes begin that only a saved page has."""
_SET_ASIDE = f"{_OWN}{{}}"
"""The name under which an address is kept that would be loaded under its own."""


class Attributes:
    """The attributes of one file."""

    def __init__(
        self,
        identifiers: Identifiers,
        texts: Texts,
        addresses: Addresses,
        *,
        tagged: frozenset[str],
        paths: frozenset[str],
    ) -> None:
        """Replace with the file's own rules.

        Args:
            tagged: attributes whose value is a name of Microsoft's, and a text of the page in parentheses after it.
            paths: attributes whose value says where in the page's own data something is.
        """
        self._identifiers = identifiers
        self._texts = texts
        self._addresses = addresses
        self._data = DataValues(identifiers, texts, addresses, paths)
        rules: list[tuple[frozenset[str], Callable[[str], str]]] = [
            (IDENTIFIERS | STATES, self._identifiers.words),
            (NUMBERS, _number),
            (LANGUAGES, _language),
            (tagged, self._tag),
            (frozenset({"viewbox"}), _box),
        ]
        self._rules: Mapping[str, Callable[[str], str]] = MappingProxyType(
            {name: rule for attributes, rule in rules for name in attributes}
        )

    def written(self, tag: str, name: str, value: str) -> tuple[str, str] | None:
        """Return an attribute of the element `tag` as it is written to the file; None if it is dropped."""
        low = name.lower()
        if low in GONE or low.startswith(("on", "xmlns", _OWN)) or not _NAME.fullmatch(low):
            return None
        if low in LINKS:
            return self._link(tag, name, value)
        if low in SOURCES:
            return _SET_ASIDE.format(low), self._addresses.cleaned(value)
        if low in ("srcset", "imagesrcset"):
            return _SET_ASIDE.format("srcset"), self._source_set(value)
        if rule := self._rules.get(low):
            return name, rule(value)
        return self._identifiers.name(low), self._free(low, value)

    def setting(self, value: str) -> str:
        """Return the value of a page's setting, a page id or the service's code for an error; empty for any other."""
        if re.fullmatch(r"-?\d{1,7}", value):
            return value
        return self._identifiers.words(value) if _SIMPLE.fullmatch(value) else ""

    def address(self, value: str) -> str:
        """Return an address, cleaned."""
        return self._addresses.cleaned(value)

    def tag(self, name: str) -> str:
        """Return the name of an element that is no standard one, cleaned word by word."""
        clean = self._identifiers.name(name)
        return clean if re.fullmatch(r"[a-z][a-z0-9._\-]*", clean) else f"x-{re.sub(r'[^a-z0-9-]', '', clean)}"

    def _link(self, tag: str, name: str, value: str) -> tuple[str, str] | None:
        clean = self._addresses.cleaned(value)
        if tag == "use":
            return (name, clean) if clean.startswith("#") else None
        return (name, clean) if tag in LEADING else (_SET_ASIDE.format("href"), clean)

    def _free(self, name: str, value: str) -> str:
        """Return the value of an attribute that the page's authors made up, or that holds a text."""
        made_up = not name.startswith("aria-") and ("-" in name or ":" in name)
        return self._data.replaced(name, value) if made_up else self._texts.replaced(value)

    def _tag(self, value: str) -> str:
        head, bracket, rest = value.partition("(")
        known = self._identifiers.all_known(head)
        head = " ".join(head.split()) if known else self._texts.replaced(head).strip()
        return f"{head} ({self._texts.replaced(rest.rstrip(')'))})" if bracket else head

    def _source_set(self, value: str) -> str:
        sets = [candidate.split() for candidate in re.split(r",\s+|,(?=https?:)", value)]
        return ", ".join(
            " ".join(
                [self._addresses.cleaned(parts[0]), *filter(re.compile(r"\d{1,4}w|\d(\.\d)?x").fullmatch, parts[1:])]
            )
            for parts in sets
            if parts
        )


def _number(value: str) -> str:
    found = _NUMBER.fullmatch(value)
    if found is None:
        return ""
    return f"{_told(int(found[1]))}{found[2] or ''}"


def _told(number: int) -> int:
    return told_size(number) if number > 0 else max(number, -1)


def _language(value: str) -> str:
    return value if _LANGUAGE.fullmatch(value) else ""


def _box(value: str) -> str:
    numbers = re.findall(r"-?\d{1,4}(?:\.\d+)?", value)[:4]
    return " ".join(str(_told(round(float(number)))) for number in numbers) if len(numbers) == 4 else ""
