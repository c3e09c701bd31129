"""Checks surfaces that the article does not visit, each with a time limit. What can't be reached is only reported."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.patience import patience
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.pages import find
from troubleshooter.pages.handles import held
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.sighting import header, take
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.subject_avatars import avatars_of_subject
from troubleshooter.surfaces import ELSEWHERE, SURFACES, list_author, people_search
from troubleshooter.surfaces.surface import Origins, SurfaceDefinition, Whose
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

LIMIT = 20.0
"""Seconds that one surface may take."""
_SETTLING = 8.0
"""Seconds to wait for a page to settle: mail and chat never do."""
_ROWS = 3
"""Maximum number of sightings of the subject to take from one list."""
_LISTS = 2
"""Maximum number of lists to inspect."""


async def see_other_surfaces(step: StepRun) -> None:
    """Outside the article: see each chosen surface that the steps through SharePoint do not visit."""
    for surface in ELSEWHERE:
        if surface not in step.context.surfaces:
            continue
        if SURFACES[surface].whose is Whose.SIGNED_IN and not step.context.as_subject:
            note = message("It shows only the signed-in user, so only the user’s own session can see it.")
            step.cannot_see(surface, note, Reason.OWN_SESSION_ONLY)
        else:
            await _see_surface(step, SURFACES[surface])


async def _see_surface(step: StepRun, definition: SurfaceDefinition) -> None:
    """See one surface in a tab of its own; if that is not possible, record why."""
    surface, workspace = definition.surface, step.workspace
    tab = await workspace.open_tab(aside=True)
    tab.set_default_timeout(_limit(step) * 1000)
    refused = len(workspace.guard.refused)
    patience().begin_step()
    try:
        async with asyncio.timeout(LIMIT):
            with browser_failures():
                await _WAYS.get(surface, _see_account_button)(step, tab, definition)
    except CannotTell as error:
        step.cannot_see(surface, error.note, error.reason)
    except (TimeoutError, TimedOut):
        step.cannot_see(surface, *_why_late(step, tab, refused))
    except BrowserFailure as error:
        if tab.is_closed():
            raise
        step.cannot_see(surface, *_why_failed(step, tab, error, refused))
    finally:
        if not tab.is_closed():
            await workspace.close_tab(tab)


def _limit(step: StepRun) -> float:
    return min(LIMIT, step.context.timeout)


def _why_late(step: StepRun, tab: Page, refused: int) -> tuple[Message, Reason]:
    guard = step.workspace.guard
    if len(guard.refused) > refused:
        return _refused_host(step, refused)
    if guard.hosts.may_type(tab.url):
        return message("{host} requires signing in again.", host=host_of(tab.url)), Reason.SIGNED_OUT
    return message("It did not appear within {seconds} s.", seconds=f"{_limit(step):g}"), Reason.NOT_REACHED


def _why_failed(step: StepRun, tab: Page, error: BrowserFailure, refused: int) -> tuple[Message, Reason]:
    if len(step.workspace.guard.refused) > refused:
        return _refused_host(step, refused)
    if network := error.network:
        return network.note(tab.url), network.reason
    return message("The page could not be opened."), Reason.NOT_REACHED


def _refused_host(step: StepRun, refused: int) -> tuple[Message, Reason]:
    address = step.workspace.guard.refused[refused]
    note = message("It leads to {host}, which is not a host of this tenant.", host=host_of(address) or address)
    return note, Reason.UNEXPECTED_HOST


def _origins(step: StepRun) -> Origins:
    tenant = step.context.tenant
    return Origins(tenant.home, tenant.sharepoint, tenant.my, tenant.cloud, step.seen.account_page)


async def _see_account_button(step: StepRun, tab: Page, definition: SurfaceDefinition) -> None:
    """See the signed-in user's avatar, on a page of its own."""
    origins = _origins(step)
    addresses, hosts = definition.addresses(origins), definition.hosts(origins)
    if not addresses:
        raise CannotTell(Reason.NOT_REACHED, message("Its address is not known in this cloud."))
    seconds = _limit(step)
    policy = step.workspace.guard.hosts

    def there(url: str) -> bool:
        return any(policy.leads_to(url, f"https://{host}") for host in hosts)

    for address in addresses:
        last = address == addresses[-1]
        try:
            with browser_failures():
                answer = await open_page(tab, address, "commit")
                # A silent sign-in may be under way, or an old address may redirect.
                patience = seconds if last else seconds / 3
                await tab.wait_for_url(there, wait_until="commit", timeout=patience * 1000)
            if answer and there(answer.url):
                check_answer(answer.status, address, tab.url)
        except (CannotTell, BrowserFailure):
            if last:
                raise
            continue
        break
    found = await find.anywhere(tab, definition.locator, seconds)
    if found is None:
        if step.workspace.guard.hosts.may_type(tab.url):
            raise CannotTell(Reason.SIGNED_OUT, message("{host} requires signing in again.", host=host_of(tab.url)))
        note = message(
            "The page shows no account picture: perhaps it was redesigned, or the account has no license for it."
        )
        raise find.changed(note, (definition.locator.id,))
    settling = min(_SETTLING, step.context.timeout)
    if await header(step, tab, found, definition.surface, seconds=settling) is None:
        raise CannotTell(Reason.PAGE_CHANGED, message("The account button contains no picture."))


