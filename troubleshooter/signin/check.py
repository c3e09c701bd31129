"""Checks whether an account of a tenant can sign in, without a scenario and without leaving anything behind."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser import launch
from troubleshooter.browser.failures import translated_errors
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.reach import reach
from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.pages.home import Home, steady
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.signin.stop_messages import other_user_signed_in
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from playwright.async_api import Page


@dataclass
class _Attempt:
    """One sign-in, with what is needed to translate its errors."""

    session: Session
    home: str
    credentials: Credentials
    settings: SignInSettings
    tab: Page | None = None
    signed_in: bool = False
    """Whether sign-in is over; what the page does after that is not part of this check."""

    @property
    def timeout(self) -> float:
        """Return the longest single wait, in seconds."""
        return self.settings.timeout

    @property
    def address(self) -> str:
        """Return the URL of the tab."""
        return self.tab.url if self.tab else self.home

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return a future that completes when the guard stops the sign-in."""
        return self.session.guard.trouble

    async def run(self) -> None:
        """Sign in on the home page, and check that the account panel names the same user."""
        with translated_errors(self):
            # Photo requests are held back, because they may make SharePoint renew its copy; that is left to a run.
            await self.session.guard.hold_photo_requests_for_good()
            self.tab = await self.session.tab()
            await open_page(self.tab, self.home, "commit")
            await SignIn(self.tab, self.session.guard, self.credentials, self.settings).run()
            await steady(self.tab, self.timeout)
            self.signed_in = True
            home = Home(self.tab, self.timeout)
            await home.open_panel()
            upn = (await home.identity()).upn
        if upn and upn != self.credentials.username.lower():
            raise other_user_signed_in(upn, self.credentials.username, home.repaired_parts())


async def signs_in(
    tenant: Tenant, name: str, credentials: Credentials, options: launch.Options, settings: SignInSettings
) -> Stopped | None:
    """Start a browser and return what keeps the account `name` from signing in; None if it signs in."""
    try:
        async with launch.opened(options, tenant.hosts(tenant.account(name)), tenant.network) as (session, _):
            return await lets_in(session, tenant.home, credentials, settings)
    except Stopped as error:
        return error


async def opens(home: str, options: launch.Options) -> Stopped | None:
    """Start a browser and return what keeps `home` from opening; None if it opens, signed out."""
    try:
        async with launch.opened(options, host_policy("worldwide", (home,))) as (session, _):
            found = await reach(session, home)
    except Stopped as error:
        return error
    return found if isinstance(found, Stopped) else None


async def lets_in(session: Session, home: str, credentials: Credentials, settings: SignInSettings) -> Stopped | None:
    """Return what keeps the account from signing in, in a session where nobody is signed in; None if it signs in."""
    attempt = _Attempt(session, home, credentials, settings)
    try:
        await unless_stopped(attempt.run(), attempt.trouble)
    except Stopped as error:
        return error
    except CannotTell as error:
        # Once the home page is shown, the account was let in; what the page does then matters only to a run.
        help_ = message("Run again; if it happens again, sign in by hand to see what the page shows.")
        return None if attempt.signed_in else Stopped(Reason.SIGN_IN_ERROR, error.note, help_)
    return None
