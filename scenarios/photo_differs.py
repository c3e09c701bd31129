"""The photo looks different in SharePoint (the article's section B).

A person opens a private window, goes to office.com, selects the SharePoint icon, and goes to a page where the photo is
out of date or whose People web part includes the user. This does the same, looks at every avatar of the user on the
way, and changes nothing. A visit as the user may itself make SharePoint fetch the photo; so what SharePoint says about
its copy is read before the user's own photo is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from troubleshooter.locale import N_
from troubleshooter.model.enums import USERPHOTO, Kind, Reason, ScenarioKind, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import ScenarioDetails
from troubleshooter.pages.site_page import SitePage
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.browser_profile import look_in_the_profile
from troubleshooter.steps.context import Visit
from troubleshooter.steps.find_pages import find_pages
from troubleshooter.steps.home import go_to_office, open_private_session, select_sharepoint
from troubleshooter.steps.other_surfaces import look_elsewhere
from troubleshooter.steps.profile_properties import read_properties, read_site_copies
from troubleshooter.steps.second_look import leave_open, look_again
from troubleshooter.steps.sighting import endpoint
from troubleshooter.steps.sign_in import once_more_if_signed_out
from troubleshooter.steps.site_page import people_on
from troubleshooter.steps.stored_photo import placeholder, stored_thumbnails
from troubleshooter.steps.subject_avatars import profile_card
from troubleshooter.surfaces import ELSEWHERE, ON_PAGES, graph_photo, outlook_photo, userphoto

AT_SOURCE = (Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO)


async def go_to_page(visit: Visit) -> None:
    """B4: a page where the photo is out of date, or whose People web part includes the user."""
    assert visit.tab and visit.page is not None
    if visit.left_open:
        visit.tab = await visit.new_tab()  # the page before stays open, to be looked at once more
    page = SitePage(visit.tab, visit.traffic(visit.tab), visit.timeout)
    visit.keep = []
    url = visit.pages[visit.page]
    await once_more_if_signed_out(visit, lambda: page.open(url))
    people = await people_on(visit, page)
    await profile_card(visit, page, [one for one, _ in people.seen])
    leave_open(visit, page, people)
    people.check(url)


async def ask_for_the_stored_photo(visit: Visit) -> None:
    """Outside the article: SharePoint's own copy, by its address, in each size, and the picture it shows for nobody."""
    tab = await visit.new_tab()
    try:
        for surface in [one for one in USERPHOTO if one in visit.surfaces]:
            await placeholder(visit, tab, surface)
            url = userphoto.address(visit.tenant.sharepoint, userphoto.SIZES[surface], visit.subject)
            if await endpoint(visit, tab, url, surface) is None:
                note = message("SharePoint did not answer when asked for this size.")
                visit.missed(surface, note, Reason.NOT_REACHED)
        await stored_thumbnails(visit, tab)
    finally:
        await visit.close(tab)
    assert visit.tab
    await read_properties(visit, visit.tab, "after")
    await read_site_copies(visit, visit.tab)


async def ask_the_source(visit: Visit) -> None:
    """Outside the article: the photo at its source, which another person's session does not show by itself."""
    tab = await visit.new_tab()
    try:
        outlook = graph = None
        if Surface.OUTLOOK_PHOTO in visit.surfaces:
            outlook = await endpoint(visit, tab, outlook_photo.address(visit.subject), Surface.OUTLOOK_PHOTO)
            if outlook is None:
                note = message("Outlook did not answer with a picture.")
                visit.missed(Surface.OUTLOOK_PHOTO, note, Reason.NOT_REACHED)
        carded = any(s.surface is Surface.PROFILE_CARD and s.kind is not Kind.LOADING for s in visit.sightings)
        needed = Surface.GRAPH_PHOTO in visit.asked or (outlook is None and not carded)
        if Surface.GRAPH_PHOTO in visit.surfaces and needed:
            graph = await endpoint(visit, tab, graph_photo.address(visit.subject), Surface.GRAPH_PHOTO)
            if graph is None:
                note = message("Graph does not answer to this session.")
                visit.missed(Surface.GRAPH_PHOTO, note, Reason.NOT_REACHED)
    finally:
        await visit.close(tab)


def _no_page_given(visit: Visit) -> bool:
    return not visit.pages and bool(visit.surfaces & set(ON_PAGES))


def _profile_given(visit: Visit) -> bool:
    return visit.beside is not None


def _any_of(*surfaces: Surface) -> Callable[[Visit], bool]:
    return lambda visit: bool(visit.surfaces & set(surfaces))


SCENARIO = Scenario(
    id="photo-differs",
    title="The photo looks different in SharePoint",
    summary="Compares the avatars that Microsoft 365 and SharePoint show of one user, and says why they differ.",
    steps=(
        StepDefinition("private-session", "B1", "Open a private browser session", open_private_session, essential=True),
        StepDefinition("office-com", "B2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        StepDefinition("sharepoint-icon", "B3", "Select the SharePoint icon", select_sharepoint),
        StepDefinition("find-pages", None, "Find pages that show the user", find_pages, when=_no_page_given),
        StepDefinition("page", "B4", "Go to {page}", go_to_page, each_page=True, when=_any_of(*ON_PAGES[:3])),
        StepDefinition("elsewhere", None, "Look at the photo elsewhere", look_elsewhere, when=_any_of(*ELSEWHERE)),
        StepDefinition("stored-photo", None, "Ask SharePoint for its copy of the photo", ask_for_the_stored_photo),
        StepDefinition(
            "source-photo", None, "Ask for the photo at its source", ask_the_source, when=_any_of(*AT_SOURCE)
        ),
        StepDefinition("pages-again", None, "Look at the pages once more", look_again, when=_any_of(*ON_PAGES[:3])),
        StepDefinition(
            "browser-profile",
            None,
            "Look at the same places in the browser profile",
            look_in_the_profile,
            when=_profile_given,
            beside=True,
        ),
    ),
    details=ScenarioDetails(kind=ScenarioKind.COMPARES, heading=N_("Profile photo check")),
)