async def _see_in_people_search(step: StepRun, tab: Page, definition: SurfaceDefinition) -> None:
    """See the subject's result in people search, searching by account, then by name."""
    unclear = 0
    for query in (step.context.subject, *sorted(step.who.names)[:1]):
        visit = await _open(step, tab, people_search.address(step.context.tenant.sharepoint, query))
        root = await find.first(tab, definition.locator, visit.page.timeout)
        if root is None:
            raise find.changed(message("The people search page was not recognized."), (definition.locator.id,))
        region = Region(
            definition.surface, await held(root.locator), tab.main_frame, root.selector, "", repaired=root.repaired
        )
        seen, doubtful = await _see_in(visit, region, most=1)
        if seen:
            await visit.photograph(message("People search"), people_in=locators().selectors(definition.locator))
            return
        unclear += doubtful
    if unclear:
        note = message("People search shows a person with the user’s name, and nothing proves who it is.")
        raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
    raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, message("People search does not find the user."))


async def _see_in_lists(step: StepRun, tab: Page, definition: SurfaceDefinition) -> None:
    """See the subject as an author in the page libraries of the sites whose pages are checked."""
    libraries = dict.fromkeys(filter(None, map(list_author.library_of, step.seen.pages)))
    if not libraries:
        raise CannotTell(Reason.NOT_REACHED, message("No site’s page library is known."))
    any_seen = any_doubt = False
    for library in list(libraries)[:_LISTS]:
        visit = await _open(step, tab, library)
        for region in await visit.page.regions({definition.surface}):
            seen, doubtful = await _see_in(visit, region, most=_ROWS)
            any_seen, any_doubt = any_seen or bool(seen), any_doubt or bool(doubtful)
        if any_seen:
            await visit.photograph(
                message("The site’s page library"), people_in=locators().selectors(definition.locator)
            )
    note = message("The list shows an author with the user’s name, and nothing proves who it is.")
    if any_doubt and any_seen:
        step.cannot_see(definition.surface, note, Reason.SUBJECT_NOT_IDENTIFIED)
    if any_seen:
        return
    if any_doubt:
        raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
    raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, message("The user is not an author in the site’s page library."))


async def _open(step: StepRun, tab: Page, url: str) -> PageVisit:
    """Open the SharePoint page at `url` and wait until it has settled."""
    page = SitePage(tab, step.workspace.traffic(tab), _limit(step))
    answer = await open_page(tab, url, "domcontentloaded")
    hosts = step.workspace.guard.hosts
    await tab.wait_for_url(lambda there: hosts.leads_to(there, url), wait_until="domcontentloaded")
    check_answer(answer.status if answer else 0, url, tab.url)
    await page.traffic.settle(min(_SETTLING, page.timeout))
    return PageVisit(step, page)


async def _see_in(visit: PageVisit, region: Region, *, most: int) -> tuple[int, int]:
    """Take the subject's sightings in `region`; return how many there are, and how many may be the subject's."""
    mine, doubtful = await avatars_of_subject(visit, region, None)
    step = visit.step
    for found in mine[:most]:
        await take(step, visit.page.page, found.avatar, found.place(step.context.subject))
    return len(mine), doubtful


_WAYS: dict[Surface, Callable[[StepRun, Page, SurfaceDefinition], Awaitable[None]]] = {
    Surface.PEOPLE_SEARCH: _see_in_people_search,
    Surface.LIST_AUTHOR: _see_in_lists,
}
"""How to see the surfaces that are not just the account button at the top right."""
