"""The same places in a copy of a given browser profile, with all that it keeps: what only a cache shows is seen so.

Nothing is typed there, nobody signs in, and nothing is intercepted. Whatever stands in the way is told, and the run
stands without it.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from typing import Any

from playwright.async_api import Error

from troubleshooter.browser import launch, profile_copy
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.errors import CannotTell, LeftOut, Stopped
from troubleshooter.model.enums import USERPHOTO, Reason, SessionKind, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.pages import find, start_page
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import ME, Home, steady
from troubleshooter.pages.site_page import SitePage
from troubleshooter.signin.selectors import AT
from troubleshooter.steps.context import Visit
from troubleshooter.steps.home import see_panel
from troubleshooter.steps.sighting import endpoint, header
from troubleshooter.steps.site_page import people_on
from troubleshooter.surfaces import ON_PAGES, userphoto

_WELCOME = AT["sign_in_link"]
"""What the home page shows to those who never came before, although sign-in may know them."""
_AT_THE_DOOR = (AT["email"], AT["password"], AT["tiles"])
"""What stands where somebody has to sign in first."""
_PATIENCE = 20.0
"""Seconds for the home page to show who is signed in."""


async def look_in_the_profile(visit: Visit) -> None:
    """Outside the article: home, SharePoint and the pages, as a copy of the given browser profile shows them."""
    where, beside = visit.tenant, visit.beside
    assert beside and visit.session and visit.session.context.browser
    chromium = visit.session.context.browser.browser_type
    try:
        async with (
            profile_copy.copied(beside.profile) as folder,
            launch.opened_with(chromium, folder, beside.browser, where.hosts(visit.identity), where.network) as session,
        ):
            other = _other(visit)
            other.session = session
            try:
                await unless_stopped(_look(other), session.guard.trouble)
            finally:
                visit.sightings += [s.model_copy(update={"session": SessionKind.PROFILE}) for s in other.sightings]
                visit.note = other.note
    except Stopped as error:
        raise _left_out(visit, error.reason, error.what) from error
    except CannotTell as error:
        raise _left_out(visit, error.reason, error.note) from error
    except (Error, TimeoutError) as error:
        why = message("In the browser profile the home page did not open, so it was not compared.")
        raise _left_out(visit, Reason.NOT_REACHED, why) from error


def _left_out(visit: Visit, reason: Reason, why: Message) -> LeftOut:
    visit.cannot_see(None, why, reason)
    return LeftOut(reason, why)


def _other(visit: Visit) -> Visit:
    """Return what the session beside works with: the same run's camera and words."""
    other = Visit(
        tenant=visit.tenant,
        account=visit.account,
        subject=visit.subject,
        pages=visit.pages,
        camera=visit.camera,
        password=visit.password,
        redactor=visit.redactor,
        timeout=visit.timeout,
        show_others=visit.show_others,
        surfaces=visit.surfaces,
    )
    other.who, other.step, other.pictures = visit.who, visit.step, visit.pictures
    return other


async def _look(visit: Visit) -> None:
    visit.tab = await visit.new_tab()
    await _home(visit)
    missed = []
    for name, look in _places(visit):
        try:
            await look
        except (CannotTell, Error, TimeoutError):
            missed.append(name)
    if missed:
        visit.note = message("The browser profile did not show: {places}", places=", ".join(missed))


def _places(visit: Visit) -> Iterator[tuple[str, Coroutine[Any, Any, object]]]:
    """Yield what to look at, each with its name: SharePoint's header, the pages, its photo by its own address."""
    if Surface.SHAREPOINT_HEADER in visit.surfaces:
        yield "SharePoint", _sharepoint(visit)
    for index, url in enumerate(visit.pages if visit.surfaces & set(ON_PAGES) else ()):
        yield url, _page(visit, index)
    for surface in [one for one in USERPHOTO if one in visit.surfaces]:
        url = userphoto.address(visit.tenant.sharepoint, userphoto.SIZES[surface], visit.subject)
        yield url, _photo(visit, url, surface)


async def _home(visit: Visit) -> None:
    """Go to the home page, and see that it is the run's account which is signed in there.

    Raises:
        LeftOut: nobody is, or somebody else.
    """
    assert visit.tab
    await visit.tab.goto(visit.tenant.home, wait_until="commit")
    seconds = min(visit.timeout, _PATIENCE)
    found = await find.anywhere(visit.tab, (*ME, *_AT_THE_DOOR, _WELCOME), seconds)
    if found and found.selector == _WELCOME:
        await visit.tab.goto(f"{visit.tenant.home}/?auth=2", wait_until="commit")
        found = await find.anywhere(visit.tab, (*ME, *_AT_THE_DOOR), seconds)
    if found is None or found.selector not in ME:
        why = message("In the browser profile nobody is signed in, so it was not compared.")
        raise LeftOut(Reason.SIGNED_OUT, why)
    await steady(visit.tab, visit.timeout)
    home = Home(visit.tab, visit.timeout)
    await home.open_panel()
    upn = (await home.identity()).upn
    if upn != visit.username.lower():
        why = message(
            "In the browser profile {account} is signed in, not {wanted}, so it was not compared.",
            account=upn or "–",
            wanted=visit.username,
        )
        raise LeftOut(Reason.WRONG_ACCOUNT, why)
    visit.signed_in_as, visit.at_home = upn, True
    await see_panel(visit, home, await home.panel_picture())
    await home.close_panel()


async def _sharepoint(visit: Visit) -> None:
    """SharePoint's start page, for its header."""
    assert visit.tab
    await visit.tab.goto(start_page.address(visit.tenant.sharepoint), wait_until="commit")
    await visit.arrive(visit.tenant.sharepoint)
    me = await SuiteHeader(visit.tab, visit.timeout).me()
    await header(visit, visit.tab, me.locator, Surface.SHAREPOINT_HEADER, me.selector)


async def _page(visit: Visit, index: int) -> None:
    """One of the pages."""
    assert visit.tab
    page = SitePage(visit.tab, visit.traffic(visit.tab), visit.timeout)
    visit.page, visit.keep = index, []
    try:
        await page.open(visit.pages[index])
        await people_on(visit, page)
    finally:
        visit.page = None


async def _photo(visit: Visit, url: str, surface: Surface) -> None:
    """SharePoint's copy of the photo, by its own address."""
    assert visit.tab
    await endpoint(visit, visit.tab, url, surface)
