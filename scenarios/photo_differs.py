"""The photo looks different in SharePoint (the article's section B).

A person opens a private window, goes to office.com, selects the SharePoint icon, and goes to a page where the photo is
out of date or whose People web part includes the user. The script does the same, checks every avatar of the user on the
way, and changes nothing. A visit as the user may itself make SharePoint fetch the photo, so what SharePoint says about
its copy is read before the user's photo is first requested.
"""

from __future__ import annotations

from collections.abc import Callable

from troubleshooter.locale import N_
from troubleshooter.model.enums import PAGE_CONTENT, ScenarioKind, Surface
from troubleshooter.model.records import ScenarioDetails
from troubleshooter.pages.site_page import SitePage
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.browser_profile import see_browser_profile
from troubleshooter.steps.context import RunContext
from troubleshooter.steps.find_pages import find_pages
from troubleshooter.steps.home import go_to_office, open_private_session, select_sharepoint
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.other_surfaces import see_other_surfaces
from troubleshooter.steps.page_visit import PageVisit
from troubleshooter.steps.profile_properties import read_properties, read_site_copies
from troubleshooter.steps.second_look import OpenPage, check_again_and_leave, check_pages_again
from troubleshooter.steps.sharepoint_tab import sharepoint_tab
from troubleshooter.steps.sign_in import retry_if_signed_out
from troubleshooter.steps.site_page import found_again, see_subject
from troubleshooter.steps.source_photo import see_source_photo
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.stored_photo import see_stored_photo
from troubleshooter.steps.subject_avatars import see_profile_card
from troubleshooter.surfaces import ELSEWHERE

AT_SOURCE = (Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO)


async def go_to_page(step: StepRun) -> None:
    """B4: go to a page where the photo is out of date, or whose People web part includes the user."""
    assert step.page is not None
    workspace, url = step.workspace, step.seen.pages[step.page]
    if step.seen.of(OpenPage):
        workspace.turn_to(await workspace.open_tab())  # the previous page stays open, to be checked again
    page = SitePage(workspace.tab, workspace.traffic(workspace.tab), step.context.timeout)
    await retry_if_signed_out(step, lambda: page.open(url, workspace.guard.hosts))
    visit = PageVisit(step, page)
    subject = await see_subject(visit)
    opened = OpenPage(page, step.page, subject)
    step.recorder.add(opened)  # first: what follows may fail, and pictures may still come
    await see_profile_card(visit, [avatar for avatar, _ in subject.seen], lambda: found_again(visit))
    if subject.loading and page.traffic.overdue():
        await check_again_and_leave(step, opened)
    subject.check(url)


async def request_stored_photo(step: StepRun) -> None:
    """Outside the article: request SharePoint's own copy by its address, in each size, and SharePoint's placeholder."""
    visits = await see_stored_photo(step)
    visits.check_session()
    async with sharepoint_tab(step) as tab:
        await read_properties(step, tab, "after")
        await read_site_copies(step, tab)
    visits.check()


def _no_page_given(context: RunContext, seen: Observations) -> bool:
    return not seen.pages and bool(context.surfaces & set(PAGE_CONTENT))


def _profile_given(context: RunContext, seen: Observations) -> bool:  # noqa: ARG001
    return context.profile is not None


def _any_of(*surfaces: Surface) -> Callable[[RunContext, Observations], bool]:
    return lambda context, seen: bool(context.surfaces & set(surfaces))  # noqa: ARG005


SCENARIO = Scenario(
    id="photo-differs",
    title="The photo looks different in SharePoint",
    summary="Compares the avatars that Microsoft 365 and SharePoint show of one user, and says why they differ.",
    steps=(
        StepDefinition("private-session", "B1", "Open a private browser session", open_private_session, essential=True),
        StepDefinition("office-com", "B2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        StepDefinition("sharepoint-icon", "B3", "Select the SharePoint icon", select_sharepoint),
        StepDefinition("find-pages", None, "Find pages that show the user", find_pages, when=_no_page_given),
        StepDefinition("page", "B4", "Go to {page}", go_to_page, each_page=True, when=_any_of(*PAGE_CONTENT[:3])),
        StepDefinition(
            "elsewhere", None, "Check the photo in other places", see_other_surfaces, when=_any_of(*ELSEWHERE)
        ),
        StepDefinition("stored-photo", None, "Request SharePoint’s copy of the photo", request_stored_photo),
        StepDefinition(
            "source-photo", None, "Request the photo from its source", see_source_photo, when=_any_of(*AT_SOURCE)
        ),
        StepDefinition(
            "pages-again", None, "Check the pages again", check_pages_again, when=_any_of(*PAGE_CONTENT[:3])
        ),
        StepDefinition(
            "browser-profile",
            None,
            "Check the same places in the browser profile",
            see_browser_profile,
            when=_profile_given,
            beside=True,
        ),
    ),
    details=ScenarioDetails(kind=ScenarioKind.COMPARES, heading=N_("Profile photo check")),
)
