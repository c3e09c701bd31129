"""Takes pictures of many users' cards on one page, in one visit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from troubleshooter.compare import Avatar, UnreadablePicture, load
from troubleshooter.evidence.camera import CutOut
from troubleshooter.identity.match import Member, Subject, sort_cards
from troubleshooter.model.enums import Surface
from troubleshooter.pages import cover
from troubleshooter.pages.avatars import AvatarElement, avatars_in, members_of, reveal, scroll_into_view
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.repaired import trusted
from troubleshooter.steps.step_run import StepRun

if TYPE_CHECKING:
    from playwright.async_api import Page

_WHERE = (Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE)
Cards = Mapping[str, Sequence[Avatar] | None]
"""The pictures of each user's cards; None for a user who was not certainly seen."""


@dataclass(frozen=True)
class _Part:
    """A part of the page, its own data about it, and the avatars there."""

    region: Region
    listed: WebPart | None
    avatars: Sequence[AvatarElement]


async def cards_on_page(step: StepRun, tab: Page, url: str, upns: Sequence[str]) -> Cards:
    """Open `url` in `tab` and return the cards of `upns`, once the page has settled.

    Raises:
        CannotTell: the page can't be opened, or is not a page of a site.
        BrowserFailure: the page was rebuilt meanwhile.
    """
    workspace = step.workspace
    page = SitePage(tab, workspace.traffic(tab), step.context.timeout)
    await page.open(url, workspace.guard.hosts)
    settled = await page.scroll_through()
    parts = await _parts(page)
    return await _cards(step, parts, upns) if settled else dict.fromkeys(upns)


async def _parts(page: SitePage) -> list[_Part]:
    listed = await page.data()
    await page.until_listed(listed)
    found = []
    for region in await page.regions(_WHERE):
        await reveal(region.root)
        await page.traffic.settle(page.timeout)
        part = members_of(region, region.number, listed)
        found.append(_Part(region, part, await avatars_in(region.root, region.frame)))
    return found


async def _cards(step: StepRun, parts: Sequence[_Part], upns: Sequence[str]) -> Cards:
    """Return the pictures of each user's cards; None if there is none, or if any of them is not a finished photo."""
    found: dict[str, list[Avatar | None]] = {upn: [] for upn in upns}
    for part in parts:
        mine = {upn: _cards_of(part, upn) for upn in upns}
        pictures = await _pictures(step, part, {index for cards in mine.values() for index in cards or ()})
        for upn, cards in mine.items():
            found[upn] += [None] if cards is None else [pictures[index] for index in cards]
    whole = {upn: [picture for picture in pictures if picture] for upn, pictures in found.items()}
    return {
        upn: whole[upn] if pictures and len(whole[upn]) == len(pictures) else None for upn, pictures in found.items()
    }


def _cards_of(part: _Part, upn: str) -> list[int] | None:
    """Return which avatars of `part` show the user; None if that is not certain."""
    members = part.listed.members if part.listed else ()
    sorted_ = sort_cards([avatar.card for avatar in part.avatars], as_listed(upn, members), members)
    mine, unknown = trusted(part.region, part.listed, list(part.avatars), sorted_)
    return None if unknown or sorted_.contradictory else [index for index, _ in mine]


def as_listed(upn: str, members: Sequence[Member]) -> Subject:
    """Return the user `upn` with the addresses and names that the page's data gives them.

    The name is needed to rule cards out: a card that may be either of two namesakes' would otherwise count as possibly
    this user's.
    """
    mine = [member for member in members if upn in member.addresses]
    addresses = frozenset[str]().union(*(member.addresses for member in mine))
    return Subject(upn, addresses, frozenset(member.name for member in mine if member.name))


async def _pictures(step: StepRun, part: _Part, wanted: Collection[int]) -> dict[int, Avatar | None]:
    """Return the pictures of the `wanted` avatars of `part`; None for one that is not a finished photo.

    A screenshot takes longer than everything else about a card, so one shows as many cards as the window does.
    """
    found: dict[int, Avatar | None] = dict.fromkeys(wanted)
    left = [index for index in sorted(wanted) if _is_finished(part.avatars[index])]
    while left:
        first = part.avatars[left[0]]
        await scroll_into_view(first)
        here = [index for index in left if part.avatars[index].frame is first.frame]
        pairs = [(part.avatars[index].held, part.avatars[index].held_card) for index in here]
        shots = await step.workspace.camera.cut_out_all(first.frame, partial(cover.boxes_in_window, pairs, first.frame))
        taken = {index: shot for index, shot in zip(here, shots, strict=True) if shot}
        found |= {index: _read(step, shot) for index, shot in taken.items()}
        if left[0] not in taken:
            found[left[0]] = await _picture(step, first)
        left = [index for index in left[1:] if index not in taken]
    return found


def _is_finished(avatar: AvatarElement) -> bool:
    return avatar.state == "loaded" and avatar.shown not in ("initials", "hidden")


async def _picture(step: StepRun, avatar: AvatarElement) -> Avatar | None:
    """Return the picture of one avatar; None if the avatar is gone or covered."""
    if not await reveal(avatar.held):
        return None
    shown = await cover.reveal(avatar.held, avatar.held_card)
    if not shown.uncovered:
        return None
    return _read(step, await step.workspace.camera.cut_out(avatar.held, avatar.frame, shown.box))


def _read(step: StepRun, shot: CutOut) -> Avatar | None:
    try:
        return load(step.workspace.camera.folder.path / shot.path)
    except UnreadablePicture:
        return None
