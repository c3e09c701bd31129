"""How every scenario gets in: a private session, office.com, sign-in, and who the account panel says is signed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from troubleshooter.model.enums import Surface
from troubleshooter.model.message import message
from troubleshooter.pages import find
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import Home, steady
from troubleshooter.signin.stop_messages import somebody_else
from troubleshooter.steps.context import Visit
from troubleshooter.steps.profile_properties import hold_own_photo, read_properties, read_properties_first
from troubleshooter.steps.sighting import header
from troubleshooter.steps.sign_in import once_more_if_signed_out, signing_in


async def open_private_session(visit: Visit) -> None:
    """B1: a browser window that knows nobody, so that no cache and no other account can answer."""
    visit.tab = await visit.new_tab()
    await visit.photograph(message("A new private window"))


async def sign_in(visit: Visit) -> Home:
    """Go to office.com and sign in; return the home page, photographed with its account button marked."""
    assert visit.tab and visit.session
    hold_own_photo(visit)
    await visit.tab.goto(visit.tenant.home, wait_until="commit")
    await signing_in(visit).run()
    await steady(visit.tab, visit.timeout)
    visit.at_home = True
    home = Home(visit.tab, visit.timeout)
    me = await home.me()
    await read_properties_first(visit)
    await visit.photograph(message("The home page"), [(me.locator, message("the account button"))])
    return home


async def open_panel(visit: Visit, home: Home) -> find.Found:
    """Open the account panel, check who is signed in, and return its picture.

    Raises:
        Stopped: somebody else is (`wrong-account`).
    """
    await home.open_panel()
    identity = await home.identity()
    visit.signed_in_as = identity.upn
    if identity.upn and identity.upn != visit.username.lower():
        raise somebody_else(identity.upn, visit.username)
    if visit.as_subject:
        visit.learn(frozenset(), identity.name)
    return await home.panel_picture()


async def see_panel(visit: Visit, home: Home, picture: find.Found) -> None:
    """Take the sightings of the home page's header and of the open account panel."""
    assert visit.tab
    visit.account_page = await home.account_page()
    me = await home.me()
    await header(visit, visit.tab, me.locator, Surface.HOME_HEADER, me.selector)
    await header(visit, visit.tab, picture.locator, Surface.ACCOUNT_PANEL, picture.selector)
    await visit.photograph(
        message("The account panel"), [(picture.locator, message("the picture in the account panel"))]
    )


async def go_to_office(visit: Visit) -> None:
    """B2: office.com, sign-in, and who the account panel says is signed in."""
    home = await sign_in(visit)
    await see_panel(visit, home, await open_panel(visit, home))
    await home.close_panel()


async def select_app(
    visit: Visit, icon: Callable[[Home], Awaitable[find.Found]], origin: str, what: str, surface: Surface
) -> None:
    """Select the icon of an app on the home page and look at the app's header.

    Args:
        icon: finds it.
        origin: where it leads.
        what: the app's name, which no language translates.
        surface: the app's header.
    """
    assert visit.tab and visit.session
    hold_own_photo(visit)
    try:
        tile = await icon(Home(visit.tab, visit.timeout))
        name = message("The {app} icon", app=what)
        await uncover(tile.locator, min(10.0, visit.timeout))
        await visit.photograph(name, [(tile.locator, name)])
        visit.tab = visit.watch(await visit.session.follow(visit.tab, tile.locator.click))
        await once_more_if_signed_out(visit, lambda: visit.arrive(origin))
        if not visit.properties and origin == visit.tenant.sharepoint:
            await read_properties(visit, visit.tab, "before")
    finally:
        await visit.session.guard.release()
    suite = SuiteHeader(visit.tab, visit.timeout)
    me = await suite.me()
    if surface in visit.surfaces:
        await header(visit, visit.tab, me.locator, surface, me.selector)
    await visit.photograph(
        message("The first page of {app}", app=what), [(me.locator, message("the account button of {app}", app=what))]
    )


async def select_sharepoint(visit: Visit) -> None:
    """B3: the SharePoint icon; the properties of the copy are read before the own photo is asked for."""
    await select_app(visit, Home.sharepoint_icon, visit.tenant.sharepoint, "SharePoint", Surface.SHAREPOINT_HEADER)
