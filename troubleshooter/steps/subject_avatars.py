"""Finds the subject's avatars in a part of a page, by evidence, once each is rendered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures, or_default
from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import PersonCard, contains_name, sort_cards
from troubleshooter.identity.photo_address import source_of
from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.pages import profile_card as card
from troubleshooter.pages.avatars import AvatarElement, avatars_in, is_attached, reveal, scroll_into_view
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.hovered_card import accounts_on, hovered_card, of_its_person
from troubleshooter.steps.late_photo import once_drawn, was_answered_without
from troubleshooter.steps.mixups import mixups
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.repaired import is_shown_alone, trusted
from troubleshooter.steps.sighting import Place, take

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle

_REPLACED = 3
"""How often a picture or a region that the page replaces is waited for."""


@dataclass(frozen=True)
class SubjectAvatar:
    """The subject's avatar in a region of a page."""

    region: Region
    avatar: AvatarElement
    evidence: str
    """What proves that the avatar is the subject's."""
    index: int
    """Its index among the region's avatars."""

    def place(self, subject: str) -> Place:
        """Return where the avatar is, and what proves that it is `subject`'s."""
        return Place(self.region.surface, self.region.selector, subject, self.evidence)


async def avatars_of_subject(visit: PageVisit, region: Region, part: WebPart | None) -> tuple[list[SubjectAvatar], int]:
    """Return the subject's avatars in `region`, once rendered, and how many may be the subject's without proof.

    Args:
        part: the page's own data about the region, if there is any.
    """
    step, page = visit.step, visit.page
    for left in reversed(range(_REPLACED)):
        region, avatars = await _drawn(page, region)
        cards = [avatar.card for avatar in avatars]
        sorted_ = sort_cards(cards, step.who, part.members if part else ())
        mine, unknown = trusted(region, part, avatars, sorted_)
        hovered = {index: await hovered_card(visit, avatars[index]) for index in unknown}
        proofs = {index: opened.is_subjects for index, opened in hovered.items()}
        # A photo that arrives meanwhile may prove what the initials in its place did not.
        if not left or None not in proofs.values() or not await show_others(region, cards):
            break
    mine += [(index, "profile-card") for index, proof in proofs.items() if proof]
    mixed_up, unclear = await mixups(visit, region, avatars, sorted_, hovered)
    unclear += len(sorted_.contradictory) + sum(proof is None for proof in proofs.values())
    step.recorder.add(*mixed_up)
    found = []
    for index, evidence in mine:
        redrawn, place = await _once_drawn(page, region, avatars, index)
        if place is None:
            unclear += 1
            continue
        found.append(SubjectAvatar(region, redrawn[place], evidence, place))
        visit.leave_uncovered(redrawn[place], surface=region.surface)
    return found, unclear


async def show_others(region: Region, cards: Sequence[PersonCard]) -> bool:
    """Return whether `region` shows other cards than `cards` now, or other pictures on them, or was rebuilt."""
    if not await or_default(is_attached(region.root), False):
        return True
    return [avatar.card for avatar in await avatars_in(region.root, region.frame)] != list(cards)


async def _once_drawn(
    page: SitePage, region: Region, avatars: Sequence[AvatarElement], index: int
) -> tuple[Sequence[AvatarElement], int | None]:
    """Return the avatars in `region` once the one at `index` in `avatars` is drawn, and its index among them, if known.

    A page may put another picture there while the first one is waited for.
    """
    await scroll_into_view(avatars[index])
    if avatars[index].shown == "initials" or avatars[index].state != "loaded":
        await page.traffic.settle(page.timeout)
        await page.until_drawn(avatars[index])
    redrawn: Sequence[AvatarElement] = []
    place: int | None = None
    for left in reversed(range(_REPLACED)):
        redrawn = await avatars_in(region.root, region.frame)
        place = _index_after_wait(redrawn, avatars, index)
        if not left or place is None or not _may_come(redrawn[place]):
            break
        await page.traffic.settle(page.timeout)
        await page.until_drawn(redrawn[place])
    return redrawn, place


def _may_come(avatar: AvatarElement) -> bool:
    """Return whether the picture of `avatar` may still come.

    One that a page puts into its own address is there at once, but for a moment it looks as if it were broken.
    """
    embedded = avatar.url.startswith(("data:", "blob:"))
    return avatar.state == "loading" or (avatar.state == "broken" and embedded)


def _index_after_wait(after: Sequence[AvatarElement], before: Sequence[AvatarElement], index: int) -> int | None:
    """Return the current index of the avatar at `index` in `before`; None if it can't be determined.

    During the wait, cards may have been inserted above it, and its text ("2 minutes ago") may have changed.
    """
    if len(after) == len(before):
        return index
    card_before = before[index].card
    text_and_links = (card_before.text, card_before.links)
    same = [n for n, avatar in enumerate(after) if (avatar.card.text, avatar.card.links) == text_and_links]
    return same[0] if len(same) == 1 else None


