"""Performs the beginning of every scenario: a private session, office.com, sign-in, the account panel, app icons."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import TimedOut, browser_failures, stopped_if_unreachable
from troubleshooter.browser.opening import open_page
from troubleshooter.identity.photo_address import object_id_in
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Sighting
from troubleshooter.pages import find, launcher
from troubleshooter.pages.account_panel import PICTURE
from troubleshooter.pages.cover import uncover
from troubleshooter.pages.handles import HeldElement, held
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import Home, steady
from troubleshooter.pages.object_id import object_id
from troubleshooter.signin.stop_messages import other_user_signed_in
from troubleshooter.steps.profile_properties import properties_before_photo, read_properties
from troubleshooter.steps.recorder import AccountPage, Note, SignedInAs, SubjectKnownAs
from troubleshooter.steps.sighting import header
from troubleshooter.steps.sign_in import retry_if_signed_out, sign_in
from troubleshooter.steps.signed_in_as import who_is_signed_in
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import account_panel
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Frame, Locator


@dataclass(frozen=True)
class App:
    """An app of the launcher."""

    icon: launcher.AppIcon
    """How its icon is known."""
    surface: Surface
    """The surface of its header."""


SHAREPOINT = App(launcher.SHAREPOINT, Surface.SHAREPOINT_HEADER)
ONEDRIVE = App(launcher.ONEDRIVE, Surface.ONEDRIVE_HEADER)


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
    marks = [(me.locator, message("the account button"))]
    await step.photograph(message("The home page"), marks, uncovered=await _own(step, me))
    return home


async def _own(step: StepRun, *found: find.FoundElement | None) -> list[tuple[Frame, HeldElement]]:
    """Return the elements that show the signed-in user, if that is the subject, to leave them visible in pictures."""
    shown = [element for element in found if element and step.context.as_subject]
    return [(frame, await held(element.locator)) for element in shown if (frame := await find.frame_of(element))]


async def open_panel(step: StepRun, home: Home) -> find.FoundElement | None:
    """Open the account panel, check who is signed in, and return its picture; None if the panel has none.

    Raises:
        Stopped: another account is signed in (`wrong-account`).
    """
    await home.open_panel()
    identity = await who_is_signed_in(step, home)
    step.recorder.add(SignedInAs(identity.upn))
    if identity.upn and identity.upn != step.context.username.lower():
        raise other_user_signed_in(identity.upn, step.context.username, home.repaired_parts())
    if step.context.as_subject:
        step.recorder.add(SubjectKnownAs(name=identity.name))
    return await home.panel_picture()


async def needed_panel(step: StepRun, home: Home) -> find.FoundElement:
    """Open the account panel as `open_panel` does, and return its picture.

    Raises:
        CannotTell: it has none, or none that is certain to be the account's (`page-changed`).
    """
    picture = await open_panel(step, home)
    if picture is None:
        raise find.not_found(PICTURE, account_panel.DEFINITION.locator, home.name)
    return picture


async def see_panel(step: StepRun, home: Home, picture: find.FoundElement | None) -> None:
    """Take the sightings of the home page's header and of the open account panel."""
    tab = step.workspace.tab
    step.recorder.add(AccountPage(await home.account_page()))
    me = await home.me()
    coin, shown = await object_id(me.locator), await object_id(picture.locator) if picture else ""
    if coin and shown and coin != shown:
        note = message("The picture on the account button belongs to a different account from the one in the panel.")
        step.cannot_see(Surface.HOME_HEADER, note)
        if picture and picture.repaired:
            step.cannot_see(Surface.ACCOUNT_PANEL, note, Reason.SUBJECT_NOT_IDENTIFIED)
            picture = None
    else:
        await header(step, tab, me, Surface.HOME_HEADER, proved=_is_proved(step, home, coin, shown))
    if picture is None:
        step.missed(Surface.ACCOUNT_PANEL, message("The account panel on the home page shows no picture."))
        marks = [(me.locator, message("the account button"))]
        await step.photograph(message("The account button, selected"), marks, uncovered=await _own(step, me))
        return
    await header(step, tab, picture, Surface.ACCOUNT_PANEL, proved=True)
    marks = [(picture.locator, message("the picture in the account panel"))]
    await step.photograph(message("The account panel"), marks, uncovered=await _own(step, me, picture))


