"""Decides by evidence whose avatar a picture is, never by a display name alone. Pure.

The evidence, strongest first: the account in the photo's URL; a mail or chat link of the card; the page's canvas data
if it lists as many people as there are cards; the address on the profile card. A name can only rule somebody out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from troubleshooter.identity.photo_address import account_in, bare_account, object_id_in, stem_of, thumbnail_of


@dataclass(frozen=True)
class Member:
    """A person that the page's own data puts into a People web part or a byline."""

    upn: str
    email: str = ""
    object_id: str = ""
    fields: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """What the page's data says about the person, as names and values."""

    @property
    def name(self) -> str:
        """Return the member's name; empty if the page's data does not give it."""
        return dict(self.fields).get("name", "")

    @property
    def addresses(self) -> frozenset[str]:
        """Return the member's UPN and mail address, in lower case."""
        return frozenset(address.lower() for address in (self.upn, self.email) if address)


@dataclass(frozen=True)
class PersonCard:
    """The description of a person on a card with an avatar."""

    url: str = ""
    """URL of the picture."""
    links: tuple[str, ...] = ()
    """`mailto:`, `sip:` and `im:` links."""
    text: str = ""
    """The name, or the whole text of the card."""
    label: str = ""
    """What the picture itself is labelled with, such as its person's name."""


@dataclass(frozen=True)
class Subject:
    """The user whose photo is checked, with every address and name that pages may use."""

    upn: str
    aliases: frozenset[str] = frozenset()
    """More addresses of the same user, in lower case."""
    names: frozenset[str] = frozenset()
    """Display names, if known."""
    pictures: frozenset[str] = frozenset()
    """Paths of the user's stored thumbnails, in lower case and without their size, if the profile names them."""
    object_ids: frozenset[str] = frozenset()
    """Object ids in the directory, in lower case, if known."""

    @property
    def addresses(self) -> frozenset[str]:
        """Return every address of the subject, in lower case."""
        return self.aliases | {self.upn.lower()}


@dataclass
class SortedCards:
    """Cards sorted by owner, as indexes into the given cards."""

    mine: list[tuple[int, str]] = field(default_factory=list)
    """The subject's cards, with the evidence."""
    others: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    """Cards whose owner nothing proves, and whose name does not rule the subject out."""
    contradictory: list[int] = field(default_factory=list)
    """Cards on which one piece of evidence points to the subject, and another one to somebody else."""
    namesakes: list[tuple[int, str]] = field(default_factory=list)
    """Cards of `others` that show the subject's name, with their account: a namesake, or the wrong account."""


def linked_accounts(links: Sequence[str]) -> list[str]:
    """Return the addresses in `mailto:`, `sip:` and `im:` links, in lower case."""
    found = []
    for link in links:
        match = re.match(r"(?i)(?:mailto|sips?|im):(?:sips?:)?([^?]+)", link)
        if match and "@" in match[1]:
            found.append(bare_account(match[1]))
    return found


