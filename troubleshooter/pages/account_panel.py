"""The account panel, which the account button opens: on the home page, in My Account and above SharePoint's pages.

There are two families of panels, and pages whose panel has no known mark at all (facts on real pages, §2). So a panel
is also recognized by what appears after the click, and the user by a text or title that is exactly one address.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import BrowserFailure, browser_failures, in_time, or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.waits import short_wait
from troubleshooter.errors import CannotTell
from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.model.message import Message, message
from troubleshooter.pages import find, structure
from troubleshooter.pages.cover import needs_uncovered
from troubleshooter.surfaces import account_panel

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

_WINDOW = (account_panel.WINDOW, account_panel.MENU)
_MECTRL = (account_panel.WINDOW, account_panel.ADDRESS, account_panel.NAME)
_NAMES = (account_panel.NAME, account_panel.MENU_NAME)
_OPENED = (account_panel.WINDOW, account_panel.ADDRESS, *_NAMES, account_panel.MENU)
_PICTURE = account_panel.DEFINITION.locator
_DOORS = ((account_panel.PICTURE_LINK, _PICTURE), account_panel.VIEW_ACCOUNT, account_panel.ABOUT_ME)
_FILLED = ':text-matches("@")'

PICTURE = message("The picture in the account panel")
"""What the panel's picture is called, at the beginning of a sentence."""

_SAYS = structure.script("account_panel.js")
_DRAWN = """(e) => [e, ...e.querySelectorAll('*')].map((n) =>
  `${n.currentSrc || n.src || ''} ${getComputedStyle(n).backgroundImage}`).join(' ')"""
_OBJECT_ID = re.compile(r"(?:/users/|aadobjectid=)([0-9a-f]{8}-[0-9a-f-]{27})", re.IGNORECASE)
"""The directory object id in a picture's address: real pages 2.4 (B); sign-in and home §3."""
_SHOWN = """(e) => getComputedStyle(e).backgroundImage + ((e.querySelector('img') || e).src || '')"""

_AT_ONCE = 0.1
"""Seconds in which something is found that is on the page already."""
_CLICKS = 3
"""Clicks on the account button, an odd number: if one closes the panel, the next opens it."""
_OPENS = 4.0
"""Seconds that a click has to open the panel, and a panel without a known mark to say who is signed in."""
_CLOSES_MS = 1000
"""How long the panel has to close."""


@dataclass(frozen=True)
class Identity:
    """Who is signed in, according to a page."""

    upn: str | None
    name: str | None = None
    certain: bool = True
    """Whether the address is known to be the account's user name, and not another address of the same person."""