def _is_proved(step: StepRun, home: Home, coin: str, shown: str) -> bool:
    """Return whether the account button opened the account's panel, or has the same picture as a panel of the account.

    Args:
        coin: the object id in the address of the button's picture; empty if there is none.
        shown: the same of the picture in the home page's panel.
    """
    panels = [s for s in step.recorder.of(Sighting) if s.surface is Surface.ACCOUNT_PANEL and s.identified_by]
    same = bool(coin) and coin in (shown, *(object_id_in(panel.url) for panel in panels))
    return same or home.is_of(step.seen.signed_in_as)


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
        with stopped_if_unreachable(origin) if origin == context.tenant.sharepoint else nullcontext():
            await _open_app(step, app.icon, origin)
        if not step.seen.properties and origin == context.tenant.sharepoint:
            await read_properties(step, workspace.tab, "before")
    host, known = host_of(workspace.tab.url), host_of(origin)
    if host != known and not step.recorder.of(Note):  # how the icon was found matters more
        step.note(message("{app} answered at {host}, not at {known}.", app=app.icon.name, host=host, known=known))
    me = await SuiteHeader(workspace.tab, context.timeout).me()
    if app.surface in context.surfaces:
        await header(step, workspace.tab, me, app.surface)
    await step.photograph(
        message("The first page of {app}", app=app.icon.name),
        [(me.locator, message("the account button of {app}", app=app.icon.name))],
    )


async def _open_app(step: StepRun, icon: launcher.AppIcon, origin: str) -> None:
    """Select `icon`; if there is none, or it leads elsewhere, open the documented URL, and note that."""
    context, workspace = step.context, step.workspace
    addresses = launcher.addresses_of_all_apps(context.tenant.home, context.tenant.cloud)
    search = await launcher.Launcher(workspace.tab, context.timeout, Home.name, addresses, host_of(origin)).find(icon)
    if search.icon is None:
        why = message(
            "No {app} icon was found on the home page, in its menus or on the page of all apps: no known id, no link "
            "to {app}, and not its name among other apps. So the documented URL {address} was opened.",
            **_about(step, icon),
        )
        return await _open_instead(step, icon, origin, why)
    name = message("The {app} icon", app=icon.name)
    await uncover(search.icon.locator, context.short_wait)
    await step.photograph(name, [(search.icon.locator, name)])
    clicked = False

    async def click(icon: Locator = search.icon.locator) -> None:
        nonlocal clicked
        await icon.click()
        clicked = True

    try:
        with browser_failures():
            await workspace.follow(click)
            await retry_if_signed_out(step, lambda: workspace.arrive(origin))
    except TimedOut:
        if clicked and search.by != "name":
            raise
        return await _open_instead(step, icon, origin, _why_not(step, icon, clicked=clicked))
    if search.by == "address":
        step.note(message("The {app} icon has no known id; it was found by the URL that it leads to.", app=icon.name))
    if search.by == "name":
        step.note(message("The {app} icon has no known id; it was found by its name among other apps.", app=icon.name))
    return None


def _why_not(step: StepRun, icon: launcher.AppIcon, *, clicked: bool) -> Message:
    """Return why the documented URL is opened although there is an icon."""
    if clicked:
        return message(
            "The element named {app} led elsewhere, so the documented URL {address} was opened.", **_about(step, icon)
        )
    return message(
        "The {app} icon could not be selected, so the documented URL {address} was opened.", **_about(step, icon)
    )


def _about(step: StepRun, icon: launcher.AppIcon) -> dict[str, str]:
    return {"app": icon.name, "address": f"{step.context.tenant.home}{icon.launch}"}


async def _open_instead(step: StepRun, icon: launcher.AppIcon, origin: str, why: Message) -> None:
    workspace = step.workspace
    await open_page(workspace.tab, f"{step.context.tenant.home}{icon.launch}", "commit")
    await retry_if_signed_out(step, lambda: workspace.arrive(origin))
    step.note(why)


async def select_sharepoint(step: StepRun) -> None:
    """B3: select the SharePoint icon; read the copy's properties before the user's photo is requested."""
    await select_app(step, SHAREPOINT, step.context.tenant.sharepoint)
