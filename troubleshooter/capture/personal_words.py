"""Finds the words that an identifier may not keep although they are ordinary: of names, and of what a page is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from troubleshooter.capture.snapshot import Document, Element, Mark
from troubleshooter.capture.stand_ins import GENERAL, tenant_words
from troubleshooter.urls import split

_HEADINGS = re.compile(r"h[1-6]|title")


def personal_words(addresses: Iterable[str], own: Mapping[str, str]) -> frozenset[str]:
    """Return the words of the tenant's name, and of the names in mail addresses and user names.

    Args:
        own: by host, what stands for the tenant's own hosts.
    """
    found = set(tenant_words(own))
    for address in addresses:
        local, _, domain = address.partition("@")
        found |= {word.lower() for word in re.findall(r"[^\W\d_]{2,}", local)}
        found |= tenant_words([domain])
    return frozenset(found - GENERAL)


def heading_words(document: Document) -> Iterator[str]:
    """Yield the words of a document's headings, titles and address: pages make ids of them."""
    yield from _words(unquote(split(document.url).path))
    depth = 0
    for part in document.parts:
        if isinstance(part, Element):
            depth += bool(depth) or _is_heading(part)
        elif part is Mark.CLOSE:
            depth -= bool(depth)
        elif isinstance(part, str) and depth:
            yield from _words(part)
    for inner in document.frames.values():
        yield from heading_words(inner)


def _is_heading(element: Element) -> bool:
    return bool(_HEADINGS.fullmatch(element.tag)) or ("role", "heading") in element.attributes


def _words(text: str) -> Iterator[str]:
    """Yield the words of `text` as they would be in an id: split also where a capital begins."""
    for word in re.findall(r"[^\W\d_]+", text):
        yield word.casefold()
        yield from (piece.casefold() for piece in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", word))
