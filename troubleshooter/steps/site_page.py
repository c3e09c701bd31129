"""Takes sightings of the subject on a page of a site: in parts that show people, and in the rest of the content."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures
from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import Subject, is_name, sort_cards
from troubleshooter.identity.similar import nearest
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Sighting, WebPartPeople
from troubleshooter.pages.avatars import AvatarElement, avatars_in, avatars_of, members_of, outside, scroll_into_view
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.recorder import SimilarAddress, SubjectKnownAs
from troubleshooter.steps.sighting import take
from troubleshooter.steps.subject_avatars import (
    SubjectAvatar,
    avatars_of_subject,
    proved_by_card,
    rebuilt,
    refreshed,
    show_others,
)
from troubleshooter.steps.subject_on_page import SeenAvatar, SubjectOnPage, lost_parts

_REBUILDS = 3
"""How often a part that the page rebuilds is inspected."""


async def see_subject(visit: PageVisit) -> SubjectOnPage:
    """Find the subject on the page, wait until each avatar is fully rendered, and take the sightings."""
    with visit.step.recorder.until_complete(), browser_failures():
        return await _see_subject(visit)


async def _see_subject(visit: PageVisit) -> SubjectOnPage:
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
    step.recorder.add(SubjectKnownAs(object_ids=_object_ids(parts, step.context.subject)))
    await page.until_listed(parts)
    regions = await _once_promised_cards_are_there(visit, parts)
    seen, unclear = await _see_in_regions(visit, regions, parts)
    people_parts = [part for part in parts if part.is_people and includes(part, step.who)]
    listed = len(people_parts) if Surface.PEOPLE_WEB_PART in step.context.surfaces else 0
    shown = {mine.region.number for mine, _ in seen if mine.region.surface is Surface.PEOPLE_WEB_PART}
    others, doubtful = await _see_in_other_parts(visit)
    everywhere, doubtful, missing = (*seen, *others), unclear + doubtful, max(0, listed - len(shown))
    found = SubjectOnPage(everywhere, doubtful, missing)
    return replace(found, lost=await lost_parts(visit, found, {region.surface for region in regions}))


def _similar(parts: Sequence[WebPart], subject: str) -> str | None:
    """Return the address in the page's data of which `subject` may be a misspelling."""
    return nearest(subject, (address for part in parts for member in part.members for address in member.addresses))


async def _see_in_regions(
    visit: PageVisit, regions: Sequence[Region], parts: list[WebPart]
) -> tuple[list[SeenAvatar], int]:
    """Take the sightings where the page shows people; return them, and how many avatars may be the subject's."""
    seen: list[SeenAvatar] = []
    unclear = 0
    for region in regions:
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
    await visit.photograph(message("The user on the page"), [(mine.avatar.held, message("the user’s avatar"))])
    return sighting


def _mail_addresses(parts: Sequence[WebPart], subject: str) -> frozenset[str]:
    """Return the mail addresses that the page's data has for the subject's account, which other parts may use."""
    members = [member for part in parts for member in part.members]
    return frozenset(member.email.lower() for member in members if member.upn.lower() == subject and member.email)


def _object_ids(parts: Sequence[WebPart], subject: str) -> frozenset[str]:
    """Return the object ids that the page's data has for the subject's account, which photo addresses may name."""
    members = [member for part in parts for member in part.members]
    return frozenset(member.object_id.lower() for member in members if member.upn.lower() == subject) - {""}


async def in_other_parts(visit: PageVisit, *, everywhere: bool = False) -> tuple[list[SubjectAvatar], int]:
    """Return the subject's avatars in other parts of the content, and how many may be the subject's without proof.

    An avatar is the subject's if its URL requests the user's photo, or if its card links to the user, and it is marked
    up as a person's avatar or its text alternative is the user's name. Other pictures beside a link may show anything.

    Args:
        everywhere: whether to include the regions that are searched for people anyway.
    """
    step, page = visit.step, visit.page
    content = await page.content() if Surface.PEOPLE_WEB_PART in step.context.surfaces else None
    if content is None:
        return [], 0
    known = [] if everywhere else await page.regions()
    for left in reversed(range(_REBUILDS)):
        avatars = await avatars_in(content.root, content.frame)
        found, doubtful = await _of_subject(visit, content, avatars, known, everywhere=everywhere)
        if not left or not doubtful or not await show_others(content, [avatar.card for avatar in avatars]):
            break
        await page.traffic.settle(page.timeout)
    return found, doubtful