class AccountPanel:
    """The account panel of one page."""

    def __init__(self, page: Page, timeout: float, name: str, button: LocatorDefinition, what: Message) -> None:
        """Work with the panel behind the account button of `page`.

        Args:
            name: the page object's name.
            button: how the button is found.
            what: what the button is called in messages.
        """
        self.page = page
        self.timeout = timeout
        self._name = name
        self._button = button
        self._what = what
        self._coin = ""
        self._anything = False
        """Whether the last click opened something."""

    async def me(self) -> find.FoundElement:
        """Return the account button.

        Raises:
            CannotTell: there is none, or more than one candidate (`page-changed`).
        """
        found = await find.needed(self.page, self._button, self.timeout, self._name, self._what)
        if found.by_structure and found.alternatives > 1:
            note = message(
                "{count} buttons could be the account button, and nothing shows which one it is.",
                count=found.alternatives,
            )
            raise CannotTell(Reason.PAGE_CHANGED, note, page=self._name)
        return found

    async def open_panel(self) -> bool:
        """Open the panel; return whether something opened.

        A page ignores the click until its scripts have loaded, so the click is repeated.

        Raises:
            CannotTell: there is no account button, or something lies over it.
        """
        for _ in range(_CLICKS):
            if await find.anywhere(self.page, _OPENED, _AT_ONCE):
                self._anything = True
                break
            me = await self.me()
            await needs_uncovered(me.locator, short_wait(self.timeout), self._name)
            self._coin = await object_id(me.locator)
            await structure.remember(self.page)
            await me.locator.click()
            self._anything = await self._opens(min(_OPENS, self.timeout))
            if self._anything:
                break
        return self._anything

    async def _opens(self, seconds: float) -> bool:
        """Wait until something opens; return whether it does."""
        known = asyncio.ensure_future(find.anywhere(self.page, _OPENED, seconds))
        other = asyncio.ensure_future(structure.wait(self.page, _SAYS, self._given(), seconds))
        try:
            done, _ = await asyncio.wait([known, other], return_when=asyncio.FIRST_COMPLETED)
            return any(task.result() for task in done) or bool(await known or await other)
        finally:
            for task in (known, other):
                task.cancel()
            await asyncio.gather(known, other, return_exceptions=True)

    def _given(self, *, filled: bool = False) -> dict[str, Any]:
        return {
            "known": locators().css(_WINDOW),
            "account": locators().css(account_panel.VIEW_ACCOUNT),
            "coin": self._coin,
            "filled": filled,
        }

    async def _is_mectrl(self) -> bool:
        return await find.anywhere(self.page, _MECTRL, _AT_ONCE) is not None

    async def identity(self) -> Identity:
        """Return who is signed in, according to the open panel."""
        if await self._is_mectrl():
            secondary = await find.anywhere(self.page, account_panel.ADDRESS, short_wait(self.timeout), _FILLED)
            shown = (await secondary.locator.inner_text()).strip() if secondary else ""
            return Identity(shown.lower() if "@" in shown else None, await self._person(1.0))
        known = await find.anywhere(self.page, _OPENED, _AT_ONCE)
        patience = short_wait(self.timeout) if known else min(_OPENS, self.timeout)
        said = await structure.wait(self.page, _SAYS, self._given(filled=True), patience) if self._anything else None
        if said is None:
            return Identity(None)
        addresses, hinted = said[1]["addresses"], said[1]["hinted"]
        upn = hinted or (addresses[0] if len(addresses) == 1 else None)
        return Identity(upn, await self._person(_AT_ONCE), certain=bool(hinted))

    async def _person(self, seconds: float) -> str | None:
        primary = await find.anywhere(self.page, _NAMES, seconds)
        return ((await primary.locator.inner_text()).strip() or None) if primary else None

    async def panel_picture(self) -> find.FoundElement | None:
        """Return the open panel's picture or initials; None if nothing shows which picture is the account's."""
        if await self._is_mectrl():
            return await find.needed(self.page, _PICTURE, self.timeout, self._name, PICTURE)
        if found := await find.anywhere(self.page, _PICTURE, _AT_ONCE):
            return found
        said = await structure.evaluate(self.page, _SAYS, self._given()) if self._anything else None
        if said is None or not said[1]["picture"]:
            return None
        locators().found_by_structure(_PICTURE)
        return find.FoundElement(structure.marked(said[0], "panel-picture"), N_("the picture beside the address"))

    async def account_page(self) -> str | None:
        """Return where the open panel's link to the account page leads; None if it has no such link."""
        link = await find.anywhere(self.page, account_panel.VIEW_ACCOUNT, _AT_ONCE)
        address = await link.locator.evaluate("(e) => e.href || ''") if link else ""
        return str(address) or None

    async def doors(self) -> list[find.FoundElement]:
        """Return what in the open panel may lead to changing the photo: the picture, then the two links."""
        found = [await find.anywhere(self.page, selectors, 2 * _AT_ONCE) for selectors in _DOORS]
        if found[0] is None:
            found[0] = await self.panel_picture()
        return [door for door in found if door]

    async def picture_changes(self, seconds: float) -> bool:
        """Wait, with the panel open, until its picture has another address; return whether it got one."""
        found = await self.panel_picture()
        if found is None:
            return False
        script = f"([e, was]) => ({_SHOWN})(e) !== was"
        try:
            with browser_failures():
                handle = await found.locator.element_handle()
                was = await found.locator.evaluate(_SHOWN)
                await self.page.wait_for_function(script, arg=[handle, was], timeout=seconds * 1000, polling=250)
        except BrowserFailure:
            return False
        return True

    async def close_panel(self) -> None:
        """Close the panel, so that it covers nothing; a panel that stays open does no harm."""
        if not self._anything:
            return
        await self.page.keyboard.press("Escape")
        union = self.page.locator(locators().css(_WINDOW)).filter(visible=True).first
        if not await in_time(union.wait_for(state="hidden", timeout=_CLOSES_MS)) or await self._says_still():
            await (await self.me()).locator.click()

    async def _says_still(self) -> bool:
        """Return whether a panel without a known mark is still open."""
        return await structure.evaluate(self.page, _SAYS, self._given()) is not None


async def object_id(locator: Locator) -> str:
    """Return the directory object id in the URL of the picture that an element shows, else an empty string."""
    found = _OBJECT_ID.search(str(await or_default(locator.evaluate(_DRAWN), "")))
    return found[1].lower() if found else ""
