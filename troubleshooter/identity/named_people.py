"""Decides which users People web parts name: by user name, never by a display name or a mail address alone. Pure.

The page's own data says who is in a web part. Where it does not, a card counts if its photo is requested for one
account, and no link of the card contradicts that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.identity.match import Member, PersonCard, linked_accounts
from troubleshooter.identity.photo_address import account_in, bare_account, object_id_in

_OF_NO_PERSON = "c:0"
"""How the claims name of a group begins, such as `c:0o.c|federateddirectoryclaimprovider|…`; a user's is `i:0#.f|…`."""
_USER_NAMES = ("upn", "id")
"""The fields of a page's data that have user names; those with mail addresses may have others."""


@dataclass(frozen=True)
class ShownPart:
    """A People web part that a page shows."""

    cards: tuple[PersonCard, ...]
    members: tuple[Member, ...] = ()
    """Whom the page's own data puts into it; empty if that is not known."""


@dataclass(frozen=True)
class NamedPeople:
    """The people in the People web parts of a page."""

    upns: tuple[str, ...] = ()
    """The users who are certainly named, each once, in the order of the page."""
    unnamed: int = 0
    """The number of cards that do not say by a user name who they show."""
    groups: int = 0


def people_named(parts: Sequence[ShownPart]) -> NamedPeople:
    """Return who is named in `parts`."""
    known = {
        address: name
        for part in parts
        for member in part.members
        for address in member.addresses
        if (name := _user_name(member))
    }
    upns: dict[str, None] = {}
    unnamed = groups = 0
    for part in parts:
        people = [member for member in part.members if not _is_group(member)]
        groups += len(part.members) - len(people)
        named = [name for member in people if (name := _user_name(member))]
        beside, silent = _beside_data(part)
        upns.update(dict.fromkeys([*named, *(known.get(account, account) for account in beside)]))
        unnamed += len(people) - len(named) + silent
    return NamedPeople(tuple(upns), unnamed, groups)


def _beside_data(part: ShownPart) -> tuple[list[str], int]:
    """Return the accounts that only cards name, and how many cards are of nobody known.

    As many cards as there are people without one are theirs: such a card may show a wrong photo, or none.
    """
    strange: list[str] = []
    count, with_card = 0, set[int]()
    for card in part.cards:
        photo, links = account_in(card.url), linked_accounts(card.links)
        owners = _owners(part.members, {*links, *([photo] if photo else [])}, object_id_in(card.url))
        with_card.update(owners)
        count += not owners
        if photo and not owners and {photo} >= {*links}:
            strange.append(photo)
    without = len(part.members) - len(with_card)
    return (strange, max(0, count - len(strange) - without)) if count > without else ([], 0)


def _owners(members: Sequence[Member], accounts: set[str], object_id: str | None) -> list[int]:
    """Return the positions of the members whom a card's addresses name."""
    return [
        position
        for position, member in enumerate(members)
        if member.addresses & accounts or (object_id and member.object_id.lower() == object_id)
    ]


def _user_name(member: Member) -> str:
    """Return the user name that the page's data has for a person; `""` if it has none."""
    if _is_group(member):
        return ""
    fields = dict(member.fields)
    names = (bare_account(fields.get(key, "")) for key in _USER_NAMES)
    return next((name for name in names if "@" in name.strip("@")), "")


def _is_group(member: Member) -> bool:
    fields = dict(member.fields)
    return any(fields.get(key, "").strip().lower().startswith(_OF_NO_PERSON) for key in _USER_NAMES)