def _evidence(card: PersonCard, subject: Subject, members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return the (evidence, address) pairs of `card` itself, strongest first."""
    found: list[tuple[str, str]] = []
    if account := account_in(card.url):
        found.append(("photo-address", account))
    elif object_id := object_id_in(card.url):
        named = [member.upn.lower() for member in members if member.upn and member.object_id.lower() == object_id]
        if named or any(member.object_id for member in members if member.addresses & subject.addresses):
            found += [("photo-address", account) for account in named or [object_id]]
    elif thumbnail_of(card.url, subject.upn) or stem_of(card.url) in subject.pictures:
        found.append(("photo-address", subject.upn.lower()))
    return found + [("mail-link", account) for account in linked_accounts(card.links)]


def _believed(
    card: PersonCard, evidence: list[tuple[str, str]], subject: Subject, mine: Collection[str]
) -> list[tuple[str, str]]:
    """Return `evidence` without the links to the subject if the card is called by another name.

    A colleague's card may link to the subject, too: as an assistant, or as somebody to write to.
    """
    if _allows(card.label or card.text, subject):
        return evidence
    return [(kind, address) for kind, address in evidence if kind != "mail-link" or address not in mine]


def _by_position(
    cards: Sequence[PersonCard], rows: list[list[tuple[str, str]]], members: Sequence[Member], subject: Subject
) -> list[list[tuple[str, str]]]:
    """Return `rows`, completed from the page's data where a card has no evidence of its own.

    Nothing is added unless the data lists as many people as there are cards, in an order that no card contradicts,
    neither by an address nor by a name that is another member's, or not the subject's.
    """
    if len(members) != len(rows) or _is_reordered(cards, members):
        return rows
    mine = [card for card, member in zip(cards, members, strict=True) if member.addresses & subject.addresses]
    if not all(_may_be(card, subject) for card in mine):
        return rows
    pairs = list(zip(rows, members, strict=True))
    if any(row and row[0][1] not in (*member.addresses, member.object_id.lower()) for row, member in pairs):
        return rows
    names = [frozenset(_words(member.name)) for member in members]
    # Of people with one name, a position does not tell who is who: the cards may be in another order than the data.
    alone = [not name or names.count(name) == 1 for name in names]
    return [
        row or ([("canvas-data", member.upn.lower())] if member.upn and is_alone else [])
        for (row, member), is_alone in zip(pairs, alone, strict=True)
    ]


def _is_reordered(cards: Sequence[PersonCard], members: Sequence[Member]) -> bool:
    """Return whether a card shows the name of a member at another position, and not that of the one at its own."""
    names = [member.name for member in members]

    def is_of(card: PersonCard, name: str) -> bool:
        return bool(card.text and name) and contains_name(card.text, name)

    return any(
        names[at] and not is_of(card, names[at]) and any(is_of(card, name) for name in names)
        for at, card in enumerate(cards)
    )


def sort_cards(cards: Sequence[PersonCard], subject: Subject, members: Sequence[Member] = ()) -> SortedCards:
    """Sort `cards` by their owner; `members` are the people that the page's data names for the same part."""
    result = SortedCards()
    mine = set(subject.addresses)
    for member in members:
        if member.addresses & mine:
            mine |= member.addresses
    listed = not members or any(member.addresses & mine for member in members)
    known = {address for member in members for address in member.addresses} - mine
    told = [_evidence(card, subject, members) for card in cards]
    believed = [_believed(card, evidence, subject, mine) for card, evidence in zip(cards, told, strict=True)]
    rows = _by_position(cards, believed, members, subject)
    for index, (card, evidence) in enumerate(zip(cards, rows, strict=True)):
        for_subject = [kind for kind, address in evidence if address in mine]
        if not evidence:
            (result.unknown if told[index] or _may_be(card, subject) else result.others).append(index)
        elif not for_subject:
            is_namesake = bool(card.text and subject.names) and _may_be(card, subject)
            if is_namesake and evidence[0][0] == "canvas-data":
                result.unknown.append(index)  # a position alone does not tell whose card it is against the name on it
                continue
            result.others.append(index)
            if is_namesake:
                result.namesakes.append((index, evidence[0][1]))
        elif not listed and not _may_be(card, subject):
            result.contradictory.append(index)
        elif evidence[0][1] in mine and not any(address in known for _, address in evidence):
            result.mine.append((index, for_subject[0]))
        else:
            result.contradictory.append(index)
    return result


def contains_name(text: str, name: str) -> bool:
    """Return whether all words of `text` are in `name` or vice versa, ignoring order, case and accents."""
    words, name_words = _words(text), _words(name)
    return words <= name_words or name_words <= words


def is_name(text: str, name: str) -> bool:
    """Return whether `text` is `name` and nothing else, ignoring order, case and accents."""
    return bool(text) and _words(text) == _words(name)


def is_headed(text: str, name: str) -> bool:
    """Return whether `text` begins with `name`, in any order, perhaps behind its initials."""
    words, wanted = _words_in_order(text), _words(name)
    return bool(wanted) and any(set(words[start : start + len(wanted)]) == wanted for start in (0, 1))


def shows_name(card: PersonCard, subject: Subject) -> bool:
    """Return whether the card has a text that shows one of the subject's names."""
    return bool(card.text and subject.names) and _may_be(card, subject)


def _words(text: str) -> set[str]:
    return set(_words_in_order(text))


def _words_in_order(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def _may_be(card: PersonCard, subject: Subject) -> bool:
    """Return whether either the card's text or the picture's label does not rule the subject out."""
    said = [text for text in (card.text, card.label) if _words(text)]
    return not said or any(_allows(text, subject) for text in said)


def _allows(text: str, subject: Subject) -> bool:
    """Return whether `text` does not rule the subject out."""
    words, names = _words(text), subject.names
    return not words or not names or any(_words(name) <= words or _is_within(name, text) for name in names)


def _is_within(name: str, text: str) -> bool:
    """Return whether `text` contains `name` in a script that is written without spaces, ignoring any spaces."""
    letters = [c for c in name if c.isalnum()]
    unspaced = bool(letters) and all(unicodedata.category(c) == "Lo" for c in letters)
    return unspaced and "".join(name.split()) in "".join(text.split())
