"""Trying whether an account of a tenant is let in, without a scenario and without leaving anything behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser import launch
from troubleshooter.browser.failures import translated_errors
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.pages.home import Home, steady
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.driver import SignIn
from troubleshooter.signin.operator import Operator
from troubleshooter.signin.stop_messages import somebody_else
from troubleshooter.tenant.file import Account
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from playwright.async_api import Page


@dataclass(frozen=True)
class Secrets:
    """What an account types."""

    password: Secret
    totp: Secret | None = None


@dataclass
class _Attempt:
    """One sign-in while it is being tried."""

    tenant: Tenant
    account: Account
    secrets: Secrets
    timeout: float
    session: Session
    learn: Callable[[Secret], None]
    person: Operator | None = None
    tab: Page | None = None
    at_home: bool = False

    @property
    def signed_in(self) -> bool:
        """Return whether sign-in is over."""
        return self.at_home

    @property
    def address(self) -> str:
        """Return the address of the present tab."""
        return self.tab.url if self.tab else self.tenant.home

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return the future that is done when the guard stops it."""
        return self.session.guard.trouble

    async def perform(self) -> None:
        """Sign in on the home page, and see who the account panel says it is."""
        with translated_errors(self):
            # A visit may make SharePoint renew its copy of the photo: the doctor leaves that to a run.
            self.session.guard.hold_photo_requests_for_good()
            self.tab = await self.session.tab()
            await self.tab.goto(self.tenant.home, wait_until="commit")
            await SignIn(
                page=self.tab,
                hosts=self.session.guard.hosts,
                username=self.account.username,
                password=lambda: self.secrets.password,
                timeout=self.timeout,
                learn=self.learn,
                totp=self.secrets.totp,
                person=self.person,
                refused=lambda: self.session.guard.refused,
            ).run()
            await steady(self.tab, self.timeout)
            self.at_home = True
            home = Home(self.tab, self.timeout)
            await home.open_panel()
            upn = (await home.identity()).upn
        if upn and upn != self.account.username.lower():
            raise somebody_else(upn, self.account.username)


async def signs_in(
    tenant: Tenant,
    name: str,
    secrets: Secrets,
    options: launch.Options,
    *,
    learn: Callable[[Secret], None],
    person: Operator | None = None,
) -> Stopped | None:
    """Return what stands in the way of the account `name`; None when it is let in.

    Args:
        learn: told of each code and pass before it is typed: it may appear nowhere.
    """
    account = tenant.account(name)
    try:
        async with launch.opened(options, tenant.hosts(account), tenant.network) as (session, _):
            return await lets_in(session, tenant, name, secrets, options, learn=learn, person=person)
    except Stopped as error:
        return error


async def lets_in(
    session: Session,
    tenant: Tenant,
    name: str,
    secrets: Secrets,
    options: launch.Options,
    *,
    learn: Callable[[Secret], None],
    person: Operator | None = None,
) -> Stopped | None:
    """Return what stands in the way of the account `name` in a session that is open and knows nobody."""
    attempt = _Attempt(tenant, tenant.account(name), secrets, options.timeout, session, learn, person)
    try:
        await unless_stopped(attempt.perform(), attempt.trouble)
    except Stopped as error:
        return error
    except CannotTell as error:
        # Once home stands the account was let in; what the page does then is a run's business.
        help_ = message("Run again; if it stays so, sign in by hand to see what the page shows.")
        return None if attempt.at_home else Stopped(Reason.SIGN_IN_ERROR, error.note, help_)
    return None
