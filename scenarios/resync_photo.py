"""Synchronize the photo again (the note in the article's section A).

If a photo was uploaded already, a person selects the SharePoint or the OneDrive tile, so that it is synchronized
again. The script does so in the user's own session, requests the user's photo from SharePoint in its smallest and
its largest size, and reads what SharePoint says about its copy before and after, so that the effect of the visit is
measured rather than assumed. Apart from the visit itself, nothing changes anything.
"""

from __future__ import annotations

from troubleshooter.browser.opening import open_page
from troubleshooter.diagnose.copied_photo import judge_copied_photo
from troubleshooter.locale import N_
from troubleshooter.model.enums import Outcome, ScenarioKind, Surface
from troubleshooter.model.records import OutcomeDetails, ScenarioDetails
from troubleshooter.pages import start_page
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.home import ONEDRIVE, go_to_office, open_private_session, select_app, select_sharepoint
from troubleshooter.steps.profile_properties import read_properties, until_copied
from troubleshooter.steps.return_home import return_home
from troubleshooter.steps.step_run import StepRun
from troubleshooter.steps.stored_photo import keep_former_copy, see_placeholders, see_renewed_copy

_SIZES = (Surface.USERPHOTO_S, Surface.USERPHOTO_L)
"""The smallest size, and the largest, which is the only one whose request makes some servers copy the photo."""


async def request_own_photo(step: StepRun) -> None:
    """N1: request the user's photo from its URL, which makes SharePoint check whether its copy is up to date."""
    await see_placeholders(step, _SIZES)
    async with step.workspace.extra_tab() as tab:
        for surface in _SIZES:  # one after the other: the largest may make SharePoint copy the photo
            await keep_former_copy(step, tab, surface)


async def select_onedrive(step: StepRun) -> None:
    """N1: select the OneDrive tile on the home page."""
    await return_home(step)
    await select_app(step, ONEDRIVE, step.context.tenant.my)


async def check_copy(step: StepRun) -> None:
    """Outside the article: check what SharePoint says about its copy now, and what the copy shows."""
    tenant = step.context.tenant
    async with step.workspace.extra_tab() as tab:
        await open_page(tab, start_page.address(tenant.sharepoint), "commit")
        await step.workspace.arrive(tenant.sharepoint, tab)
        await until_copied(step, tab)
        await read_properties(step, tab, "after")
    await see_renewed_copy(step, _SIZES)


SCENARIO = Scenario(
    id="resync-photo",
    title="Synchronize the photo again",
    summary="Opens SharePoint and OneDrive as the user, and measures whether that makes SharePoint copy the photo.",
    steps=(
        StepDefinition("private-session", "B1", "Open a private browser session", open_private_session, essential=True),
        StepDefinition("office-com", "A2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
        StepDefinition("sharepoint-tile", "N1", "Select the SharePoint tile", select_sharepoint),
        StepDefinition("own-photo", "N1", "Request the photo from SharePoint", request_own_photo),
        StepDefinition("onedrive-tile", "N1", "Select the OneDrive tile", select_onedrive),
        StepDefinition("copy", None, "Check whether SharePoint’s copy has changed", check_copy),
    ),
    details=ScenarioDetails(
        kind=ScenarioKind.ACTS,
        heading=N_("Synchronizing a profile photo again"),
        result=Surface.USERPHOTO_L,
        outcomes=(
            OutcomeDetails(
                outcome=Outcome.COPIED,
                reached=True,
                label=N_("Copied now"),
                headline=N_("This visit made SharePoint copy {name}’s photo"),
                action=N_(
                    "If a page still shows the old photo, reload it with Ctrl+F5: browsers cache photos for up to a "
                    "day."
                ),
            ),
            OutcomeDetails(
                outcome=Outcome.ALREADY_CURRENT,
                reached=True,
                label=N_("Already up to date"),
                headline=N_("SharePoint already shows {name}’s current photo"),
                action=N_("Nothing to synchronize. If a page still shows an old photo, check that page."),
            ),
            OutcomeDetails(
                outcome=Outcome.PENDING,
                reached=False,
                label=N_("Pending"),
                headline=N_("SharePoint was asked to copy {name}’s photo, but has not done so yet"),
                action=N_("Wait, then check again: SharePoint may take up to 24 hours."),
            ),
            OutcomeDetails(
                outcome=Outcome.NOT_ATTEMPTED,
                reached=False,
                label=N_("Not attempted"),
                headline=N_("SharePoint did not try to copy {name}’s photo"),
                action=N_(
                    "See below what kept SharePoint from trying; once that is resolved, open it again as the user."
                ),
            ),
            OutcomeDetails(
                outcome=Outcome.CANNOT_TRIGGER,
                reached=False,
                label=N_("Cannot be triggered"),
                headline=N_("This account cannot make SharePoint copy {name}’s photo"),
                action=N_("Have the user open SharePoint in a private window, or run this as the user."),
            ),
            OutcomeDetails(
                outcome=Outcome.NOT_TRIGGERED_BY_SERVICE,
                reached=False,
                label=N_("No longer triggered"),
                headline=N_("A visit no longer makes SharePoint copy {name}’s photo"),
                action=N_(
                    "A visit does not help here. Have an admin run the Picture Sync diagnostic, or contact "
                    "Microsoft support."
                ),
            ),
        ),
    ),
    judge=judge_copied_photo,
    pages=False,
)