async def _drawn(page: SitePage, region: Region) -> tuple[Region, list[AvatarElement]]:
    """Return `region`, found again if the page rebuilt it, and its avatars once the page has settled."""
    try:
        with browser_failures():
            if not await reveal(region.root):
                await (await region.root.element()).scroll_into_view_if_needed()  # it may get a box
    except BrowserFailure:
        if await or_default(is_attached(region.root), False):
            return region, []  # a region without a box shows nobody
        region = await refreshed(page, region)
    await page.traffic.settle(page.timeout)
    return region, await avatars_in(region.root, region.frame)


def rebuilt(page: SitePage) -> CannotTell:
    """Return the failure for a page that is rebuilt while it is being inspected."""
    return CannotTell(
        Reason.PAGE_CHANGED, message("The page was rebuilt while it was being inspected."), page=page.name
    )


async def refreshed(page: SitePage, region: Region) -> Region:
    """Return `region` as the page has rebuilt it.

    Raises:
        CannotTell: it is gone (`page-changed`).
    """
    for _ in range(_REPLACED):
        candidates = await page.regions({region.surface})
        found = next((candidate for candidate in candidates if candidate.number == region.number), None)
        if found is not None and await or_default(is_attached(found.root), False):
            return replace(region, root=found.root, frame=found.frame)
        await page.traffic.settle(page.timeout)  # the page is still replacing it
    raise rebuilt(page)


async def proved_by_card(visit: PageVisit, avatar: AvatarElement) -> bool | None:
    """Open the profile card of `avatar`; return whether it is the subject's, or None if the card does not say."""
    return (await hovered_card(visit, avatar)).is_subjects


async def see_profile_card(
    visit: PageVisit, mine: Sequence[SubjectAvatar], again: Callable[[], Awaitable[Sequence[SubjectAvatar]]]
) -> None:
    """Open the subject's profile card, once in a run, and take the sighting.

    Args:
        again: finds the subject's avatars again, if the page was rebuilt since `mine` were found.
    """
    step = visit.step
    surface = Surface.PROFILE_CARD
    if surface not in step.context.surfaces or any(s.surface is surface for s in step.seen.sightings):
        return
    for find in (None, again):
        try:
            with browser_failures():
                if await _see_card_of_one(visit, mine if find is None else await find()):
                    return
                break
        except TimedOut:
            raise
        except BrowserFailure:
            continue  # the page replaced the avatars, as it does when photos arrive late
    step.cannot_see(surface, message("No profile card opened on this page."))


async def _photo_on_card(visit: PageVisit, avatar: AvatarElement) -> list[AvatarElement]:
    """Open the card of `avatar`; return its person's avatars, the largest first, once their photo is drawn."""
    page, mine = visit.page, visit.step.who.addresses
    opened = await card.open_card(page.page, page.traffic, avatar, page.timeout)
    if opened is None:
        return []

    async def find() -> ElementHandle:
        return opened.root

    async def look(_: object) -> list[AvatarElement]:
        shown = of_its_person(await card.avatars_on(page.page, page.traffic, opened), mine)
        return sorted(shown, key=lambda one: -one.size[0])

    async def has_answer() -> bool:
        return await was_answered_without(page.traffic, mine, opened.began)

    frame = page.page.main_frame
    return [
        *await once_drawn(opened.root, find, look, page.traffic, frame, seconds=page.timeout, has_answer=has_answer)
    ]


async def _see_card_of_one(visit: PageVisit, mine: Sequence[SubjectAvatar]) -> bool:
    """Take the sighting of the profile card that opens over one of the subject's avatars; return whether one did."""
    step, page = visit.step, visit.page
    for candidate in mine:
        opened = await _photo_on_card(visit, candidate.avatar)
        named = {account for avatar in opened for account in accounts_on(avatar)}
        texts = {avatar.card.text for avatar in opened}
        nameless = all(contains_name(text, name) for text in texts for name in step.who.names)
        sure = not card.is_doubtful() or (named and is_shown_alone(opened, step.who.addresses))
        if sure and opened and (named <= step.who.addresses if named else nameless):
            best = max(opened, key=lambda a: (source_of(a.url) is Source.PEOPLE_SERVICE, a.size[0]))
            how = "profile-card" if named else candidate.evidence
            visit.leave_uncovered(*opened)
            place = Place(Surface.PROFILE_CARD, N_("by structure"), step.context.subject, how)
            await take(step, page.page, best, place)
            marks = [(best.held, message("the photo on the profile card"))]
            await visit.photograph(message("The user’s profile card"), marks)
            await card.leave(page.page)
            return True
        await card.leave(page.page)
    return False
