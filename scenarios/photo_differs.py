"""The photo looks different in SharePoint (the article's section B).

A person opens a private window, goes to office.com, selects the SharePoint icon, and goes to a page where the photo is
out of date or whose People web part includes the user. This does the same, looks at every avatar of the user on the
way, and changes nothing. A visit as the user may itself make SharePoint fetch the photo; so what SharePoint says about
its copy is read before the user's own photo is first asked for.
"""

from __future__ import annotations

from troubleshooter.errors import Stopped
from troubleshooter.model import USERPHOTO, Kind, Reason, Surface, say
from troubleshooter.pages import photos
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import Home, steady
from troubleshooter.pages.site_page import SitePage
from troubleshooter.scenario import Instruction, Scenario
from troubleshooter.sight import endpoint, header
from troubleshooter.signin.driver import SignIn
from troubleshooter.steps import (
    hold_own_photo,
    people_on,
    placeholder,
    profile_card,
    read_properties,
    read_properties_first,
)
from troubleshooter.visit import Visit


async def open_private_session(visit: Visit) -> None:
    """B1: a browser window that knows nobody, so that no cache and no other account can answer."""
    visit.tab = await visit.new_tab()
    await visit.photograph(say("A new private window"))


async def go_to_office(visit: Visit) -> None:
    """B2: office.com, sign-in, and who the account panel says is signed in."""
    assert visit.tab and visit.session
    hold_own_photo(visit)
    await visit.tab.goto(visit.tenant.home, wait_until="commit")
    form = SignIn(
        page=visit.tab,
        hosts=visit.session.guard.hosts,
        username=visit.username,
        password=visit.password,
        timeout=visit.timeout,
        acted_on=lambda element, what: visit.photograph(say("Sign-in"), [(element, what)]),
    )
    await form.run()
    await steady(visit.tab, visit.timeout)
    visit.at_home = True
    home = Home(visit.tab, visit.timeout)
    me = await home.me()
    await read_properties_first(visit)
    await visit.photograph(say("The home page"), [(me.locator, say("the account button"))])
    await home.open_panel()
    identity = await home.identity()
    visit.signed_in_as = identity.upn
    if identity.upn and identity.upn != visit.username.lower():
        raise Stopped(
            Reason.WRONG_ACCOUNT,
            say("{other} is signed in, not {wanted}.", other=identity.upn, wanted=visit.username),
            say("Another account signed in by itself; run again, or on a computer without single sign-on."),
        )
    if visit.as_subject:
        visit.learn(frozenset(), identity.name)
    picture = await home.panel_picture()
    await header(visit, visit.tab, me.locator, Surface.HOME_HEADER, me.selector)
    await header(visit, visit.tab, picture.locator, Surface.ACCOUNT_PANEL, picture.selector)
    await visit.photograph(say("The account panel"), [(picture.locator, say("the picture in the account panel"))])
    await home.close_panel()


async def select_sharepoint(visit: Visit) -> None:
    """B3: the SharePoint icon; the properties of the copy are read before the own photo is asked for."""
    assert visit.tab and visit.session
    hold_own_photo(visit)
    try:
        icon = await Home(visit.tab, visit.timeout).sharepoint_icon()
        await visit.photograph(say("The SharePoint icon"), [(icon.locator, say("the SharePoint icon"))])
        visit.tab = visit.watch(await visit.session.follow(visit.tab, icon.locator.click))
        await visit.arrive(visit.tenant.sharepoint)
        if not visit.properties:
            await read_properties(visit, visit.tab, "before")
    finally:
        await visit.session.guard.release()
    suite = SuiteHeader(visit.tab, visit.timeout)
    me = await suite.me()
    await header(visit, visit.tab, me.locator, Surface.SHAREPOINT_HEADER, me.selector)
    await visit.photograph(say("SharePoint"), [(me.locator, say("the account button of SharePoint"))])


async def go_to_page(visit: Visit) -> None:
    """B4: a page where the photo is out of date, or whose People web part includes the user."""
    assert visit.tab and visit.page is not None
    page = SitePage(visit.tab, visit.traffic(visit.tab), visit.timeout)
    visit.keep = []
    url = visit.pages[visit.page]
    await page.open(url)
    people = await people_on(visit, page)
    if not visit.as_subject:
        await profile_card(visit, page, people.mine)
    people.check(url)


async def ask_for_the_stored_photo(visit: Visit) -> None:
    """Outside the article: SharePoint's own copy, by its address, in each size, and the picture it shows for nobody."""
    tab = await visit.new_tab()
    try:
        for surface in USERPHOTO:
            await placeholder(visit, tab, surface)
            url = photos.userphoto(visit.tenant.sharepoint, photos.SIZES[surface], visit.subject)
            if await endpoint(visit, tab, url, surface) is None:
                visit.cannot_see(surface, say("SharePoint did not answer when asked for this size."))
    finally:
        await tab.close()
    assert visit.tab
    await read_properties(visit, visit.tab, "after")


async def ask_the_source(visit: Visit) -> None:
    """Outside the article: the photo at its source, which another person's session does not show by itself."""
    tab = await visit.new_tab()
    try:
        outlook = await endpoint(visit, tab, photos.outlook(visit.subject), Surface.OUTLOOK_PHOTO)
        if outlook is None:
            visit.cannot_see(Surface.OUTLOOK_PHOTO, say("Outlook did not answer with a picture."))
        carded = any(s.surface is Surface.PROFILE_CARD and s.kind is not Kind.LOADING for s in visit.sightings)
        if outlook is None and not carded:
            found = await endpoint(visit, tab, photos.graph(visit.subject), Surface.GRAPH_PHOTO)
            if found is None:
                visit.cannot_see(Surface.GRAPH_PHOTO, say("Graph does not answer to this session."))
    finally:
        await tab.close()


def _as_colleague(visit: Visit) -> bool:
    return not visit.as_subject


SCENARIO = Scenario(
    id="photo-differs",
    title="The photo looks different in SharePoint",
    summary="Compares the avatars that Microsoft 365 and SharePoint show of one user, and says why they differ.",
    steps=(
        Instruction("private-session", "B1", "Open a private browser session", open_private_session, essential=True),
        Instruction("office-com", "B2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        Instruction("sharepoint-icon", "B3", "Select the SharePoint icon", select_sharepoint),
        Instruction("page", "B4", "Go to {page}", go_to_page, each_page=True),
        Instruction("stored-photo", None, "Ask SharePoint for its copy of the photo", ask_for_the_stored_photo),
        Instruction("source-photo", None, "Ask for the photo at its source", ask_the_source, when=_as_colleague),
    ),
)
