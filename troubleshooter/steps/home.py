"""Performs the beginning of every scenario: a private session, office.com, sign-in, the account panel, app icons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass

from troubleshooter.browser.failures import stopped_if_unreachable
from troubleshooter.browser.opening import open_page
from troubleshooter.model.enums import Surface
from troubleshooter.model.message import message
from troubleshooter.pages import find
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import Home, steady
from troubleshooter.signin.stop_messages import other_user_signed_in
from troubleshooter.steps.profile_properties import properties_before_photo, read_properties
from troubleshooter.steps.recorder import AccountPage, SignedInAs, SubjectKnownAs
from troubleshooter.steps.sighting import header
from troubleshooter.steps.sign_in import retry_if_signed_out, sign_in
from troubleshooter.steps.step_run import StepRun


@dataclass(frozen=True)
class App:
    """An app of the launcher."""

    name: str
    """Its name, which is the same in every language."""
    icon: Callable[[Home], Awaitable[find.FoundElement]]
    """Finds its icon on the home page."""
    surface: Surface
    """The surface of its header."""


SHAREPOINT = App("SharePoint", Home.sharepoint_icon, Surface.SHAREPOINT_HEADER)
ONEDRIVE = App("OneDrive", Home.onedrive_icon, Surface.ONEDRIVE_HEADER)


async def open_private_session(step: StepRun) -> None:
    """B1: open a browser window without cookies or cache, so that no cached photo or other account gets in the way."""
    step.workspace.turn_to(await step.workspace.open_tab())
    await step.photograph(message("A new private window"))


async def open_home(step: StepRun) -> Home:
    """Go to office.com and sign in; return the home page after a screenshot with its account button marked."""
    context, workspace = step.context, step.workspace
    await open_page(workspace.tab, context.tenant.home, "commit")
    await sign_in(step)
    await steady(workspace.tab, context.timeout)
    workspace.sign_in_is_over()
    home = Home(workspace.tab, context.timeout)
    me = await home.me()
    await step.photograph(message("The home page"), [(me.locator, message("the account button"))])
    return home


async def open_panel(step: StepRun, home: Home) -> find.FoundElement:
    """Open the account panel, check who is signed in, and return its picture.

    Raises:
        Stopped: another account is signed in (`wrong-account`).
    """
    await home.open_panel()
    identity = await home.identity()
    step.recorder.add(SignedInAs(identity.upn))
    if identity.upn and identity.upn != step.context.username.lower():
        raise other_user_signed_in(identity.upn, step.context.username)
    if step.context.as_subject:
        step.recorder.add(SubjectKnownAs(name=identity.name))
    return await home.panel_picture()


async def see_panel(step: StepRun, home: Home, picture: find.FoundElement) -> None:
    """Take the sightings of the home page's header and of the open account panel."""
    tab = step.workspace.tab
    step.recorder.add(AccountPage(await home.account_page()))
    await header(step, tab, await home.me(), Surface.HOME_HEADER)
    await header(step, tab, picture, Surface.ACCOUNT_PANEL)
    marks = [(picture.locator, message("the picture in the account panel"))]
    await step.photograph(message("The account panel"), marks)


async def go_to_office(step: StepRun) -> None:
    """B2: go to office.com, sign in, and check who the account panel says is signed in."""
    async with properties_before_photo(step):
        home = await open_home(step)
        await see_panel(step, home, await open_panel(step, home))
        await home.close_panel()


async def select_app(step: StepRun, app: App, origin: str) -> None:
    """Select the icon of `app`, which leads to `origin`, on the home page, and check the app's header."""
    context, workspace = step.context, step.workspace
    async with properties_before_photo(step, in_extra_tab=False):
        tile = await app.icon(Home(workspace.tab, context.timeout))
        name = message("The {app} icon", app=app.name)
        await uncover(tile.locator, context.short_wait)
        await step.photograph(name, [(tile.locator, name)])
        with stopped_if_unreachable(origin) if origin == context.tenant.sharepoint else nullcontext():
            await workspace.follow(tile.locator.click)
            await retry_if_signed_out(step, lambda: workspace.arrive(origin))
        if not step.seen.properties and origin == context.tenant.sharepoint:
            await read_properties(step, workspace.tab, "before")
    me = await SuiteHeader(workspace.tab, context.timeout).me()
    if app.surface in context.surfaces:
        await header(step, workspace.tab, me, app.surface)
    await step.photograph(
        message("The first page of {app}", app=app.name),
        [(me.locator, message("the account button of {app}", app=app.name))],
    )


async def select_sharepoint(step: StepRun) -> None:
    """B3: select the SharePoint icon; read the copy's properties before the user's own photo is requested."""
    await select_app(step, SHAREPOINT, step.context.tenant.sharepoint)
