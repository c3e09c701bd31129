"""Finds out who is signed in: from the home page's account panel, else from My Account or SharePoint's own header."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.opening import open_page
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Surface
from troubleshooter.model.message import message
from troubleshooter.pages import start_page
from troubleshooter.pages.account_panel import AccountPanel, Identity
from troubleshooter.pages.header import SuiteHeader
from troubleshooter.pages.home import Home
from troubleshooter.pages.my_account import ADDRESS, MyAccount
from troubleshooter.steps.recorder import SignedInAs
from troubleshooter.steps.sighting import header
from troubleshooter.steps.step_run import StepRun
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_PATIENCE = 10.0
"""Seconds to wait for something on a page that only has to say who is signed in."""


async def who_is_signed_in(step: StepRun, home: Home) -> Identity:
    """Return who is signed in, according to the home page's open account panel, or else to another page.

    An address in the panel may be an alias of the same person: unless it is the user name, another page has to show
    whose it is.
    """
    shown = await home.identity()
    if _settles(step, shown):
        return shown
    for place, ask in (("My Account", _ask_my_account), ("SharePoint", _ask_sharepoint)):
        told = await _asked(step, home, ask)
        if told and _settles(step, told):
            step.note(message("The home page does not show who is signed in; {place} does.", place=place))
            return told
    step.note(message("No page shows who is signed in. Checked: the home page, My Account and SharePoint’s header."))
    return Identity(None)


def _settles(step: StepRun, identity: Identity) -> bool:
    """Return whether `identity` is known to be the user name of the account that is signed in."""
    return identity.upn is not None and (identity.certain or identity.upn == step.context.username.lower())


_Ask = Callable[[StepRun, Home, "Page"], Awaitable[Identity]]


async def _asked(step: StepRun, home: Home, ask: _Ask) -> Identity | None:
    """Return what another page shows, in a tab of its own; None if that page cannot be seen."""
    async with step.workspace.extra_tab() as tab:
        try:
            with browser_failures():
                return await ask(step, home, tab)
        except (CannotTell, BrowserFailure, TimeoutError):
            if step.workspace.trouble.done():
                raise
            return None


async def _ask_my_account(step: StepRun, home: Home, tab: Page) -> Identity:
    """Ask My Account; where the home page's panel has no picture, see the one of My Account's panel instead."""
    if step.context.tenant.cloud != "worldwide":
        return Identity(None)
    address = await home.account_page() or ADDRESS
    await open_page(tab, address, "commit")
    await step.workspace.arrive(f"https://{host_of(address)}", tab)
    page = MyAccount(tab, min(_PATIENCE, step.context.timeout))
    panel = await _by_panel(page)
    identity = panel if _settles(step, panel) else await page.owner()
    if panel.upn and panel.upn == step.context.username.lower() and await home.panel_picture() is None:
        await _see_panel(step, page, panel)
    return identity


async def _see_panel(step: StepRun, page: MyAccount, identity: Identity) -> None:
    picture = await page.panel_picture()
    if picture is None:
        return
    step.recorder.add(SignedInAs(identity.upn))
    await header(step, page.page, picture, Surface.ACCOUNT_PANEL, proved=True)
    marks = [(picture.locator, message("the picture in the account panel"))]
    await step.photograph(message("The account panel in My Account"), marks, tab=page.page)


async def _ask_sharepoint(step: StepRun, _home: Home, tab: Page) -> Identity:
    """Ask the account panel in SharePoint's header."""
    origin = step.context.tenant.sharepoint
    await open_page(tab, start_page.address(origin), "commit")
    await step.workspace.arrive(origin, tab)
    return await _by_panel(SuiteHeader(tab, min(_PATIENCE, step.context.timeout)))


async def _by_panel(page: AccountPanel) -> Identity:
    try:
        await page.open_panel()
    except CannotTell:
        return Identity(None)  # no account button is known there
    return await page.identity()
