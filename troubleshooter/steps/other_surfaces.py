"""Surfaces that the article does not pass by, each bounded in time. What can't be reached is told, not raised."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.browser.failures import UNREACHABLE
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.pages import find
from troubleshooter.pages.avatars import Region
from troubleshooter.pages.site_page import SitePage, check_answer
from troubleshooter.steps.sighting import Place, header, take
from troubleshooter.steps.subject_avatars import in_region
from troubleshooter.surfaces import ELSEWHERE, SURFACES, Origins, SurfaceDefinition, Whose, list_author, people_search
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

    from troubleshooter.steps.context import Visit

LIMIT = 20.0
"""Seconds that one surface may take."""
_QUIET = 8.0
"""Seconds to wait for a page to rest: mail and chat never do."""
_ROWS = 3
"""Sightings of the subject that one list gives."""
_LISTS = 2


async def look_elsewhere(visit: Visit) -> None:
    """Outside the article: each chosen surface that the way through SharePoint does not pass by."""
    for surface in ELSEWHERE:
        if surface not in visit.surfaces:
            continue
        if SURFACES[surface].whose is Whose.SIGNED_IN and not visit.as_subject:
            note = message("It shows only who is signed in: only the user's own session can look there.")
            visit.cannot_see(surface, note, Reason.OWN_SESSION_ONLY)
        else:
            await _bounded(visit, surface)


async def _bounded(visit: Visit, surface: Surface) -> None:
    """Look at one surface in a tab of its own; whatever stands in the way becomes a reason."""
    assert visit.session
    tab = await visit.new_tab(aside=True)
    tab.set_default_timeout(min(LIMIT, visit.timeout) * 1000)
    refused = len(visit.session.guard.refused)
    try:
        async with asyncio.timeout(LIMIT):
            await _LOOKS.get(surface, _circle)(visit, tab, SURFACES[surface])
    except CannotTell as error:
        visit.cannot_see(surface, error.note, error.reason)
    except (TimeoutError, WaitedTooLong):
        visit.cannot_see(surface, *_late(visit, tab, refused))
    except Error as error:
        if tab.is_closed():
            raise
        visit.cannot_see(surface, *_failed(visit, str(error), refused))
    finally:
        visit.keep = []
        if not tab.is_closed():
            await visit.close(tab)


def _late(visit: Visit, tab: Page, refused: int) -> tuple[Message, Reason]:
    assert visit.session
    if len(visit.session.guard.refused) > refused:
        return _failed(visit, "", refused)
    if visit.session.guard.hosts.may_type(tab.url):
        return message("{host} asks to sign in again.", host=host_of(tab.url)), Reason.SIGNED_OUT
    return message("It was not there within {seconds} s.", seconds=f"{min(LIMIT, visit.timeout):g}"), Reason.NOT_REACHED


def _failed(visit: Visit, text: str, refused: int) -> tuple[Message, Reason]:
    assert visit.session
    if new := visit.session.guard.refused[refused:]:
        note = message("It leads to {host}, which is not a host of this tenant.", host=host_of(new[0]) or new[0])
        return note, Reason.UNEXPECTED_HOST
    if any(code in text for code in UNREACHABLE):
        return message("Its host did not answer."), Reason.HOST_UNREACHABLE
    return message("The page could not be opened."), Reason.NOT_REACHED


def _origins(visit: Visit) -> Origins:
    where = visit.tenant
    return Origins(where.home, where.sharepoint, where.my, where.cloud, visit.account_page)


async def _circle(visit: Visit, tab: Page, spot: SurfaceDefinition) -> None:
    """The avatar of who is signed in, on a page of its own."""
    origins = _origins(visit)
    addresses, hosts = spot.addresses(origins), spot.hosts(origins)
    if not addresses:
        raise CannotTell(Reason.NOT_REACHED, message("Its address is not known in this cloud."))
    seconds = min(LIMIT, visit.timeout)
    for address in addresses:
        last = address == addresses[-1]
        try:
            answer = await tab.goto(address, wait_until="commit")
            # Sign-in lets the session in by itself, or an old address leads on.
            patience = seconds if last else seconds / 3
            await tab.wait_for_url(lambda url: host_of(url) in hosts, wait_until="commit", timeout=patience * 1000)
            if answer and host_of(answer.url) in hosts:
                check_answer(answer.status, address, tab.url)
        except (CannotTell, Error):
            if last:
                raise
            continue
        break
    found = await find.anywhere(tab, spot.locators, seconds)
    if found is None:
        if visit.session and visit.session.guard.hosts.may_type(tab.url):
            raise CannotTell(Reason.SIGNED_OUT, message("{host} asks to sign in again.", host=host_of(tab.url)))
        note = message("The page shows no account picture: it was redesigned, or the account has no licence for it.")
        raise CannotTell(Reason.PAGE_CHANGED, note)
    if (
        await header(visit, tab, found.locator, spot.surface, found.selector, seconds=min(_QUIET, visit.timeout))
        is None
    ):
        raise CannotTell(Reason.PAGE_CHANGED, message("The account button holds no picture."))


async def _search(visit: Visit, tab: Page, spot: SurfaceDefinition) -> None:
    """The subject's result in people search, looked for by account, then by name."""
    unclear = 0
    for words in (visit.subject, *sorted(visit.who.names)[:1]):
        page = await _page(visit, tab, people_search.address(visit.tenant.sharepoint, words))
        root = await find.first(tab, spot.locators, page.timeout)
        handle = await root.locator.element_handle() if root else None
        if root is None or handle is None:
            raise CannotTell(Reason.PAGE_CHANGED, message("The page of people search was not recognised."))
        region = Region(spot.surface, handle, tab.main_frame, root.selector, "")
        seen, doubtful = await _take(visit, page, region, 1)
        if seen:
            await visit.photograph(message("People search"), page=tab, more=spot.locators)
            return
        unclear += doubtful
    if unclear:
        note = message("People search shows a person with the user's name, and nothing proves who it is.")
        raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
    raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, message("People search does not find the user."))


