"""Takes pictures of many users' cards on one page, in one visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from troubleshooter.compare import Avatar, UnreadablePicture, load
from troubleshooter.identity.match import Member, Subject, sort_cards
from troubleshooter.model.enums import Surface
from troubleshooter.pages.avatars import AvatarElement, avatars_in, members_of, reveal
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.repaired import trusted
from troubleshooter.steps.step_run import StepRun

_WHERE = (Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE)
Cards = Mapping[str, Sequence[Avatar] | None]
"""The pictures of each user's cards; None for a user who was not certainly seen."""


@dataclass(frozen=True)
class _Part:
    """A part of the page, its own data about it, and the avatars there."""

    region: Region
    listed: WebPart | None
    avatars: Sequence[AvatarElement]


async def cards_on_page(step: StepRun, url: str, upns: Sequence[str]) -> Cards:
    """Open `url` in a new tab and return the cards of `upns`, once the page has settled.

    Raises:
        CannotTell: the page can't be opened, or is not a page of a site.
        BrowserFailure: the page was rebuilt meanwhile.
    """
    workspace = step.workspace
    tab = await workspace.open_tab()
    try:
        page = SitePage(tab, workspace.traffic(tab), step.context.timeout)
        await page.open(url, workspace.guard.hosts)
        settled = await page.scroll_through()
        parts = await _parts(page)
        return {upn: await _cards_of(step, parts, upn) if settled else None for upn in upns}
    finally:
        await workspace.close_tab(tab)


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


async def _cards_of(step: StepRun, parts: Sequence[_Part], upn: str) -> Sequence[Avatar] | None:
    """Return the pictures of the user's cards; None if there is none, or if any of them is not a finished photo."""
    pictures: list[Avatar] = []
    for part in parts:
        members = part.listed.members if part.listed else ()
        sorted_ = sort_cards([avatar.card for avatar in part.avatars], as_listed(upn, members), members)
        mine, unknown = trusted(part.region, part.listed, list(part.avatars), sorted_)
        if unknown or sorted_.contradictory:
            return None
        for index, _ in mine:
            picture = await _picture(step, part.avatars[index])
            if picture is None:
                return None
            pictures.append(picture)
    return pictures or None


def as_listed(upn: str, members: Sequence[Member]) -> Subject:
    """Return the user `upn` with the addresses and names that the page's data gives them.

    The name is needed to rule cards out: a card that may be either of two namesakes' would otherwise count as possibly
    this user's.
    """
    mine = [member for member in members if upn in member.addresses]
    addresses = frozenset[str]().union(*(member.addresses for member in mine))
    return Subject(upn, addresses, frozenset(member.name for member in mine if member.name))


async def _picture(step: StepRun, avatar: AvatarElement) -> Avatar | None:
    if avatar.state != "loaded" or avatar.shown in ("initials", "hidden"):
        return None
    if not await reveal(avatar.held):
        return None
    camera = step.workspace.camera
    shot = await camera.cut_out(avatar.held, avatar.frame)
    try:
        return load(camera.folder.path / shot.path)
    except UnreadablePicture:
        return None
