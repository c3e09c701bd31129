"""Asks the profile card that opens over an avatar whose avatar it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.identity.match import linked_accounts
from troubleshooter.identity.photo_address import account_in
from troubleshooter.pages import profile_card as card
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.steps.page_visit import PageVisit


@dataclass(frozen=True)
class HoveredCard:
    """What the profile card of an avatar says about its person."""

    accounts: frozenset[str]
    """The accounts that it names."""
    text: str
    """What it says, beginning with the person's name; without addresses."""
    is_subjects: bool | None
    """Whether the person is the subject; None if the card does not say."""


async def hovered_card(visit: PageVisit, avatar: AvatarElement) -> HoveredCard:
    """Open the profile card of `avatar`, and return what it says."""
    page, mine = visit.page, visit.step.who.addresses
    opened = await card.open_card(page.page, page.traffic, avatar, page.timeout)
    shown_there = await card.avatars_on(page.page, page.traffic, opened) if opened else []
    text = await opened.text() if opened else ""
    await card.leave(page.page)
    accounts = frozenset(account for shown in of_its_person(shown_there, mine) for account in accounts_on(shown))
    return HoveredCard(accounts, text, _is_subjects(accounts, mine))


def _is_subjects(accounts: frozenset[str], mine: frozenset[str]) -> bool | None:
    if not accounts or (accounts & mine and accounts - mine):
        return None  # the card names nobody, or also others: it may show a manager
    return accounts <= mine or (None if card.is_doubtful() else False)


def of_its_person(opened: Sequence[AvatarElement], mine: frozenset[str]) -> list[AvatarElement]:
    """Return the avatars of a card without the smaller ones of other people, such as a manager or colleagues."""
    largest = max((avatar.size[0] for avatar in opened), default=0.0)

    def is_colleague(avatar: AvatarElement) -> bool:
        account = account_in(avatar.url)
        return avatar.size[0] < largest and account is not None and account not in mine

    return [avatar for avatar in opened if not is_colleague(avatar)]


def accounts_on(avatar: AvatarElement) -> list[str]:
    """Return the accounts that an avatar's links and its picture's address name."""
    named = account_in(avatar.url)
    return [*linked_accounts(avatar.card.links), *([named] if named else [])]
