"""Who is on a page: finds the subject's avatars by evidence, waits until each is drawn, and takes the sightings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.async_api import Error

from troubleshooter.errors import CannotTell
from troubleshooter.hosts import host_of
from troubleshooter.identify import Card, Sorted, linked_accounts, says, sort
from troubleshooter.model import (
    Kind,
    Mixup,
    Reason,
    Sighting,
    Source,
    Surface,
    WebPartPeople,
    say,
)
from troubleshooter.pages import profile_api
from troubleshooter.pages import profile_card as card
from troubleshooter.pages.canvas import PEOPLE, WebPart
from troubleshooter.pages.photo_address import account_in, source_of
from troubleshooter.pages.site_page import Avatar, Region, SitePage, avatars_in, is_within, members_of
from troubleshooter.secret import clean_address
from troubleshooter.sight import Place, take
from troubleshooter.visit import Visit

if TYPE_CHECKING:
    pass

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


@dataclass(frozen=True)
class People:
    """What a page showed of the subject."""

    mine: tuple[Mine, ...]
    seen: tuple[tuple[Mine, Sighting], ...] = ()
    """The same, with what was seen of each."""
    unclear: int = 0
    """Avatars that may be the subject's, and nothing proves whose they are."""
    loading: int = 0
    """The subject's avatars that never settled."""
    missing: int = 0
    """People web parts that include the subject by the page's own data, and in which nobody was found to be it."""

    def check(self, url: str) -> None:
        """Raise CannotTell unless the page gave a settled sighting of the subject and left no doubt."""
        if self.loading:
            note = say("Pictures on {url} were still loading at the time limit.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
        if self.unclear:
            note = say(
                "{count} avatars on {url} may be the user's, and nothing on the page proves whose they are.",
                count=self.unclear,
                url=url,
            )
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if self.missing:
            note = say("A People web part of {url} includes the user, and the user was not found in it.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if not self.mine:
            raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, say("The user is not in the content of {url}.", url=url))


async def people_on(visit: Visit, page: SitePage) -> People:
    """Find the subject on `page`, wait until each avatar is really drawn, and take the sightings."""
    if not await page.scroll_through():
        note = say("Pictures on {url} were still loading at the time limit.", url=page.page.url)
        raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
    await _keep_all(visit, page)
    await visit.photograph(say("The page"))
    parts = await page.data()
    visit.web_parts += told(visit, page.page.url, parts)
    _learn(visit, parts)
    await page.until_listed(parts)
    await _until_promised(visit, page, parts)
    found: list[tuple[Mine, Sighting]] = []
    unclear = loading = 0
    listed = sum(includes(visit, part) for part in parts if part.kind == PEOPLE)
    listed *= Surface.PEOPLE_WEB_PART in visit.surfaces
    counts: dict[Surface, int] = {}
    for region in await page.regions(visit.surfaces):
        index = counts.setdefault(region.surface, 0)
        counts[region.surface] += 1
        part = members_of(region, index, parts)
        mine, doubtful = await in_region(visit, page, region, part)
        unclear += doubtful
        for one in mine:
            sighting = await _taken(visit, page, one)
            loading += sighting.kind is Kind.LOADING
            found.append((one, sighting))
    people = tuple(one for one, _ in found)
    for one in await by_address(visit, page):
        await page.until_drawn(one.avatar)
        found.append((one, await _taken(visit, page, one)))
        loading += found[-1][1].kind is Kind.LOADING
    shown = {id(one.region) for one in people if one.region.surface is Surface.PEOPLE_WEB_PART}
    everybody = tuple(one for one, _ in found)
    return People(everybody, tuple(found), unclear, loading, missing=max(0, listed - len(shown)))


async def _taken(visit: Visit, page: SitePage, one: Mine) -> Sighting:
    sighting = await take(visit, page.page, one.avatar, place_of(visit, one))
    await visit.photograph(say("The user on the page"), [(one.avatar.element, say("the user's avatar"))])
    return sighting


def _learn(visit: Visit, parts: Sequence[WebPart]) -> None:
    """Note the mail address that the page's data gives the subject's account: other parts may go by it."""
    mails = [m.email.lower() for part in parts for m in part.members if m.upn.lower() == visit.subject and m.email]
    visit.learn(frozenset(mails), None)


async def by_address(visit: Visit, page: SitePage, *, everywhere: bool = False) -> list[Mine]:
    """Return the subject's avatars in other parts of the content: those of which the address asks for the photo.

    Args:
        everywhere: whether also where people are looked for anyway.
    """
    content = await page.content() if Surface.PEOPLE_WEB_PART in visit.surfaces else None
    if content is None:
        return []
    known = [] if everywhere else await page.regions()
    found = []
    for index, avatar in enumerate(await avatars_in(content.root, content.frame)):
        proved = any(how == "photo-address" for _, how in sort([avatar.card], visit.who).mine)
        if proved and not await is_within(avatar, known):
            visit.keep.append((avatar.frame, avatar.card_element))
            found.append(Mine(content, avatar, "photo-address", index))
    return found


def place_of(visit: Visit, one: Mine) -> Place:
    """Return where an avatar of the subject is, and what proves whose it is."""
    return Place(one.region.surface, one.region.selector, visit.subject, one.evidence)


async def _until_promised(visit: Visit, page: SitePage, parts: Sequence[WebPart]) -> None:
    """Wait, within the limit, for the cards of the subject that the page's own data promises: some come late."""
    deadline = asyncio.get_running_loop().time() + visit.timeout
    while await _lacking(visit, page, parts):
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0 or not await page.people_change(left):
            return  # what is missing then is told where it is missed
        await page.traffic.settle(visit.timeout)


async def _lacking(visit: Visit, page: SitePage, parts: Sequence[WebPart]) -> bool:
    """Return whether a People web part is to show the subject and shows nobody who may be it."""
    if Surface.PEOPLE_WEB_PART not in visit.surfaces:
        return False
    for index, region in enumerate(await page.regions({Surface.PEOPLE_WEB_PART})):
        part = members_of(region, index, list(parts))
        if part is None or not includes(visit, part):
            continue
        cards = [avatar.card for avatar in await avatars_in(region.root, region.frame)]
        found = sort(cards, visit.who, part.members)
        if not (found.mine or found.unknown or found.contradictory or found.namesakes):
            return True
    return False


def includes(visit: Visit, part: WebPart) -> bool:
    """Return whether the page's data puts the subject into `part`."""
    return any(member.addresses & visit.who.addresses for member in part.members)


def told(visit: Visit, url: str, parts: Sequence[WebPart]) -> Iterator[WebPartPeople]:
    """Yield what the data of the page at `url` says of its people; of the others no more than how many they are."""
    for part in parts:
        mine = [m for m in part.members if m.addresses & visit.who.addresses]
        others = [m.upn or m.email for m in part.members if m not in mine]
        yield WebPartPeople(
            page=visit.page,
            page_url=clean_address(url),
            surface=Surface.PEOPLE_WEB_PART if part.kind == PEOPLE else Surface.PAGE_BYLINE,
            instance=part.instance,
            layout=part.layout,
            count=len(part.members),
            includes_subject=bool(mine),
            subject=dict(mine[0].told) if mine else {},
            others=tuple(filter(None, others)) if visit.show_others else (),
        )


async def _keep_all(visit: Visit, page: SitePage) -> None:
    """Note the subject's cards on the page, so that pictures leave them uncovered."""
    visit.keep = []
    for region in await page.regions():
        avatars = await avatars_in(region.root, region.frame)
        for index, _ in sort([a.card for a in avatars], visit.who).mine:
            visit.keep.append((avatars[index].frame, avatars[index].card_element))


async def in_region(visit: Visit, page: SitePage, region: Region, part: WebPart | None) -> tuple[list[Mine], int]:
    """Return the subject's avatars in `region`, drawn as far as they ever were, and how many may be and may not be."""
    members = part.members if part else ()
    avatars = await _drawn(page, region)
    cards = [avatar.card for avatar in avatars]
    sorted_ = sort(cards, visit.who, members)
    mine = [(i, how) for i, how in sorted_.mine]
    unclear = list(sorted_.contradictory)
    visit.mixups += await _mixups(visit, page, region, cards, sorted_)
    for index in sorted_.unknown:
        proof = await _by_card(visit, page, avatars[index])
        if proof:
            mine.append((index, "profile-card"))
        elif proof is None:
            unclear.append(index)
    found = []
    for index, evidence in mine:
        await _into_view(avatars[index])
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
    url = clean_address(page.page.url)
    return [Mixup(page=visit.page, page_url=url, surface=region.surface, how=how) for how in hows]


async def _name_of(visit: Visit, page: SitePage, account: str) -> tuple[bool, str | None]:
    """Return whether SharePoint answered, and the display name of `account`; None where it tells none."""
    if "@" not in account or host_of(page.page.url) != host_of(visit.tenant.sharepoint):
        return True, None
    url = profile_api.address_of(visit.tenant.sharepoint, account, own=False)
    answer = await profile_api.get(page.page, url, min(5.0, visit.timeout))
    profile = profile_api.profile_in(answer.data)
    return answer.status != 0, profile.name if profile else None


async def _drawn(page: SitePage, region: Region) -> list[Avatar]:
    try:
        await region.root.scroll_into_view_if_needed()
    except Error:
        if await _stands(region):
            return []  # the region has no box: it shows nobody
        anew = next((r for r in await page.regions({region.surface}) if r.number == region.number), None)
        if anew is None or not await _stands(anew):
            raise CannotTell(
                Reason.PAGE_CHANGED, say("The page was drawn anew while it was looked at."), page=page.name
            ) from None
        region.root, region.frame = anew.root, anew.frame
    await page.traffic.settle(page.timeout)
    return await avatars_in(region.root, region.frame)


async def _stands(region: Region) -> bool:
    try:
        return bool(await region.root.evaluate("e => e.isConnected"))
    except Error:
        return False  # with its document


async def _into_view(avatar: Avatar) -> None:
    await avatar.element.evaluate("e => e.scrollIntoView({ block: 'center', inline: 'nearest' })")


async def _by_card(visit: Visit, page: SitePage, avatar: Avatar) -> bool | None:
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
                say("The user's profile card"), [(best.element, say("the photo on the profile card"))]
            )
            await card.leave(page.page)
            return
        await card.leave(page.page)
    visit.cannot_see(Surface.PROFILE_CARD, say("No profile card opened on this page."))
