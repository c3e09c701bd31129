"""Reads from CSS selectors what a page must keep for them to match: ids, classes, names and values of attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ATTRIBUTE = re.compile(
    r"""\[\s*(?P<name>[\w-]+)\s*(?:(?P<how>[*^$~|]?=)\s*(?:"(?P<value>[^"]*)"|(?P<bare>[\w-]+))\s*[is]?\s*)?\]"""
)
_ID_OR_CLASS = re.compile(r"[#.]((?:[\w-]|\\.)+)")
_ADDRESSES = frozenset({"href", "src", "action"})
_SAID = frozenset({"aria-label", "title", "alt", "placeholder"})
"""Attributes that hold a text, which a saved page keeps only if it begins with a known label."""


@dataclass(frozen=True)
class Marks:
    """What selectors go by."""

    identifiers: frozenset[str]
    """Ids, classes, names of attributes, and their values."""
    labels: tuple[str, ...]
    """Interface words."""


def marks_in(selectors: Iterable[str]) -> Marks:
    """Return what `selectors` go by; addresses are left to the rules for addresses."""
    identifiers: set[str] = set()
    labels: dict[str, None] = {}
    for selector in selectors:
        for found in _ATTRIBUTE.finditer(selector):
            value = found["value"] or found["bare"] or ""
            if found["name"] in _SAID:
                labels[value] = None
            elif found["name"] not in _ADDRESSES:
                identifiers |= {found["name"], value}
        identifiers |= {mark.replace("\\", "") for mark in _ID_OR_CLASS.findall(_ATTRIBUTE.sub("", selector))}
    return Marks(frozenset(identifiers - {""}), tuple(label for label in labels if label))
