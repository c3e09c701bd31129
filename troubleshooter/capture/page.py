"""Writes a whole page: learns what is in it, replaces, and says at the top what the file is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.attributes import Attributes
from troubleshooter.capture.identifiers import ADDRESS, Identifiers
from troubleshooter.capture.markup import Markup
from troubleshooter.capture.pseudonyms import Pseudonyms
from troubleshooter.capture.snapshot import Document, Element, read
from troubleshooter.capture.stand_ins import GENERAL, tenant_words
from troubleshooter.capture.texts import Texts
from troubleshooter.redaction.sinks import SINKS

MARK = "troubleshooter-captured-page"
"""Name of the meta element by which a saved page is known."""
MARK_LOCATOR = "troubleshooter-locator"
"""Name of the meta elements that say which locators found something."""
_READ_TEXTS = frozenset({"alt", "title", "aria-label", "placeholder", "value", "label", "aria-description", "content"})


@dataclass(frozen=True)
class Known:
    """What stays as it is on every page, because the facts document it and locators go by it."""

    identifiers: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    tagged: frozenset[str] = frozenset()
    """Attributes whose value is a name of Microsoft's with a text of the page in parentheses after it."""


@dataclass(frozen=True)
class About:
    """What a saved page says of itself, and what it must not say."""

    kind: str
    """Which page it is, such as `site-page`."""
    version: str
    """The product's."""
    date: str
    """The day, and no time of day."""
    own: Mapping[str, str]
    """By host, what stands for the tenant's own hosts."""
    accounts: tuple[str, ...] = ()
    """User names that the run knows."""
    known: Known = field(default_factory=Known)
    locators: tuple[str, ...] = ()
    """Which of the product's locators found something on it: the product's own words, which stay as they are."""


@SINKS.at("page")
def replaced(about: About, taken: str) -> str:
    """Return the page `taken` (see `pages/page_snapshot.py`) as HTML in which nobody is named."""
    document = read(taken)
    names = Pseudonyms(account.rpartition("@")[2] for account in about.accounts)
    identifiers = Identifiers(names, about.known.identifiers, _personal(document, about))
    texts = Texts(names, identifiers, about.known.labels, about.known.apps)
    texts.learn(_texts(document))
    addresses = Addresses(names, identifiers, about.own)
    attributes = Attributes(identifiers, texts, addresses, about.known.tagged)
    return Markup(attributes, texts).document(document, _head(about, _language(document)))


def is_saved_page(data: bytes) -> bool:
    """Return whether `data` is a file that `replaced` made."""
    return f'<meta name="{MARK}" '.encode() in data[:4000]


def contents(data: bytes) -> str:
    """Return how much of what a saved page holds."""
    elements, pictures = len(re.findall(rb"<[a-z]", data)), data.count(b"data:image/svg+xml")
    frames, requests = data.count(b' srcdoc="'), data.count(b'name="troubleshooter-request"')
    return f"{elements} elements, {frames} frames, {pictures} plain pictures, {requests} cleaned addresses of requests"


def _head(about: About, language: str) -> str:
    said = (
        f"A page of Microsoft 365, saved on {about.date} by troubleshooter {about.version}. The structure is its own. "
        "Texts, names, addresses, tokens and pictures are replaced, the same by the same: words beginning with x, "
        "contoso for the tenant, person1 for a person, path1 for a part of an address. Nothing here runs or loads."
    )
    content = f"kind={about.kind}; language={language}; version={about.version}; date={about.date}"
    found = "".join(f'<meta name="{MARK_LOCATOR}" content="{html.escape(line)}">' for line in about.locators)
    return f'<!-- {said} --><meta name="{MARK}" content="{content}">{found}'


def _language(document: Document) -> str:
    for part in document.parts:
        if isinstance(part, Element):
            found = dict(part.attributes).get("lang", "")
            return found if re.fullmatch(r"[A-Za-z]{2}(-[A-Za-z0-9]{2,4})?", found) else "unknown"
    return "unknown"


def _texts(document: Document) -> Iterator[str]:
    """Yield every text of a page that a person can read."""
    for part in document.every_part():
        if isinstance(part, str):
            yield part
        elif isinstance(part, Element):
            yield from (value for name, value in part.attributes if name.lower() in _READ_TEXTS)
            if part.value:
                yield part.value


def _personal(document: Document, about: About) -> frozenset[str]:
    """Return the words of the names of the tenant and of everybody whose address is on the page."""
    found = set(tenant_words(about.own))
    for address in (*about.accounts, *_addresses(document)):
        local, _, domain = address.partition("@")
        found |= {word.lower() for word in re.findall(r"[^\W\d_]{2,}", local)}
        found |= tenant_words([domain])
    return frozenset(found - GENERAL)


def _addresses(document: Document) -> Iterator[str]:
    for part in document.every_part():
        for text in (part,) if isinstance(part, str) else part.attributes if isinstance(part, Element) else ():
            plain = unquote(text if isinstance(text, str) else text[1])
            yield from ADDRESS.findall(plain) if "@" in plain else ()
