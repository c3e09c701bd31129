"""Writes a whole page: learns what is in it, replaces, and says at the top what the file is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from troubleshooter.capture.addresses import Addresses
from troubleshooter.capture.attributes import Attributes
from troubleshooter.capture.identifiers import ADDRESS, Identifiers
from troubleshooter.capture.legend import LEGEND
from troubleshooter.capture.markup import Markup
from troubleshooter.capture.personal_words import heading_words, personal_words
from troubleshooter.capture.pseudonyms import Pseudonyms
from troubleshooter.capture.snapshot import Document, Element, read
from troubleshooter.capture.texts import Texts
from troubleshooter.redaction.sinks import SINKS

MARK = "troubleshooter-captured-page"
"""Name of the meta element by which a saved page is known."""
MARK_LOCATOR = "troubleshooter-locator"
"""Name of the meta elements that say which locators found something."""
SIGN_IN = "sign-in"
"""How the kinds of pages of sign-in begin: of them nothing is kept that was typed."""
_READ_TEXTS = frozenset({"alt", "title", "aria-label", "placeholder", "value", "label", "aria-description", "content"})


@dataclass(frozen=True)
class Known:
    """What stays as it is on every page, because the facts document it and locators go by it."""

    identifiers: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    tagged: frozenset[str] = frozenset()
    """Attributes whose value is a name of Microsoft's with a text of the page in parentheses after it."""
    paths: frozenset[str] = frozenset()
    """Attributes whose value says where in the page's own data something is."""


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
    return replaced_together([(about, taken)])[0]


def replaced_together(pages: Sequence[tuple[About, str]]) -> list[str]:
    """Return pages of one tenant as HTML in which nobody is named: the same is replaced by the same on all of them."""
    documents = [read(taken) for _, taken in pages]
    attributes, texts = _rules([about for about, _ in pages], documents)
    return [
        Markup(attributes, texts, typed=not about.kind.startswith(SIGN_IN)).document(
            document, _head(about, _language(document))
        )
        for (about, _), document in zip(pages, documents, strict=True)
    ]


def settings_in(about: About, taken: str) -> dict[str, str]:
    """Return what the page `taken` says of itself in its configuration, cleaned."""
    document = read(taken)
    attributes, _ = _rules([about], [document])
    return {name: attributes.setting(value) for name, value in document.settings}


def _rules(abouts: Sequence[About], documents: Sequence[Document]) -> tuple[Attributes, Texts]:
    """Return the rules by which `documents` are replaced, with what has to be learned from all of them."""
    known = abouts[0].known
    accounts = [account for about in abouts for account in about.accounts]
    names = Pseudonyms(account.rpartition("@")[2] for account in accounts)
    own = abouts[0].own
    personal = personal_words([*accounts, *(found for one in documents for found in _addresses(one))], own)
    said = frozenset(word for document in documents for word in heading_words(document))
    identifiers = Identifiers(names, known.identifiers, personal, said)
    texts = Texts(names, identifiers, known.labels, known.apps)
    for document in documents:
        texts.learn(_texts(document))
    addresses = Addresses(names, identifiers, own)
    return Attributes(identifiers, texts, addresses, tagged=known.tagged, paths=known.paths), texts


def is_saved_page(data: bytes) -> bool:
    """Return whether `data` is a file that `replaced` made."""
    return f'<meta name="{MARK}" '.encode() in data[:4000]


def contents(data: bytes) -> str:
    """Return how much of what a saved page holds."""
    elements, pictures = len(re.findall(rb"<[a-z]", data)), data.count(b"data:image/svg+xml")
    frames, requests = data.count(b' srcdoc="'), data.count(b'name="troubleshooter-request"')
    return f"{elements} elements, {frames} frames, {pictures} plain pictures, {requests} cleaned addresses of requests"


def _head(about: About, language: str) -> str:
    """Return what a saved page says of itself, to people and to programs: known by its beginning, then explained."""
    said = (
        f"A page of Microsoft 365, saved on {about.date} by troubleshooter {about.version}. The structure is its own. "
        "Texts, names, addresses, tokens and pictures are replaced. Nothing here runs or loads."
    )
    legend = "".join(f"\n  {line.replace('--', '-')}" for line in LEGEND)
    content = f"kind={about.kind}; language={language}; version={about.version}; date={about.date}"
    found = "".join(f'<meta name="{MARK_LOCATOR}" content="{html.escape(line)}">' for line in about.locators)
    return f'<!-- {said} --><meta name="{MARK}" content="{content}"><!-- How to read it:{legend}\n-->{found}'


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


def _addresses(document: Document) -> Iterator[str]:
    for part in document.every_part():
        for text in (part,) if isinstance(part, str) else part.attributes if isinstance(part, Element) else ():
            plain = unquote(text if isinstance(text, str) else text[1])
            yield from ADDRESS.findall(plain) if "@" in plain else ()
