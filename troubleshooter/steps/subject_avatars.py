"""Whose avatars a place on a page shows: the subject's are told by evidence, and waited for until each is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from troubleshooter.browser.failures import or_default, succeeded
from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import Card, Sorted, linked_accounts, says, sort
from troubleshooter.identity.photo_address import account_in, source_of
from troubleshooter.model.enums import Reason, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Mixup
from troubleshooter.pages import profile_api
from troubleshooter.pages import profile_card as card
from troubleshooter.pages.avatars import Avatar, Region, avatars_in, is_attached, scroll_into_view
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.site_page import SitePage
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.steps.context import Visit
from troubleshooter.steps.sighting import Place, take
from troubleshooter.urls import host_of

_NAMESAKES = 3
"""Accounts behind the subject's name that are looked up, in one place."""


@dataclass(frozen=True)
class Mine:
    """The subject's avatar in a region of a page."""

    region: Region
    avatar: Avatar
    evidence: str
    index: int
    """Its place among the avatars of the region."""


def place_of(visit: Visit, one: Mine) -> Place:
    """Return where an avatar of the subject is, and what proves whose it is."""
    return Place(one.region.surface, one.region.selector, visit.subject, one.evidence)


async def in_region(visit: Visit, page: SitePage, region: Region, part: WebPart | None) -> tuple[list[Mine], int]:
    """Return the subject's avatars in `region`, drawn as far as they ever were, and how many may be and may not be."""
    members = part.members if part else ()
    region, avatars = await _drawn(page, region)
    cards = [avatar.card for avatar in avatars]
    sorted_ = sort(cards, visit.who, members)
    mine = [(i, how) for i, how in sorted_.mine]
    unclear = list(sorted_.contradictory)
    visit.mixups += await _mixups(visit, page, region, cards, sorted_)
    for index in sorted_.unknown:
        proof = await by_card(visit, page, avatars[index])
        if proof:
            mine.append((index, "profile-card"))
        elif proof is None:
            unclear.append(index)
    found = []
    for index, evidence in mine:
        await scroll_into_view(avatars[index])
        if avatars[index].shown == "initials" or avatars[index].state != "loaded":
            await page.traffic.settle(page.timeout)
            await page.until_drawn(avatars[index])
        again = await avatars_in(region.root, region.frame)
        place = _found_again(again, avatars, index)
        if place is None:
            unclear.append(index)
            continue
        found.append(Mine(region, again[place], evidence, place))
        visit.keep.append((again[place].frame, again[place].card_element))
    return found, len(unclear)


def _found_again(again: Sequence[Avatar], before: Sequence[Avatar], index: int) -> int | None:
    """Return where the avatar at `index` of `before` is now; None where it can't be told.

    While it was waited for, cards may have come above it. Its text may have changed as well: "2 minutes ago".
    """
    if len(again) == len(before):
        return index
    one = before[index].card
    same = [n for n, avatar in enumerate(again) if (avatar.card.text, avatar.card.links) == (one.text, one.links)]
    return same[0] if len(same) == 1 else None


async def _mixups(visit: Visit, page: SitePage, region: Region, cards: Sequence[Card], found: Sorted) -> list[Mixup]:
    """Return the avatars that say the subject's name, or link to the subject, and stand for another account.

    A card whose account has the name that it says is none of them.
    """
    hows = ["contradiction"] * len(found.contradictory)
    for index, account in found.namesakes[:_NAMESAKES]:
        answered, name = await _name_of(visit, page, account)
        if answered and (name is None or not says(cards[index].text, name)):
            hows.append("name" if name is None else "other-name")
    url = redact_address(page.page.url)
    return [Mixup(page=visit.page, page_url=url, surface=region.surface, how=how) for how in hows]


async def _name_of(visit: Visit, page: SitePage, account: str) -> tuple[bool, str | None]:
    """Return whether SharePoint answered, and the display name of `account`; None where it tells none."""
    if "@" not in account or host_of(page.page.url) != host_of(visit.tenant.sharepoint):
        return True, None
    url = profile_api.address_of(visit.tenant.sharepoint, account, own=False)
    answer = await profile_api.get(page.page, url, min(5.0, visit.timeout))
    profile = profile_api.profile_in(answer.data)
    return answer.status != 0, profile.name if profile else None


async def _drawn(page: SitePage, region: Region) -> tuple[Region, list[Avatar]]:
    """Return `region` as the page shows it now, and its avatars."""
    if not await succeeded(region.root.scroll_into_view_if_needed()):
        if await _is_attached(region):
            return region, []  # the region has no box: it shows nobody
        region = await refreshed(page, region)
    await page.traffic.settle(page.timeout)
    return region, await avatars_in(region.root, region.frame)


async def refreshed(page: SitePage, region: Region) -> Region:
    """Return `region` as it is now, after the page has rendered it again.

    Raises:
        CannotTell: it is not there any more (`page-changed`).
    """
    found = next((r for r in await page.regions({region.surface}) if r.number == region.number), None)
    if found is None or not await _is_attached(found):
        note = message("The page was drawn anew while it was looked at.")
        raise CannotTell(Reason.PAGE_CHANGED, note, page=page.name)
    return replace(region, root=found.root, frame=found.frame)


async def _is_attached(region: Region) -> bool:
    return await or_default(is_attached(region.root), False)  # a failure means that its document is gone


async def by_card(visit: Visit, page: SitePage, avatar: Avatar) -> bool | None:
    """Ask the profile card whose avatar this is: True the subject's, False somebody else's, None it doesn't tell."""
    opened = await card.hover(page.page, page.traffic, avatar, page.timeout)
    await card.leave(page.page)
    accounts = {a for one in opened for a in _accounts(one)}
    if not accounts or (accounts & visit.who.addresses and accounts - visit.who.addresses):
        return None  # it names nobody, or others as well: a card may say whom somebody reports to
    return accounts <= visit.who.addresses


def _accounts(avatar: Avatar) -> list[str]:
    named = account_in(avatar.url)
    return [*linked_accounts(avatar.card.links), *([named] if named else [])]


async def profile_card(visit: Visit, page: SitePage, mine: Sequence[Mine]) -> None:
    """Open the subject's profile card, once a run, and take the sighting."""
    if Surface.PROFILE_CARD not in visit.surfaces or any(s.surface is Surface.PROFILE_CARD for s in visit.sightings):
        return
    for one in mine:
        opened = await card.hover(page.page, page.traffic, one.avatar, page.timeout)
        named = {a for avatar in opened for a in _accounts(avatar)}
        nameless = all(says(text, name) for text in {a.card.text for a in opened} for name in visit.who.names)
        if opened and (named <= visit.who.addresses if named else nameless):
            best = max(opened, key=lambda a: (source_of(a.url) is Source.PEOPLE_SERVICE, a.size[0]))
            how = "profile-card" if named else one.evidence
            visit.keep += [(a.frame, a.card_element) for a in opened]
            await take(visit, page.page, best, Place(Surface.PROFILE_CARD, "by structure", visit.subject, how))
            await visit.photograph(
                message("The user's profile card"), [(best.element, message("the photo on the profile card"))]
            )
            await card.leave(page.page)
            return
        await card.leave(page.page)
    visit.cannot_see(Surface.PROFILE_CARD, message("No profile card opened on this page."))
