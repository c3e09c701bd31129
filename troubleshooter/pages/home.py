"""The home page: its header, the account panel, and the app icons."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures, in_time
from troubleshooter.browser.waits import short_wait
from troubleshooter.pages import find
from troubleshooter.pages.cover import uncover
from troubleshooter.surfaces import account_panel, home_header
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = home_header.DEFINITION.locators
"""The account button, most trusted first."""

_PANEL = ("#mectrl_main_body", ".mectrl_dropdownbody.expanded")
_SECONDARY = ("#mectrl_currentAccount_secondary",)
_FILLED = ('#mectrl_currentAccount_secondary:text-matches("@")',)
_PRIMARY = ("#mectrl_currentAccount_primary",)
_PICTURE = account_panel.DEFINITION.locators
_OPENED = (*_PANEL, *_SECONDARY, *_PRIMARY)
_DOORS = (
    ("a#mectrl_currentAccount_picture", "#mectrl_currentAccount_picture", *_PICTURE[:1]),
    ("#mectrl_viewAccount",),
    ("#mectrl_ShellAboutMe",),
)
_WAFFLE = ("#O365_MainLink_NavMenu",)
_TILES = ("#O365_AppTile_Sites", "#ShellSites_link", 'a[href*="/launch/sharepoint"]')
_ONEDRIVE = ("#O365_AppTile_Documents", "#ShellDocuments_link", 'a[href*="/launch/onedrive"]')
_ALL_APPS = ("#allAppsLink", 'a[href$="/apps"]')

_SHOWN = """(e) => getComputedStyle(e).backgroundImage + ((e.querySelector('img') || e).src || '')"""
_STEADY = "() => !/\\/landing|\\/authorize|\\/kmsi|[?&#]code=/i.test(location.href)"

_AT_ONCE = 0.1
"""Seconds within which an element that is already on the page is found."""
_CLICKS = 3
"""Clicks on the account button; an odd number, so that if one click closes the panel, the next opens it."""
_OPENS = 4.0
"""Seconds to wait for a click to open the panel."""
_LAUNCHER = 5.0
"""Seconds to wait for the app launcher's button."""
_CLOSES_MS = 1000
"""Milliseconds to wait for the panel to close."""


@dataclass(frozen=True)
class Identity:
    """The signed-in user, according to the account panel."""

    upn: str | None
    name: str | None


class Home:
    """The home page, `m365.cloud.microsoft`, after sign-in."""

    name = "home"

    def __init__(self, page: Page, timeout: float) -> None:
        self.page = page
        self.timeout = timeout

    async def me(self) -> find.FoundElement:
        """Return the account button."""
        return await find.needed(self.page, ME, self.timeout, self.name, "The account button")

    async def open_panel(self) -> None:
        """Open the account panel and wait until it says who is signed in, which may take several seconds.

        A page ignores the click until its scripts have loaded, so the click is repeated.
        """
        for _ in range(_CLICKS):
            if await find.anywhere(self.page, _OPENED, _AT_ONCE):
                break
            me = (await self.me()).locator
            await uncover(me, short_wait(self.timeout))
            await me.click()
            if await find.anywhere(self.page, _OPENED, min(_OPENS, self.timeout)):
                break
        await find.needed(self.page, (*_SECONDARY, *_PRIMARY), self.timeout, self.name, "The account panel")

    async def identity(self) -> Identity:
        """Return who is signed in, according to the open panel."""
        secondary = await find.anywhere(self.page, _FILLED, short_wait(self.timeout))
        primary = await find.anywhere(self.page, _PRIMARY, 1.0)
        upn = (await secondary.locator.inner_text()).strip() if secondary else ""
        name = (await primary.locator.inner_text()).strip() if primary else ""
        return Identity(upn.lower() if "@" in upn else None, name or None)

    async def panel_picture(self) -> find.FoundElement:
        """Return the open panel's picture, or its initials."""
        return await find.needed(self.page, _PICTURE, self.timeout, self.name, "The picture in the account panel")

    async def account_page(self) -> str | None:
        """Return where the open panel's link to the account page leads; None if it has no such link."""
        link = await find.anywhere(self.page, (account_panel.VIEW_ACCOUNT,), _AT_ONCE)
        address = await link.locator.evaluate("(e) => e.href || ''") if link else ""
        return str(address) or None

    async def doors(self) -> list[find.FoundElement]:
        """Return what in the open panel may lead to where the photo is changed: the circle, then the two links."""
        found = [await find.anywhere(self.page, selectors, 2 * _AT_ONCE) for selectors in _DOORS]
        return [door for door in found if door]

    async def picture_changes(self, seconds: float) -> bool:
        """Wait, with the panel open, until the URL of its picture changes; return whether it did."""
        picture = (await self.panel_picture()).locator
        script = f"([e, was]) => ({_SHOWN})(e) !== was"
        try:
            with browser_failures():
                handle = await picture.element_handle()
                was = await picture.evaluate(_SHOWN)
                await self.page.wait_for_function(script, arg=[handle, was], timeout=seconds * 1000, polling=250)
        except BrowserFailure:
            return False
        return True

    async def close_panel(self) -> None:
        """Close the panel, so that it covers nothing; a panel that stays open does no harm."""
        await self.page.keyboard.press("Escape")
        if not await in_time(self.page.locator(_PANEL[0]).wait_for(state="hidden", timeout=_CLOSES_MS)):
            await (await self.me()).locator.click()

    async def sharepoint_icon(self) -> find.FoundElement:
        """Return the SharePoint icon, wherever it is: in the app launcher, on the page, or on the page of all apps."""
        return await self._icon(_TILES, "The SharePoint icon")

    async def onedrive_icon(self) -> find.FoundElement:
        """Return the OneDrive icon, as `sharepoint_icon` does."""
        return await self._icon(_ONEDRIVE, "The OneDrive icon")

    async def _icon(self, tiles: tuple[str, ...], what: str) -> find.FoundElement:
        if tile := await find.anywhere(self.page, tiles[:2], _AT_ONCE):
            return tile
        waffle = await find.anywhere(self.page, _WAFFLE, min(_LAUNCHER, self.timeout))
        if waffle:
            await uncover(waffle.locator, short_wait(self.timeout))
            await waffle.locator.click()
            if tile := await find.anywhere(self.page, tiles, short_wait(self.timeout)):
                return tile
        if tile := await find.anywhere(self.page, tiles, _AT_ONCE):
            return tile
        if link := await find.anywhere(self.page, _ALL_APPS, _AT_ONCE):
            await link.locator.click()
        else:
            await self.page.goto(f"https://{host_of(self.page.url)}/apps", wait_until="domcontentloaded")
        return await find.needed(self.page, tiles, self.timeout, self.name, what)


async def steady(page: Page, seconds: float) -> None:
    """Wait until the URL of `page` is no longer one that only redirects."""
    async with asyncio.timeout(seconds):
        await page.wait_for_load_state("domcontentloaded")
        await page.wait_for_function(_STEADY)
