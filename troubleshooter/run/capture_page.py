"""Opens one page as an account and saves it so that it can be sent to a stranger, without a scenario."""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.browser import launch
from troubleshooter.browser.failures import read_or_default, translated_errors
from troubleshooter.browser.guard import unless_stopped
from troubleshooter.browser.locator_use import using
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.selector_check import check_repairs
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.browser.waits import short_wait
from troubleshooter.errors import InputError, Stopped
from troubleshooter.evidence.page_folder import page_folder
from troubleshooter.pages.home import steady
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out
from troubleshooter.pages.site_page import SitePage
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.run.launch_options import launch_options
from troubleshooter.run.prepared import credentials_of, proxy_secrets
from troubleshooter.run.repairs import Repairs
from troubleshooter.run.request import RunSettings
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.signin.operator import Operator
from troubleshooter.steps.page_capture import SUFFIX, captured, kind_of
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from playwright.async_api import Page, Response

_PASSING = re.compile(r"/(?:_forms|landing(?:v2)?|authorize|signin-oidc|kmsi|reprocess|resume)(?:/|$)", re.IGNORECASE)
"""Paths of pages that lead on by themselves (sign-in and home 2.1, A to B)."""


@dataclass(frozen=True)
class PageToSave:
    """A page, and how it is reached."""

    url: str
    tenant: Tenant
    account: str
    """The name of the account that signs in."""
    settings: RunSettings
    credentials: Credentials
    redactor: Redactor
    operator: Operator | None = None

    @property
    def hosts(self) -> HostPolicy:
        """Return the hosts that may be visited."""
        return self.tenant.hosts(self.tenant.account(self.account))


def page_to_save(
    url: str, tenant: Tenant, account: str | None, settings: RunSettings, operator: Operator | None
) -> PageToSave:
    """Check the request before anything runs.

    Raises:
        InputError: the URL or the account is not the tenant's, or a secret is missing.
    """
    name = account or tenant.default_account
    if not name:
        raise InputError("--as", f"name the account that signs in; allowed: {', '.join(tenant.accounts)}")
    check_url(url, tenant.hosts(tenant.account(name)))
    redactor = Redactor()
    for secret in proxy_secrets(settings.proxy, {} if tenant.network else os.environ):
        redactor.learn(secret)
    if settings.interactive:
        credentials = Credentials(tenant.account(name).username, Secret(""))
    else:
        credentials = credentials_of(tenant, name, redactor, ask=not settings.non_interactive)
    return PageToSave(url, tenant, name, settings, credentials, redactor, operator)


def check_url(url: str, hosts: HostPolicy) -> None:
    """Check that `url` is one of a page that may be visited.

    Raises:
        InputError: it is no https URL, or it leads outside the tenant.
    """
    if hosts.may_visit(url):
        return
    if not re.match(r"https://", url.strip(), re.IGNORECASE):
        meant = "https://" + re.sub(r"^\s*(?:[a-z][a-z0-9+.-]*:)?/*", "", url, flags=re.IGNORECASE).strip()
        if hosts.may_visit(meant):
            raise InputError("URL", f"{url} does not begin with https://; expected {meant}")
    known = ", ".join(host for host in hosts.sites if host)
    raise InputError("URL", f"{url} is outside the tenant; expected a page of {known} or of Microsoft 365")


@dataclass
class _Visit:
    """One visit to the page, with what is needed to translate its errors."""

    asked: PageToSave
    session: Session
    tab: Page | None = None
    signed_in: bool = False
    saved: bytes = b""
    kind: str = ""
    _status: int = 0

    @property
    def timeout(self) -> float:
        """Return the longest single wait, in seconds."""
        return self.asked.settings.timeout

    @property
    def address(self) -> str:
        """Return the URL of the tab."""
        return self.tab.url if self.tab else self.asked.tenant.home

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return a future that is done when the guard stops the visit."""
        return self.session.guard.trouble

    async def run(self) -> None:
        """Sign in as a run does, open the page, wait until it has settled, and take it."""
        asked = self.asked
        with translated_errors(self):
            self.tab = tab = await self.session.tab()
            traffic = Traffic(tab)
            await self._sign_in(tab)
            # After a silent sign-in on the way, the first response is not the page's.
            tab.on("response", self._note_status)
            await open_page(tab, asked.url, "commit")
            if not self._is_there(tab.url):
                await self._come_back(tab)
            await tab.wait_for_load_state("domcontentloaded")
            check_answer(self._status, asked.url, tab.url)
            await traffic.settle(self.timeout)
            await SitePage(tab, traffic, self.timeout).scroll_through()
            self.kind = kind_of(tab.url, asked.tenant)
            self.saved = await captured(tab, asked.tenant, self.kind, (asked.credentials.username,))

    def _note_status(self, response: Response) -> None:
        """Keep the HTTP status of the tab's newest document."""
        request = response.request
        if request.is_navigation_request() and read_or_default(lambda: request.frame.parent_frame is None, False):
            self._status = response.status

    async def _sign_in(self, tab: Page) -> None:
        asked = self.asked
        how = SignInSettings(self.timeout, asked.redactor.learn, asked.operator, interactive=asked.settings.interactive)
        await open_page(tab, asked.tenant.home, "commit")
        await SignIn(tab, self.session.guard, asked.credentials, how).run()
        await steady(tab, self.timeout)
        self.signed_in = True

    async def _come_back(self, tab: Page) -> None:
        """Wait until a silent sign-in on the way is over."""
        if not await comes_back(tab, self._is_there, self.asked.hosts, short_wait(self.timeout)):
            raise signed_out(self.asked.url)

    def _is_there(self, url: str) -> bool:
        hosts = self.asked.hosts
        wanted = hosts.may_type(self.asked.url) or not hosts.may_type(url)
        return hosts.may_visit(url) and wanted and not _PASSING.search(url.partition("?")[0])


async def save_page(asked: PageToSave, repairs: Repairs) -> Path:
    """Open the page, with `repairs` on the way there, and save it in a new folder; return the file's path.

    Raises:
        InputError: the browser does not accept a selector of `repairs`; nothing was visited.
        Stopped: the account was not let in.
        CannotTell: the page did not come.
        CannotWrite: it could not be written.
    """
    with page_folder(asked.settings.out, "capture-page", datetime.now(UTC)) as folder:
        options = launch_options(asked.settings, asked.tenant.network)
        async with launch.opened(options, asked.hosts, asked.tenant.network) as (session, _):
            visit = _Visit(asked, session)
            with using(repairs.use()):
                await check_repairs(session)
                await unless_stopped(visit.run(), visit.trouble)
        return folder.write(f"{visit.kind}{SUFFIX}", visit.saved)
