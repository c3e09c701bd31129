"""Reads from a page which users its People web parts name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures
from troubleshooter.identity.match import Member
from troubleshooter.identity.named_people import NamedPeople, ShownPart, people_named
from troubleshooter.pages.avatars import avatars_in, reveal
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage

_REBUILDS = 3
"""How often a page is read that is rebuilt meanwhile, as it is when photos arrive late."""


@dataclass(frozen=True)
class PeopleOfPage:
    """The people whom a page shows in its People web parts."""

    named: NamedPeople
    parts: int
    """The number of People web parts that the page shows."""
    not_shown: int = 0
    """The number of people whom the page's data puts into People web parts that the page does not show."""
    complete: bool = True
    """Whether all of the page had loaded."""


async def people_of(page: SitePage) -> PeopleOfPage:
    """Return whom the People web parts of an open page name.

    Raises:
        BrowserFailure: the browser failed, or the page was rebuilt each time.
    """
    for left in reversed(range(_REBUILDS)):
        try:
            with browser_failures():
                return await _people_of(page)
        except TimedOut:
            raise
        except BrowserFailure as failure:
            if failure.ended or not left:
                raise
    raise AssertionError("unreachable")


async def _people_of(page: SitePage) -> PeopleOfPage:
    complete = await page.scroll_through()
    data = await page.data()
    await page.until_listed(data)
    listed = [part for part in data if part.is_people]
    regions = await page.people_parts()
    shown: list[ShownPart] = []
    seen: list[WebPart] = []
    for region in regions:
        if not await reveal(region.root):
            continue  # what has no box shows nobody
        await page.traffic.settle(page.timeout)
        avatars = [avatar for avatar in await avatars_in(region.root, region.frame) if avatar.shown != "hidden"]
        part = _data_of(region, listed, len(regions))
        seen += [part] if part else []
        shown.append(ShownPart(tuple(avatar.card for avatar in avatars), _members(part)))
    not_shown = sum(len(part.members) for part in listed if part not in seen)
    return PeopleOfPage(people_named(shown), len(shown), not_shown, complete)


def _data_of(region: Region, listed: Sequence[WebPart], regions: int) -> WebPart | None:
    """Return the page's data about a web part: by its id; by its place only if there are no more, and no fewer."""
    if region.instance:
        return next((part for part in listed if part.instance == region.instance), None)
    return listed[region.number] if len(listed) == regions and not region.repaired else None


def _members(part: WebPart | None) -> tuple[Member, ...]:
    return part.members if part else ()
