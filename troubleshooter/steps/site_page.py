"""Takes sightings of the subject on a page of a site: in parts that show people, and in the rest of the content."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures
from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import Subject, sort_cards
from troubleshooter.identity.similar import nearest
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting, WebPartPeople
from troubleshooter.pages.avatars import avatars_in, is_within, members_of, scroll_into_view
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.recorder import SimilarAddress, SubjectKnownAs
from troubleshooter.steps.sighting import take
from troubleshooter.steps.subject_avatars import SubjectAvatar, avatars_of_subject, proved_by_card, rebuilt, refreshed

SeenAvatar = tuple[SubjectAvatar, Sighting]
_REBUILDS = 3
"""How often a part that the page rebuilds is inspected."""


@dataclass(frozen=True)
class SubjectOnPage:
    """The avatars of the subject that a page showed."""

    seen: tuple[SeenAvatar, ...] = ()
    """The subject's avatars, with the sighting of each."""
    unclear: int = 0
    """Number of avatars that may be the subject's, without proof."""
    missing: int = 0
    """Number of People web parts in which the subject was not found although the page's own data lists the subject."""

    @property
    def loading(self) -> int:
        """Return how many of the subject's avatars never settled."""
        return sum(sighting.kind is Kind.LOADING for _, sighting in self.seen)

    @property
    def refused(self) -> bool:
        """Return whether all of the subject's avatars that never settled are ones whose photo was refused."""
        late = [sighting.response for _, sighting in self.seen if sighting.kind is Kind.LOADING]
        return all(response is not None and response.status >= HTTPStatus.BAD_REQUEST for response in late)

    def check(self, url: str) -> None:
        """Raise CannotTell unless the page gave a settled, unambiguous sighting of the subject."""
        if self.loading and self.refused:
            note = message("The user’s photo was refused to the page {url}, so it is not shown there.", url=url)
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
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
            note = message("A People web part of {url} includes the user, but the user was not found in it.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
        if not self.seen:
            note = message("The user is not in the content of {url}.", url=url)
            raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, note)


async def see_subject(visit: PageVisit) -> SubjectOnPage:
    """Find the subject on the page, wait until each avatar is fully rendered, and take the sightings."""
    step, page = visit.step, visit.page
    if not await page.scroll_through():
        note = message("Pictures on {url} were still loading at the time limit.", url=page.page.url)
        raise CannotTell(Reason.IMAGES_NOT_SETTLED, note)
    await _leave_subject_uncovered(visit)
    await visit.photograph(message("The page"))
    parts = await page.data()
    step.recorder.add(*people_in_parts(visit, parts))
    if similar := _similar(parts, step.context.subject):
        step.recorder.add(SimilarAddress(similar))
    step.recorder.add(SubjectKnownAs(addresses=_mail_addresses(parts, step.context.subject)))
    await page.until_listed(parts)
    await _until_promised_cards(visit, parts)
    seen, unclear = await _see_in_regions(visit, parts)
    people_parts = [part for part in parts if part.is_people and includes(part, step.who)]
    listed = len(people_parts) if Surface.PEOPLE_WEB_PART in step.context.surfaces else 0
    shown = {mine.region.number for mine, _ in seen if mine.region.surface is Surface.PEOPLE_WEB_PART}
    others, doubtful = await _see_in_other_parts(visit)
    return SubjectOnPage((*seen, *others), unclear + doubtful, missing=max(0, listed - len(shown)))


def _similar(parts: Sequence[WebPart], subject: str) -> str | None:
    """Return the address in the page's data of which `subject` may be a misspelling."""
    return nearest(subject, (address for part in parts for member in part.members for address in member.addresses))


async def _see_in_regions(visit: PageVisit, parts: list[WebPart]) -> tuple[list[SeenAvatar], int]:
    """Take the sightings where the page shows people; return them, and how many avatars may be the subject's."""
    seen: list[SeenAvatar] = []
    unclear = 0
    for region in await visit.page.regions(visit.step.context.surfaces):
        part = members_of(region, region.number, parts)
        here, doubtful = await _see_in_restless_region(visit, region, part)
        seen += here
        unclear += doubtful
    return seen, unclear


async def _see_in_restless_region(
    visit: PageVisit, region: Region, part: WebPart | None
) -> tuple[list[SeenAvatar], int]:
    """Take the sightings in `region`, again if the page rebuilds it meanwhile, as it does when photos arrive late.

    Raises:
        CannotTell: it was rebuilt each time (`page-changed`); what was seen in it meanwhile is not recorded.
    """
    for _ in range(_REBUILDS):
        try:
            with visit.step.recorder.attempt(), browser_failures():
                return await _see_in_region(visit, region, part)
        except TimedOut:
            raise
        except BrowserFailure:
            region = await refreshed(visit.page, region)
    raise rebuilt(visit.page)


async def _see_in_region(visit: PageVisit, region: Region, part: WebPart | None) -> tuple[list[SeenAvatar], int]:
    mine, doubtful = await avatars_of_subject(visit, region, part)
    return [(found, await _see(visit, found)) for found in mine], doubtful


