"""The home page: its header, the account panel, and the SharePoint icon."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures, in_time
from troubleshooter.pages import find
from troubleshooter.pages.cover import uncover
from troubleshooter.surfaces import account_panel, home_header

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = home_header.DEFINITION.locators
"""The account button, most trusted first."""

_PANEL = ("#mectrl_main_body", ".mectrl_dropdownbody.expanded")
_SECONDARY = ("#mectrl_currentAccount_secondary",)
_CLICKS = 3
"""Clicks on the account button, an odd number: should one close the panel, the next opens it."""
_OPENS = 4.0
"""Seconds that a click has to open the panel."""
_FILLED = ('#mectrl_currentAccount_secondary:text-matches("@")',)
_PRIMARY = ("#mectrl_currentAccount_primary",)
_PICTURE = account_panel.DEFINITION.locators
_OPENED = (*_PANEL, *_SECONDARY, *_PRIMARY)
_DOORS = (
    ("a#mectrl_currentAccount_picture", "#mectrl_currentAccount_picture", *_PICTURE[:1]),
    ("#mectrl_viewAccount",),
    ("#mectrl_ShellAboutMe",),
)
_SHOWN = """(one) => getComputedStyle(one).backgroundImage + ((one.querySelector('img') || one).src || '')"""
_WAFFLE = ("#O365_MainLink_NavMenu",)
_TILES = ("#O365_AppTile_Sites", "#ShellSites_link", 'a[href*="/launch/sharepoint"]')
_ONEDRIVE = ("#O365_AppTile_Documents", "#ShellDocuments_link", 'a[href*="/launch/onedrive"]')
_ALL_APPS = ("#allAppsLink", 'a[href$="/apps"]')


@dataclass(frozen=True)
class Identity:
    """Who the account panel says is signed in."""

    upn: str | None
    name: str | None


class Home:
    """`m365.cloud.microsoft` after sign-in."""

    name = "home"

    def __init__(self, page: Page, timeout: float) -> None:
        self.page = page
        self.timeout = timeout

    async def me(self) -> find.FoundElement:
        """Return the account button."""
        return await find.needed(self.page, ME, self.timeout, self.name, "The account button")

    async def open_panel(self) -> None:
        """Open the account panel and wait until it says who is signed in; it may lag several seconds.

        A page swallows the click while its scripts are not there yet: then it is repeated.
        """
        for _ in range(_CLICKS):
            if await find.anywhere(self.page, _OPENED, 0.1):
                break
            me = (await self.me()).locator
            await uncover(me, min(10.0, self.timeout))
            await me.click()
            if await find.anywhere(self.page, _OPENED, min(_OPENS, self.timeout)):
                break
        await find.needed(self.page, (*_SECONDARY, *_PRIMARY), self.timeout, self.name, "The account panel")

    async def identity(self) -> Identity:
        """Return who the open panel says is signed in."""
        secondary = await find.anywhere(self.page, _FILLED, min(10.0, self.timeout))
        primary = await find.anywhere(self.page, _PRIMARY, 1.0)
        upn = (await secondary.locator.inner_text()).strip() if secondary else ""
        name = (await primary.locator.inner_text()).strip() if primary else ""
        return Identity(upn.lower() if "@" in upn else None, name or None)

    async def panel_picture(self) -> find.FoundElement:
        """Return the open panel's picture, or its initials."""
        return await find.needed(self.page, _PICTURE, self.timeout, self.name, "The picture in the account panel")

    async def account_page(self) -> str | None:
        """Return where the open panel's link to the account page leads; None when it has no such link."""
        link = await find.anywhere(self.page, (account_panel.VIEW_ACCOUNT,), 0.1)
        address = await link.locator.evaluate("e => e.href || ''") if link else ""
        return str(address) or None

    async def doors(self) -> list[find.FoundElement]:
        """Return what of the open panel may lead to where the photo is changed: the circle, then the two links."""
        found = [await find.anywhere(self.page, selectors, 0.2) for selectors in _DOORS]
        return [one for one in found if one]

    async def picture_changes(self, seconds: float) -> bool:
        """Wait, the panel open, until its picture has another address; return whether it came to that."""
        picture = (await self.panel_picture()).locator
        try:
            with browser_failures():
                handle = await picture.element_handle()
                script = f"([one, was]) => ({_SHOWN})(one) !== was"
                was = await picture.evaluate(_SHOWN)
                await self.page.wait_for_function(script, arg=[handle, was], timeout=seconds * 1000, polling=250)
        except BrowserFailure:
            return False
        return True

    async def close_panel(self) -> None:
        """Close the panel, so that it covers nothing; a panel that stays open does no harm."""
        await self.page.keyboard.press("Escape")
        if not await in_time(self.page.locator(_PANEL[0]).wait_for(state="hidden", timeout=1000)):
            await (await self.me()).locator.click()

    async def sharepoint_icon(self) -> find.FoundElement:
        """Return the SharePoint icon: of the launcher, a tile on the page, or of the apps page; opens what it takes."""
        return await self._icon(_TILES, "The SharePoint icon")

    async def onedrive_icon(self) -> find.FoundElement:
        """Return the OneDrive icon, as `sharepoint_icon` does."""
        return await self._icon(_ONEDRIVE, "The OneDrive icon")

    async def _icon(self, tiles: tuple[str, ...], what: str) -> find.FoundElement:
        if tile := await find.anywhere(self.page, tiles[:2], 0.1):
            return tile
        waffle = await find.anywhere(self.page, _WAFFLE, min(5.0, self.timeout))
        if waffle:
            await uncover(waffle.locator, min(10.0, self.timeout))
            await waffle.locator.click()
            if tile := await find.anywhere(self.page, tiles, min(10.0, self.timeout)):
                return tile
        if tile := await find.anywhere(self.page, tiles, 0.1):
            return tile
        if link := await find.anywhere(self.page, _ALL_APPS, 0.1):
            await link.locator.click()
        else:
            await self.page.goto(f"https://{_host(self.page.url)}/apps", wait_until="domcontentloaded")
        return await find.needed(self.page, tiles, self.timeout, self.name, what)


def _host(url: str) -> str:
    return url.split("/")[2]


async def steady(page: Page, seconds: float) -> None:
    """Wait until the page's address has come to rest on something that is not on its way elsewhere."""
    async with asyncio.timeout(seconds):
        await page.wait_for_load_state("domcontentloaded")
        await page.wait_for_function("() => !/\\/landing|\\/authorize|\\/kmsi|[?&#]code=/i.test(location.href)")
