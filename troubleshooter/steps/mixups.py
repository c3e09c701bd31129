"""Finds the subject's name on other people's avatars: namesakes, or somebody else's account under that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from troubleshooter.identity.match import SortedCards, contains_name, is_headed, is_name, shows_name
from troubleshooter.model.records import Mixup
from troubleshooter.pages import profile_api, sharepoint_api
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.regions import Region
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.steps.hovered_card import HoveredCard, hovered_card
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.urls import origin_of

_NAMESAKES = 3
"""Maximum number of avatars with the subject's name whose account is looked up per region."""
_NAME_LOOKUP = 5.0
"""Seconds allowed for each lookup."""
_UNKNOWN = "unknown"
"""What is found if nothing tells the name of the account behind the subject's name."""


async def mixups(
    visit: PageVisit,
    region: Region,
    avatars: Sequence[AvatarElement],
    found: SortedCards,
    hovered: Mapping[int, HoveredCard],
) -> tuple[list[Mixup], int]:
    """Return the avatars that show the subject's name, or link to the subject, but belong to another account.

    An avatar is not a mixup if its account really has the name that the card shows. Return also how many avatars leave
    open whether they are one.

    Args:
        hovered: the profile cards that were opened, by the avatar's index.
    """
    hows = ["contradiction"] * len(found.contradictory)
    of_others = [(index, [account]) for index, account in found.namesakes]
    of_others += [
        (index, sorted(hovered[index].accounts))
        for index in found.unknown
        if index in hovered and hovered[index].is_subjects is False and shows_name(avatars[index].card, visit.step.who)
    ]
    for index, accounts in of_others[:_NAMESAKES]:
        hows.append(await _how(visit, avatars[index], accounts, hovered.get(index)))
    url = redact_address(visit.page.page.url)
    unclear = hows.count(_UNKNOWN)
    hows = ["name" if how == _UNKNOWN else how for how in hows if how]
    return [Mixup(page=visit.step.page, page_url=url, surface=region.surface, how=how) for how in hows], unclear


async def _how(visit: PageVisit, avatar: AvatarElement, accounts: Sequence[str], opened: HoveredCard | None) -> str:
    """Return how the subject's name came to be on an avatar of `accounts`; `""` if it is its person's own name, too."""
    read = False
    for account in accounts:
        could_read, name = await _name_of(visit, account)
        if name is not None:
            return "" if contains_name(avatar.card.text, name) else "other-name"
        read = read or could_read
    if read:
        return "name"  # SharePoint knows nobody there
    return _how_on_card(visit, avatar, opened or await hovered_card(visit, avatar))


def _how_on_card(visit: PageVisit, avatar: AvatarElement, opened: HoveredCard) -> str:
    """Return the same by the profile card, which shows the name that the directory has for the account.

    What the page's own data calls the person is no proof: in a mixup, that is where the wrong name comes from.
    """
    names = visit.step.who.names
    if opened.is_subjects is not False:
        return _UNKNOWN
    if any(is_headed(opened.text, name) for name in names):
        return ""
    is_elsewhere = any(contains_name(name, opened.text) for name in names)
    alone = any(is_name(avatar.card.text, name) for name in names)
    return "other-name" if opened.text and alone and not is_elsewhere else _UNKNOWN


async def _name_of(visit: PageVisit, account: str) -> tuple[bool, str | None]:
    """Return whether SharePoint says who `account` is, and the display name, or None if it knows nobody there."""
    context, tab = visit.step.context, visit.page.page
    if "@" not in account or not visit.step.workspace.guard.hosts.leads_to(tab.url, context.tenant.sharepoint):
        return False, None
    url = profile_api.address_of(origin_of(tab.url), account, own=False)
    answer = await sharepoint_api.get_json(tab, url, min(_NAME_LOOKUP, context.timeout))
    profile = profile_api.profile_in(answer.data)
    return answer.status == HTTPStatus.OK, profile.name if profile else None
