"""Who is on a page: finds the subject's avatars by evidence, waits until each is drawn, and takes the sightings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import sort
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting, WebPartPeople
from troubleshooter.pages.avatars import Region, avatars_in, is_within, members_of, scroll_into_view
from troubleshooter.pages.canvas import PEOPLE, WebPart
from troubleshooter.pages.site_page import SitePage
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.steps.context import Visit
from troubleshooter.steps.sighting import take
from troubleshooter.steps.subject_avatars import Mine, by_card, in_region, place_of, refreshed


@dataclass(frozen=True)
class People:
    """What a page showed of the subject."""

    seen: tuple[tuple[Mine, Sighting], ...] = ()
    """The subject's avatars, with what was seen of each."""
    unclear: int = 0
    """Avatars that may be the subject's, and nothing proves whose they are."""
    loading: int = 0
    """The subject's avatars that never settled."""
    missing: int = 0
    """People web parts that include the subject by the page's own data, and in which nobody was found to be it."""

    def check(self, url: str) -> None:
        """Raise CannotTell unless the page gave a settled sighting of the subject and left no doubt."""
        if self.loading:
            note = message("Pictures on {url} were still loading at the time limit.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
        if self.unclear:
            note = message(
                "Avatars on {url} that may be the user's: {count}. Nothing on the page proves whose they are.",
                count=self.unclear,
                url=url,
            )
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if self.missing:
            note = message("A People web part of {url} includes the user, and the user was not found in it.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if not self.seen:
            raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, message("The user is not in the content of {url}.", url=url))


async def people_on(visit: Visit, page: SitePage) -> People:
    """Find the subject on `page`, wait until each avatar is really drawn, and take the sightings."""
    if not await page.scroll_through():
        note = message("Pictures on {url} were still loading at the time limit.", url=page.page.url)
        raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
    await _keep_all(visit, page)
    await visit.photograph(message("The page"))
    parts = await page.data()
    visit.web_parts += told(visit, page.page.url, parts)
    _learn(visit, parts)
    await page.until_listed(parts)
    await _until_promised(visit, page, parts)
    seen, unclear = await _seen_in_regions(visit, page, parts)
    listed = sum(includes(visit, part) for part in parts if part.kind == PEOPLE)
    listed *= Surface.PEOPLE_WEB_PART in visit.surfaces
    shown = {id(one.region) for one, _ in seen if one.region.surface is Surface.PEOPLE_WEB_PART}
    others, doubtful = await _seen_in_other_parts(visit, page)
    seen += others
    return People(
        tuple(seen),
        unclear + doubtful,
        loading=sum(sighting.kind is Kind.LOADING for _, sighting in seen),
        missing=max(0, listed - len(shown)),
    )


async def _seen_in_regions(
    visit: Visit, page: SitePage, parts: list[WebPart]
) -> tuple[list[tuple[Mine, Sighting]], int]:
    """Take the sightings where a page shows people; return them, and how many avatars may be the subject's."""
    seen: list[tuple[Mine, Sighting]] = []
    unclear = 0
    for region in await page.regions(visit.surfaces):
        part = members_of(region, region.number, parts)
        sightings, mixups = len(visit.sightings), len(visit.mixups)
        try:
            here, doubtful = await _seen_in(visit, page, region, part)
        except WaitedTooLong:
            raise
        except Error:
            # The page drew it anew in between, as it does when photos come late: it is looked at once more.
            del visit.sightings[sightings:], visit.mixups[mixups:]
            here, doubtful = await _seen_in(visit, page, await refreshed(page, region), part)
        seen += here
        unclear += doubtful
    return seen, unclear


async def _seen_in(
    visit: Visit, page: SitePage, region: Region, part: WebPart | None
) -> tuple[list[tuple[Mine, Sighting]], int]:
    mine, doubtful = await in_region(visit, page, region, part)
    return [(one, await _taken(visit, page, one)) for one in mine], doubtful


async def _seen_in_other_parts(visit: Visit, page: SitePage) -> tuple[list[tuple[Mine, Sighting]], int]:
    """The same for the rest of the content."""
    mine, doubtful = await in_other_parts(visit, page)
    if waits := [one for one in mine if one.avatar.state != "loaded"]:
        for one in waits:
            await scroll_into_view(one.avatar)
            await page.traffic.settle(page.timeout)
            await page.until_drawn(one.avatar)
        mine, doubtful = await in_other_parts(visit, page)
    return [(one, await _taken(visit, page, one)) for one in mine], doubtful


async def _taken(visit: Visit, page: SitePage, one: Mine) -> Sighting:
    sighting = await take(visit, page.page, one.avatar, place_of(visit, one))
    await visit.photograph(message("The user on the page"), [(one.avatar.element, message("the user's avatar"))])
    return sighting


def _learn(visit: Visit, parts: Sequence[WebPart]) -> None:
    """Note the mail address that the page's data gives the subject's account: other parts may go by it."""
    mails = [m.email.lower() for part in parts for m in part.members if m.upn.lower() == visit.subject and m.email]
    visit.learn(frozenset(mails), None)


async def in_other_parts(visit: Visit, page: SitePage, *, everywhere: bool = False) -> tuple[list[Mine], int]:
    """Return the subject's avatars in other parts of the content, and how many may be and may not be.

    It is one where its address asks for the user's photo, or where it is marked up as a person's avatar and its card
    links to the user: other pictures beside a link may show anything.

    Args:
        everywhere: whether also where people are looked for anyway.
    """
    content = await page.content() if Surface.PEOPLE_WEB_PART in visit.surfaces else None
    if content is None:
        return [], 0
    known = [] if everywhere else await page.regions()
    found, doubtful = [], 0
    for index, avatar in enumerate(await avatars_in(content.root, content.frame)):
        sorted_ = sort([avatar.card], visit.who)
        named = bool(avatar.persona and avatar.card.text and visit.who.names and sorted_.unknown) and not everywhere
        how = next((how for _, how in sorted_.mine if how == "photo-address" or avatar.persona), "")
        if not (how or named) or await is_within(avatar, known):
            continue
        proof = None if how else await by_card(visit, page, avatar)
        if how or proof:
            visit.keep.append((avatar.frame, avatar.card_element))
            found.append(Mine(content, avatar, how or "profile-card", index))
        doubtful += not how and proof is None
    return found, doubtful


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
            page_url=redact_address(url),
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