async def _of_subject(
    visit: PageVisit,
    content: Region,
    avatars: Sequence[AvatarElement],
    known: Sequence[Region],
    *,
    everywhere: bool,
) -> tuple[list[SubjectAvatar], int]:
    """Return which of `avatars` are the subject's and in none of the `known` regions, and how many may be."""
    hows = [_how_mine(avatar, visit.step.who, everywhere=everywhere) for avatar in avatars]
    candidates = [(index, avatars[index]) for index, how in enumerate(hows) if how is not None]
    apart = await outside(candidates, known)
    found, doubtful = [], 0
    for index, avatar in candidates:
        if index not in apart:
            continue
        how = hows[index]
        proof = None if how else await proved_by_card(visit, avatar)
        if how or proof:
            visit.leave_uncovered(avatar)
            found.append(SubjectAvatar(content, avatar, how or "profile-card", index))
        doubtful += not how and proof is None
    return found, doubtful


def _how_mine(avatar: AvatarElement, who: Subject, *, everywhere: bool) -> str | None:
    """Return what proves that `avatar` is the subject's; empty if its card may; None if it is somebody else's.

    Args:
        everywhere: whether a name, which only a card can prove, does not count.
    """
    sorted_ = sort_cards([avatar.card], who)
    is_portrait = avatar.persona or any(is_name(avatar.described, name) for name in who.names)
    if how := next((how for _, how in sorted_.mine if how == "photo-address" or is_portrait), ""):
        return how
    named = bool(avatar.persona and avatar.card.text and who.names and sorted_.unknown) and not everywhere
    return "" if named else None


async def found_again(visit: PageVisit) -> list[SubjectAvatar]:
    """Return the subject's avatars in all of the page's content, once it has settled."""
    await visit.page.traffic.settle(visit.page.timeout)
    return (await in_other_parts(visit, everywhere=True))[0]


async def _once_promised_cards_are_there(visit: PageVisit, parts: Sequence[WebPart]) -> list[Region]:
    """Return the regions to inspect, once they have the cards of the subject that the page's data lists.

    Some cards appear late. What is still missing at the time limit is reported by the caller.
    """
    page, timeout, wanted = visit.page, visit.step.context.timeout, visit.step.context.surfaces
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout
    while True:
        was = await page.people_shown()  # before the regions are looked at: a card may appear meanwhile
        regions = await page.regions(wanted)
        left = deadline - loop.time()
        if left <= 0 or not await _lacks_a_card(visit, regions, parts):
            return regions
        if not await page.people_change(was, left):
            return await page.regions(wanted)
        await page.traffic.settle(timeout)


async def _lacks_a_card(visit: PageVisit, regions: Sequence[Region], parts: Sequence[WebPart]) -> bool:
    """Return whether a People web part lists the subject in its data but shows nobody who may be the subject."""
    who = visit.step.who
    people = [region for region in regions if region.surface is Surface.PEOPLE_WEB_PART]
    listed = [(region, members_of(region, region.number, list(parts))) for region in people]
    mine = [(region, part) for region, part in listed if part is not None and includes(part, who)]
    shown = await avatars_of([region for region, _ in mine])
    for (_, part), avatars in zip(mine, shown, strict=True):
        found = sort_cards([avatar.card for avatar in avatars], who, part.members)
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
    for region, avatars in zip(regions, await avatars_of(regions), strict=True):
        mine = sort_cards([avatar.card for avatar in avatars], visit.step.who).mine
        visit.leave_uncovered(*(avatars[index] for index, _ in mine), surface=region.surface)
