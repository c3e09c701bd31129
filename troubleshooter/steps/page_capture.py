"""Saves a page so that it can be sent to a stranger: takes it, and lets `capture` replace everybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from troubleshooter import __version__
from troubleshooter.capture.page import About, replaced
from troubleshooter.capture.stand_ins import stand_ins
from troubleshooter.pages import page_snapshot
from troubleshooter.steps.kept_marks import KNOWN
from troubleshooter.steps.page_locators import SelectorSeen, locators_on
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

SUFFIX = ".html"
_KINDS = {
    "myaccount.microsoft.com": "my-account",
    "mysignins.microsoft.com": "security-info",
    "outlook.office.com": "outlook",
    "outlook.office365.com": "outlook",
    "outlook.cloud.microsoft": "outlook",
    "teams.microsoft.com": "teams",
    "teams.cloud.microsoft": "teams",
    "onedrive.cloud.microsoft": "onedrive",
    "m365.cloud.microsoft": "home",
    "copilot.cloud.microsoft": "home",
    "www.office.com": "home",
    "www.microsoft365.com": "home",
}
"""Which page a host of Microsoft's shows: sign-in and home 2.1, 2.3; real pages 1.12, 3.6, 6.4."""


def kind_of(url: str, tenant: Tenant) -> str:
    """Return which page `url` is, such as `site-page`; `other` if nothing tells."""
    host, path = host_of(url), urlsplit(url).path.lower()
    if host == host_of(tenant.my):
        return "onedrive"
    if host == host_of(tenant.sharepoint):
        return (
            "site-page"
            if "/sitepages/" in path
            else "start-page"
            if path.endswith("/sharepoint.aspx")
            else "sharepoint"
        )
    if tenant.hosts().may_type(url):
        return "sign-in"
    return "home" if host == host_of(tenant.home) else _KINDS.get(host, "other")


@dataclass(frozen=True)
class TakenPage:
    """A page as it was, in memory: nobody in it is replaced yet."""

    about: About
    data: str
    locators: tuple[SelectorSeen, ...]
    """What of the catalogue finds something on it."""


async def taken(tab: Page, tenant: Tenant, kind: str, accounts: Iterable[str] = ()) -> TakenPage:
    """Return what `tab` shows, for `capture` to replace everybody in it.

    Args:
        kind: which page it is, such as `site-page`.
        accounts: user names that the run knows.
    """
    locators = await locators_on(tab, kind)
    about = About(
        kind=kind,
        version=__version__,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        own=stand_ins(tenant.sharepoint, tenant.my),
        accounts=tuple(accounts),
        known=KNOWN,
        locators=tuple(map(str, locators)),
    )
    return TakenPage(about, await page_snapshot.taken(tab), locators)


async def captured(tab: Page, tenant: Tenant, kind: str, accounts: Iterable[str] = ()) -> bytes:
    """Return what `tab` shows as a file in which nobody is named; arguments as for `taken`."""
    page = await taken(tab, tenant, kind, accounts)
    return replaced(page.about, page.data).encode("utf-8", "replace")