async def _lists(visit: Visit, tab: Page, spot: SurfaceDefinition) -> None:
    """The subject as an author in the libraries of the sites whose pages are checked."""
    libraries = dict.fromkeys(filter(None, map(list_author.library_of, visit.pages)))
    if not libraries:
        raise CannotTell(Reason.NOT_REACHED, message("No site's library of pages is known."))
    any_seen = any_doubt = False
    for library in list(libraries)[:_LISTS]:
        page = await _page(visit, tab, library)
        for region in await page.regions({spot.surface}):
            seen, doubtful = await _take(visit, page, region, _ROWS)
            any_seen, any_doubt = any_seen or bool(seen), any_doubt or bool(doubtful)
        if any_seen:
            await visit.photograph(message("The library of the site's pages"), page=tab, more=spot.locators)
    note = message("The list shows an author with the user's name, and nothing proves who it is.")
    if any_doubt and any_seen:
        visit.cannot_see(spot.surface, note, Reason.SUBJECT_NOT_IDENTIFIED)
    if any_seen:
        return
    if any_doubt:
        raise CannotTell(Reason.SUBJECT_NOT_IDENTIFIED, note)
    raise CannotTell(Reason.SUBJECT_NOT_ON_PAGE, message("The user is not an author in the site's library of pages."))


async def _page(visit: Visit, tab: Page, url: str) -> SitePage:
    """Open `url` of SharePoint and wait until it rests."""
    page = SitePage(tab, visit.traffic(tab), min(LIMIT, visit.timeout))
    answer = await tab.goto(url, wait_until="domcontentloaded")
    await tab.wait_for_url(lambda there: host_of(there) == host_of(url), wait_until="domcontentloaded")
    check_answer(answer.status if answer else 0, url, tab.url)
    await page.traffic.settle(min(_QUIET, page.timeout))
    return page


async def _take(visit: Visit, page: SitePage, region: Region, most: int) -> tuple[int, int]:
    """Take the subject's sightings in `region`; return how many there are, and how many may be the subject's."""
    mine, doubtful = await in_region(visit, page, region, None)
    for one in mine[:most]:
        place = Place(region.surface, region.selector, visit.subject, one.evidence)
        await take(visit, page.page, one.avatar, place)
    return len(mine), doubtful


_LOOKS: dict[Surface, Callable[[Visit, Page, SurfaceDefinition], Awaitable[None]]] = {
    Surface.PEOPLE_SEARCH: _search,
    Surface.LIST_AUTHOR: _lists,
}
"""How to look at a surface that is more than a circle at the top right."""
