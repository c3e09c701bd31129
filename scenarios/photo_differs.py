"""The photo looks different in SharePoint (the article's section B).

A person opens a private window, goes to office.com, selects the SharePoint icon, and goes to a page where the photo is
out of date or whose People web part includes the user. This does the same, looks at every avatar of the user on the
way, and changes nothing. A visit as the user may itself make SharePoint fetch the photo; so what SharePoint says about
its copy is read before the user's own photo is first asked for.
"""

from __future__ import annotations

from troubleshooter.entry import go_to_office, open_private_session, select_sharepoint
from troubleshooter.model import USERPHOTO, Kind, Surface, say
from troubleshooter.pages import photos
from troubleshooter.pages.site_page import SitePage
from troubleshooter.scenario import Instruction, Scenario
from troubleshooter.sight import endpoint
from troubleshooter.steps import (
    people_on,
    placeholder,
    profile_card,
    read_properties,
)
from troubleshooter.visit import Visit


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
