"""Saves a page so that it can be sent to a stranger: takes it, and lets `capture` replace everybody in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from troubleshooter import __version__
from troubleshooter.browser.locator_use import locators
from troubleshooter.capture.page import About, replaced
from troubleshooter.capture.stand_ins import stand_ins
from troubleshooter.pages import page_snapshot
from troubleshooter.pages.marks_seen import marks_seen
from troubleshooter.steps.kept_marks import KNOWN
from troubleshooter.steps.locator_catalogue import CATALOGUE
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

SUFFIX = ".html"
_OF_NO_PAGE = frozenset({"privacy", "picture-document"})
"""Locators that any page has something for: they say nothing about it."""
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


async def captured(tab: Page, tenant: Tenant, kind: str, accounts: Iterable[str] = ()) -> bytes:
    """Return what `tab` shows as a file in which nobody is named.

    Args:
        kind: which page it is, such as `site-page`.
        accounts: user names that the run knows.
    """
    about = About(
        kind=kind,
        version=__version__,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        own=stand_ins(tenant.sharepoint, tenant.my),
        accounts=tuple(accounts),
        known=KNOWN,
        locators=await _found_on(tab),
    )
    return replaced(about, await page_snapshot.taken(tab)).encode("utf-8", "replace")


async def _found_on(tab: Page) -> tuple[str, ...]:
    """Return which locators find something on the page, one a line: its id, the selector, how many elements.

    A repair is only called that: whoever wrote it may have put a name into it.
    """
    use = locators()
    wanted = {id_: row for id_, row in CATALOGUE.items() if row.page not in _OF_NO_PAGE}
    seen = await marks_seen(tab, {id_: use.selectors(row) for id_, row in wanted.items()})
    lines = []
    for id_, mark in seen.items():
        selector = use.selectors(wanted[id_])[mark.position]
        repaired = mark.position < len(use.repairs.get(id_, ()))
        how = "a repair" if repaired else selector
        also = " (by structure)" if not repaired and selector in wanted[id_].by_structure else ""
        lines.append(f"{id_}: {how}{also}: {mark.count} found, {mark.visible} visible")
    return tuple(lines)