async def _see_in_other_parts(visit: PageVisit) -> tuple[list[SeenAvatar], int]:
    """Take the sightings in the rest of the content; return them, and how many avatars may be the subject's."""
    page = visit.page
    mine, doubtful = await in_other_parts(visit)
    if waiting := [found for found in mine if found.avatar.state != "loaded"]:
        for found in waiting:
            await scroll_into_view(found.avatar)
            await page.traffic.settle(page.timeout)
            await page.until_drawn(found.avatar)
        mine, doubtful = await in_other_parts(visit)
    return [(found, await _see(visit, found)) for found in mine], doubtful


async def _see(visit: PageVisit, mine: SubjectAvatar) -> Sighting:
    step = visit.step
    sighting = await take(step, visit.page.page, mine.avatar, mine.place(step.context.subject))
    await visit.photograph(
        message("The user on the page"), [(await mine.avatar.element(), message("the user's avatar"))]
    )
    return sighting


def _mail_addresses(parts: Sequence[WebPart], subject: str) -> frozenset[str]:
    """Return the mail addresses that the page's data has for the subject's account, which other parts may use."""
    members = [member for part in parts for member in part.members]
    return frozenset(member.email.lower() for member in members if member.upn.lower() == subject and member.email)


async def in_other_parts(visit: PageVisit, *, everywhere: bool = False) -> tuple[list[SubjectAvatar], int]:
    """Return the subject's avatars in other parts of the content, and how many may be the subject's without proof.

    An avatar is the subject's if its URL requests the user's photo, or if it is marked up as a person's avatar and its
    card links to the user. Other pictures beside a link may show anything.

    Args:
        everywhere: whether to include the regions that are searched for people anyway.
    """
    step, page = visit.step, visit.page
    content = await page.content() if Surface.PEOPLE_WEB_PART in step.context.surfaces else None
    if content is None:
        return [], 0
    known = [] if everywhere else await page.regions()
    who = step.who
    found, doubtful = [], 0
    for index, avatar in enumerate(await avatars_in(content.root, content.frame)):
        sorted_ = sort_cards([avatar.card], who)
        named = bool(avatar.persona and avatar.card.text and who.names and sorted_.unknown) and not everywhere
        how = next((how for _, how in sorted_.mine if how == "photo-address" or avatar.persona), "")
        if not (how or named) or await is_within(avatar, known):
            continue
        proof = None if how else await proved_by_card(visit, avatar)
        if how or proof:
            await visit.leave_uncovered(avatar)
            found.append(SubjectAvatar(content, avatar, how or "profile-card", index))
        doubtful += not how and proof is None
    return found, doubtful


async def found_again(visit: PageVisit) -> list[SubjectAvatar]:
    """Return the subject's avatars in all of the page's content, once it has settled."""
    await visit.page.traffic.settle(visit.page.timeout)
    return (await in_other_parts(visit, everywhere=True))[0]


async def _until_promised_cards(visit: PageVisit, parts: Sequence[WebPart]) -> None:
    """Wait, within the limit, for the subject's cards that the page's own data lists, because some appear late."""
    page, timeout = visit.page, visit.step.context.timeout
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout
    while await _lacks_a_card(visit, parts):
        left = deadline - loop.time()
        if left <= 0 or not await page.people_change(left):
            return  # the caller reports what is missing
        await page.traffic.settle(timeout)


async def _lacks_a_card(visit: PageVisit, parts: Sequence[WebPart]) -> bool:
    """Return whether a People web part lists the subject in its data but shows nobody who may be the subject."""
    who = visit.step.who
    if Surface.PEOPLE_WEB_PART not in visit.step.context.surfaces:
        return False
    for index, region in enumerate(await visit.page.regions({Surface.PEOPLE_WEB_PART})):
        part = members_of(region, index, list(parts))
        if part is None or not includes(part, who):
            continue
        cards = [avatar.card for avatar in await avatars_in(region.root, region.frame)]
        found = sort_cards(cards, who, part.members)
        if not (found.mine or found.unknown or found.contradictory or found.namesakes):
            return True
    return False


def includes(part: WebPart, who: Subject) -> bool:
    """Return whether the page's data lists the subject in `part`."""
    return any(member.addresses & who.addresses for member in part.members)


def people_in_parts(visit: PageVisit, parts: Sequence[WebPart]) -> Iterator[WebPartPeople]:
    """Yield what the page's data says about the people in its parts; people other than the subject are only counted."""
    step = visit.step
    mine = step.who.addresses
    for part in parts:
        subject = [member for member in part.members if member.addresses & mine]
        others = [member.upn or member.email for member in part.members if member not in subject]
        yield WebPartPeople(
            page=step.page,
            page_url=redact_address(visit.page.page.url),
            surface=Surface.PEOPLE_WEB_PART if part.is_people else Surface.PAGE_BYLINE,
            instance=part.instance,
            layout=part.layout,
            count=len(part.members),
            includes_subject=bool(subject),
            subject=dict(subject[0].fields) if subject else {},
            others=tuple(filter(None, others)) if step.context.show_others else (),
        )


async def _leave_subject_uncovered(visit: PageVisit) -> None:
    """Leave the subject's cards uncovered in screenshots of the page."""
    regions = await visit.page.regions()
    seen = await asyncio.gather(*(avatars_in(region.root, region.frame) for region in regions))
    for region, avatars in zip(regions, seen, strict=True):
        mine = sort_cards([avatar.card for avatar in avatars], visit.step.who).mine
        await visit.leave_uncovered(*(avatars[index] for index, _ in mine), surface=region.surface)
