"""Whose avatar is it? Decided by evidence, never by a display name alone. Pure.

In this order: the account in the photo's address; a mail or chat link of the card; the page's canvas data when it
lists as many people as there are cards; the address on the card's profile card. A name can only rule out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from troubleshooter.identity.photo_address import account_in, bare_account, object_id_in, stem_of, thumbnail_of


@dataclass(frozen=True)
class Member:
    """A person that the page's own data puts into a People web part or a byline."""

    upn: str
    email: str = ""
    object_id: str = ""
    told: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """What the page's data says of the person, field by field."""

    @property
    def addresses(self) -> frozenset[str]:
        """Return the member's UPN and mail, in lower case."""
        return frozenset(a.lower() for a in (self.upn, self.email) if a)


@dataclass(frozen=True)
class PersonCard:
    """What a card with an avatar tells about its person."""

    url: str = ""
    """Address of the picture."""
    links: tuple[str, ...] = ()
    """`mailto:`, `sip:` and `im:` links."""
    text: str = ""
    """The name, or all text of the card."""


@dataclass(frozen=True)
class Subject:
    """The subject, as a page may name them."""

    upn: str
    aliases: frozenset[str] = frozenset()
    """More addresses of the same person, in lower case."""
    names: frozenset[str] = frozenset()
    """Display names, where known."""
    pictures: frozenset[str] = frozenset()
    """Paths of the subject's stored thumbnails, in lower case and without their size, where the profile names them."""

    @property
    def addresses(self) -> frozenset[str]:
        """Return every address of the subject, in lower case."""
        return self.aliases | {self.upn.lower()}


@dataclass
class SortedCards:
    """Cards by whose they are: indexes into the cards given."""

    mine: list[tuple[int, str]] = field(default_factory=list)
    """The subject's, with the evidence."""
    others: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    """Nothing proves whose they are, and the name does not rule the subject out."""
    contradictory: list[int] = field(default_factory=list)
    """One piece of evidence says the subject, another says somebody else."""
    namesakes: list[tuple[int, str]] = field(default_factory=list)
    """Of `others` those that say the subject's name, with their account: a namesake, or the wrong account."""


def linked_accounts(links: Sequence[str]) -> list[str]:
    """Return the addresses in `mailto:`, `sip:` and `im:` links, in lower case."""
    found = []
    for link in links:
        match = re.match(r"(?i)(?:mailto|sips?|im):(?:sips?:)?([^?]+)", link)
        if match and "@" in match[1]:
            found.append(bare_account(match[1]))
    return found


def _evidence(card: PersonCard, who: Subject, members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return (evidence, address) pairs that `card` itself gives, strongest first."""
    found: list[tuple[str, str]] = []
    if account := account_in(card.url):
        found.append(("photo-address", account))
    elif object_id := object_id_in(card.url):
        named = [m.upn.lower() for m in members if m.upn and m.object_id.lower() == object_id]
        if named or any(m.object_id for m in members if m.addresses & who.addresses):
            found += [("photo-address", account) for account in named or [object_id]]
    elif thumbnail_of(card.url, who.upn) or stem_of(card.url) in who.pictures:
        found.append(("photo-address", who.upn.lower()))
    return found + [("mail-link", account) for account in linked_accounts(card.links)]


def _by_place(rows: list[list[tuple[str, str]]], members: Sequence[Member]) -> list[list[tuple[str, str]]]:
    """Return `rows` with the page's data for cards that give no evidence of their own.

    Only when it lists as many people as there are cards, in an order that no other card contradicts.
    """
    if len(members) != len(rows):
        return rows
    places = list(zip(rows, members, strict=True))
    if any(row and row[0][1] not in (*member.addresses, member.object_id.lower()) for row, member in places):
        return rows
    return [row or ([("canvas-data", member.upn.lower())] if member.upn else []) for row, member in places]


def sort_cards(cards: Sequence[PersonCard], who: Subject, members: Sequence[Member] = ()) -> SortedCards:
    """Return whose each of `cards` is; `members` are the people that the page's data names for the same place."""
    result = SortedCards()
    mine = set(who.addresses)
    for member in members:
        if member.addresses & mine:
            mine |= member.addresses
    listed = not members or any(member.addresses & mine for member in members)
    known = {address for member in members for address in member.addresses} - mine
    rows = _by_place([_evidence(card, who, members) for card in cards], members)
    for index, (card, evidence) in enumerate(zip(cards, rows, strict=True)):
        says_mine = [kind for kind, address in evidence if address in mine]
        if not evidence:
            (result.unknown if _may_be(card, who) else result.others).append(index)
        elif not says_mine:
            result.others.append(index)
            if card.text and who.names and _may_be(card, who):
                result.namesakes.append((index, evidence[0][1]))
        elif (evidence[0][0] == "canvas-data" or not listed) and not _may_be(card, who):
            result.contradictory.append(index)
        elif evidence[0][1] in mine and not any(address in known for _, address in evidence):
            result.mine.append((index, says_mine[0]))
        else:
            result.contradictory.append(index)
    return result


def contains_name(text: str, name: str) -> bool:
    """Return whether a card's `text` says `name`, or a part of it; whatever the accents and the order of the words."""
    one, other = _words(text), _words(name)
    return one <= other or other <= one


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return set(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _may_be(card: PersonCard, who: Subject) -> bool:
    """Return whether the card's text leaves room for the subject: a name may only rule out."""
    words = _words(card.text)
    return not words or not who.names or any(_words(name) <= words or _within(name, card.text) for name in who.names)


def _within(name: str, text: str) -> bool:
    """Return whether `text` holds a name in a script that is written without blanks, in whichever way it has them."""
    letters = [c for c in name if c.isalnum()]
    unspaced = bool(letters) and all(unicodedata.category(c) == "Lo" for c in letters)
    return unspaced and "".join(name.split()) in "".join(text.split())
