"""Finds out whether a tab that was sent to sign-in comes back by itself, or asks somebody to sign in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, succeeded
from troubleshooter.browser.locator_use import locators
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.model.message import message
from troubleshooter.tenant.hosts import HostPolicy

if TYPE_CHECKING:
    from playwright.async_api import Page

PROMPT = LocatorDefinition(
    id="sign-in.prompt",
    use="what a sign-in page shows to somebody who has to do something; then a session is over",
    fact="sign-in and home 1.2, 1.3, 1.6, 1.8",
    confidence="A",
    selectors=(
        "#i0116",
        'input[name="loginfmt"]',
        "#i0118:not(.moveOffScreen)",
        'input[name="passwd"]:not(.moveOffScreen)',
        '#tilesHolder [role="button"]',
        '.table[role="button"][data-test-id]',
        "#idDiv_SAOTCS_Proofs",
        "#idTxtBx_SAOTCC_OTC",
        "#idDiv_SAOTCAS_Title",
        "#userNameInput",
        "#passwordInput",
        "#okta-signin-username",
    ),
)
_SILENT = 2.5
"""Seconds in which a page that shows a field may still sign in by itself."""


async def comes_back(tab: Page, there: Callable[[str], bool], hosts: HostPolicy, seconds: float) -> bool:
    """Wait until `tab` arrives `there`, as it does after a silent sign-in; return whether it did.

    A sign-in page that waits for somebody ends the wait: the session is over.
    """
    arrived = asyncio.ensure_future(in_time(tab.wait_for_url(there, wait_until="commit", timeout=seconds * 1000)))
    asked = asyncio.ensure_future(_asks(tab, hosts, seconds))
    try:
        await asyncio.wait([arrived, asked], return_when=asyncio.FIRST_COMPLETED)
        if not arrived.done() and asked.result():
            await asyncio.wait([arrived], timeout=_SILENT)
            if not arrived.done():
                return False
        return await arrived
    finally:
        for work in (arrived, asked):
            work.cancel()
        await asyncio.gather(arrived, asked, return_exceptions=True)


def signed_out(url: str) -> CannotTell:
    """Return the `CannotTell` error of a step that found the session over on the way to `url`."""
    note = message("The session ended before {url} opened: sign-in is required again.", url=url)
    return CannotTell(Reason.SIGNED_OUT, note)


async def _asks(tab: Page, hosts: HostPolicy, seconds: float) -> bool:
    """Wait until `tab` shows a sign-in page that waits for somebody; return whether it does."""
    shown = await succeeded(
        tab.locator(locators().css(PROMPT)).filter(visible=True).first.wait_for(state="visible", timeout=seconds * 1000)
    )
    return shown and hosts.may_type(tab.url)
