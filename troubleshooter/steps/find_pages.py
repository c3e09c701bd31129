"""Pages found by themselves: where the subject stands in a People web part that the account may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.model.records import FoundPage
from troubleshooter.pages import start_page
from troubleshooter.pages.canvas import PEOPLE
from troubleshooter.pages.library import Library, PageItem, library_of, linked_sites
from troubleshooter.steps.site_page import includes
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from troubleshooter.steps.context import Visit

MOST = 3
"""Pages that a run chooses."""
_SITES = 8
"""Sites that are looked through, in the order in which the start page lists them, after the root site."""


async def find_pages(visit: Visit) -> None:
    """Before B4: look through the pages that the account may read for People web parts that include the user."""
    assert visit.tab
    origin = visit.tenant.sharepoint
    if host_of(visit.tab.url) != host_of(origin):
        await visit.tab.goto(start_page.address(origin), wait_until="domcontentloaded")
        await visit.arrive(origin)
    await visit.traffic(visit.tab).settle(visit.timeout)
    await visit.photograph(message("Where the search for pages starts"))
    libraries = []
    for site in ["", *(await linked_sites(visit.tab))[:_SITES]]:
        libraries.append(await library_of(visit.tab, origin, site, min(10.0, visit.timeout)))
    found = chosen([[page for page in one.pages if _shows(visit, page)] for one in libraries])
    count = sum(len(one.pages) for one in libraries)
    if not found:
        raise _none(libraries, count)
    total = sum(_shows(visit, page) for one in libraries for page in one.pages)
    for page in found:
        parts = sum(part.kind == PEOPLE and includes(visit, part) for part in page.parts)
        how = message("“{title}”: {count} of its People web parts include the user", title=page.title, count=parts)
        visit.found_pages.append(FoundPage(url=page.url, how=how))
    visit.pages = tuple(page.url for page in found)
    visit.note = message(
        "Looked through {count} pages on {sites} sites; {total} have a People web part with the user: {chosen}.",
        count=count,
        sites=sum(bool(one.pages) for one in libraries),
        total=total,
        chosen=", ".join(page.title for page in found),
    )


def _shows(visit: Visit, page: PageItem) -> bool:
    return any(part.kind == PEOPLE and includes(visit, part) for part in page.parts)


def chosen(by_site: list[list[PageItem]]) -> list[PageItem]:
    """Return up to three pages: the first of each site, then the second of each, and so on."""
    longest = max((len(pages) for pages in by_site), default=0)
    turns = [pages[turn] for turn in range(longest) for pages in by_site if turn < len(pages)]
    return turns[:MOST]


def _none(libraries: list[Library], count: int) -> CannotTell:
    """Return why no page was found."""
    statuses = {one.status for one in libraries}
    if statuses & {429, 503}:
        note = message("SharePoint asked to slow down while pages were looked for. Name a page with --page.")
        return CannotTell(Reason.THROTTLED, note)
    if not statuses & {200}:
        note = message("SharePoint did not let the account read any site's pages. Name a page with --page.")
        return CannotTell(Reason.PAGE_FORBIDDEN, note)
    note = message(
        "None of the {count} pages that the account may read has a People web part with the user. Name a page with "
        "--page, or put the user into a People web part of a page.",
        count=count,
    )
    return CannotTell(Reason.SUBJECT_NOT_ON_PAGE, note)
