"""Finds pages on which the subject is in a People web part that the account may see."""

from __future__ import annotations

from troubleshooter.browser.opening import open_page
from troubleshooter.errors import CannotTell
from troubleshooter.identity.match import Subject
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.model.records import FoundPage
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages import start_page
from troubleshooter.pages.library import Library, PageItem, library_of, linked_sites
from troubleshooter.steps.site_page import includes
from troubleshooter.steps.step_run import StepRun
from troubleshooter.urls import origin_of

MOST = 3
"""The largest number of pages that a run chooses."""
_SITES = 8
"""How many sites are searched after the root site, in the order in which the start page lists them."""


async def find_pages(step: StepRun) -> None:
    """Before B4: search the pages that the account may read for People web parts that include the user."""
    context, workspace = step.context, step.workspace
    tab, origin = workspace.tab, context.tenant.sharepoint
    if not workspace.guard.hosts.leads_to(tab.url, origin):
        await open_page(tab, start_page.address(origin), "domcontentloaded")
        await workspace.arrive(origin)
    origin = origin_of(tab.url)  # where SharePoint answers now
    await workspace.traffic(tab).settle(context.timeout)
    await step.photograph(message("Where the search for pages starts"))
    libraries = []
    for site in ["", *(await linked_sites(tab))[:_SITES]]:
        libraries.append(await library_of(tab, origin, site, context.short_wait))
    who = step.who
    candidates = [[page for page in library.pages if _parts_with_subject(page, who)] for library in libraries]
    count = sum(len(library.pages) for library in libraries)
    found = choose(candidates)
    if not found:
        raise _none_found(libraries, count)
    for page in found:
        parts = _parts_with_subject(page, who)
        how = message("“{title}”: People web parts that include the user: {count}", title=page.title, count=parts)
        step.recorder.add(FoundPage(url=page.url, how=how))
    step.note(
        message(
            "Pages searched: {count}; sites: {sites}; pages with a People web part that includes the user: {total}. "
            "Checked: {chosen}.",
            count=count,
            sites=sum(bool(library.pages) for library in libraries),
            total=sum(len(pages) for pages in candidates),
            chosen=", ".join(page.title for page in found),
        )
    )


def _parts_with_subject(page: PageItem, who: Subject) -> int:
    return sum(part.is_people and includes(part, who) for part in page.parts)


def choose(by_site: list[list[PageItem]]) -> list[PageItem]:
    """Return up to three pages: the first of each site, then the second of each, and so on."""
    longest = max((len(pages) for pages in by_site), default=0)
    turns = [pages[turn] for turn in range(longest) for pages in by_site if turn < len(pages)]
    return turns[:MOST]


def _none_found(libraries: list[Library], count: int) -> CannotTell:
    """Return why no page was found."""
    statuses = {library.status for library in libraries}
    if statuses & THROTTLED:
        note = message("SharePoint throttled the requests during the search for pages. Name a page with --page.")
        return CannotTell(Reason.THROTTLED, note)
    if not statuses & {200}:
        note = message("SharePoint did not let the account read any site’s pages. Name a page with --page.")
        return CannotTell(Reason.PAGE_FORBIDDEN, note)
    note = message(
        "Pages that the account may read: {count}. None of them has a People web part with the user. Name a page with "
        "--page, or put the user into a People web part of a page.",
        count=count,
    )
    return CannotTell(Reason.SUBJECT_NOT_ON_PAGE, note)
