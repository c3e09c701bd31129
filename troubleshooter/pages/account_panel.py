"""The account panel, which the account button opens: on the home page, in My Account and above SharePoint's pages.

There are two families of panels, and pages whose panel has no known mark at all (facts on real pages, §2). So a panel
is also recognized by what appears after the click, and the user by a text or title that is exactly one address.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import BrowserFailure, browser_failures, in_time
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.waits import short_wait
from troubleshooter.locale import N_
from troubleshooter.model.locators import LocatorDefinition, Wanted
from troubleshooter.model.message import Message, message
from troubleshooter.pages import find, structure
from troubleshooter.pages.cover import needs_uncovered
from troubleshooter.pages.object_id import object_id
from troubleshooter.pages.panel_script import PICTURE as _PICTURE
from troubleshooter.pages.panel_script import WINDOWS, given, in_panel, repaired_picture, says, says_in_time
from troubleshooter.surfaces import account_panel

if TYPE_CHECKING:
    from playwright.async_api import Page

_MECTRL = (account_panel.WINDOW, account_panel.ADDRESS, account_panel.NAME)
_NAMES = (account_panel.NAME, account_panel.MENU_NAME)
_OPENED = (account_panel.WINDOW, account_panel.ADDRESS, *_NAMES, account_panel.MENU)
_DOORS = ((account_panel.PICTURE_LINK, _PICTURE), account_panel.VIEW_ACCOUNT, account_panel.ABOUT_ME)
_FILLED = ':text-matches("@")'
_ADDRESS = re.compile(r"[^\s@<>()\"',;:]+@[^\s@<>()\"',;:]+\.[^\s@<>()\"',;:.]{2,}")

PICTURE = message("The picture in the account panel")
"""What the panel's picture is called, at the beginning of a sentence."""

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
        """Whether something is open."""
        self._clicked = False
        """Whether a click on the account button opened it."""
        self._upn: str | None = None
        """The address that the panel showed."""

    async def me(self) -> find.FoundElement:
        """Return the account button.

        Raises:
            CannotTell: there is none, or more than one candidate (`page-changed`).
        """
        found = await find.needed(self.page, self._button, self.timeout, self._name, self._what)
        if found.by_structure:
            found = await self._narrowed(found)
        if found.by_structure and found.alternatives > 1:
            note = message(
                "{count} buttons could be the account button, and nothing shows which one it is.",
                count=found.alternatives,
            )
            raise find.changed(note, (self._button.id,), self._name)
        return found

    async def _narrowed(self, found: find.FoundElement) -> find.FoundElement:
        """Return the account button among those that the page's structure finds, with how many it could be."""
        return found

    async def open_panel(self) -> bool:
        """Open the panel; return whether something opened.

        A page ignores the click until its scripts have loaded, so the click is repeated.

        Raises:
            CannotTell: there is no account button, or something lies over it.
        """
        for _ in range(_CLICKS):
            known = await find.anywhere(self.page, _OPENED, _AT_ONCE, repairs_in=find.NOWHERE)
            if known and known.seen:
                self._anything = True
                break
            me = await self.me()
            await needs_uncovered(me.locator, short_wait(self.timeout), self._name)
            self._coin = await object_id(me.locator)
            await structure.remember(self.page)
            await me.locator.click()
            self._anything = self._clicked = await self._opens(min(_OPENS, self.timeout))
            if self._anything:
                break
        return self._anything

    async def _opens(self, seconds: float) -> bool:
        """Wait until something opens; return whether it does."""
        known = asyncio.ensure_future(find.anywhere(self.page, _OPENED, seconds, repairs_in=find.NOWHERE))
        other = asyncio.ensure_future(says_in_time(self.page, self._given(), seconds))
        try:
            done, _ = await asyncio.wait([known, other], return_when=asyncio.FIRST_COMPLETED)
            return any(task.result() for task in done) or bool(await known or await other)
        finally:
            for task in (known, other):
                task.cancel()
            await asyncio.gather(known, other, return_exceptions=True)

    def _given(self) -> dict[str, Any]:
        return given(self._button, self._coin)

    async def _find(self, wanted: Wanted, seconds: float, having: str = "") -> find.FoundElement | None:
        return await in_panel(self.page, self._given(), wanted, seconds, having)

    async def _is_mectrl(self) -> bool:
        return await find.anywhere(self.page, _MECTRL, _AT_ONCE, repairs_in=find.NOWHERE) is not None

    def is_of(self, upn: str | None) -> bool:
        """Return whether the account button opened this panel, and the panel showed that it is the account of `upn`."""
        return self._clicked and upn is not None and self._upn == upn

    def repaired_parts(self) -> tuple[str, ...]:
        """Return the ids of those parts by which the user was found that were found by repairs."""
        return locators().repaired((self._button, *WINDOWS, account_panel.ADDRESS))

    async def identity(self) -> Identity:
        """Return who is signed in, according to the open panel."""
        found = await self._identity()
        self._upn = found.upn
        return found

    async def _identity(self) -> Identity:
        if await self._is_mectrl():
            secondary = await self._find(account_panel.ADDRESS, short_wait(self.timeout), _FILLED)
            shown = (await secondary.locator.inner_text()).strip() if secondary else ""
            if secondary and secondary.repaired:
                shown = await self._only_address_in(shown)
            return Identity(shown.lower() if "@" in shown else None, await self._person(1.0))
        known = await find.anywhere(self.page, _OPENED, _AT_ONCE, repairs_in=find.NOWHERE)
        patience = short_wait(self.timeout) if known else min(_OPENS, self.timeout)
        said = await says_in_time(self.page, self._given(), patience, filled=True) if self._anything else None
        if said is None:
            return Identity(None)
        addresses, hinted = said[1]["addresses"], said[1]["hinted"]
        upn = hinted or (addresses[0] if len(addresses) == 1 else None)
        return Identity(upn, await self._person(_AT_ONCE), certain=bool(hinted))

    async def _only_address_in(self, text: str) -> str:
        """Return the address in `text`, found by a repair; empty if the panel shows more than one."""
        said = await says(self.page, self._given())
        others = {*said[1]["addresses"], said[1]["hinted"]} - {""} if said else set()
        found = {address.lower() for address in _ADDRESS.findall(text)}
        return found.pop() if len(found) == 1 and others <= found else ""

    async def _person(self, seconds: float) -> str | None:
        primary = await self._find(_NAMES, seconds)
        return ((await primary.locator.inner_text()).strip() or None) if primary else None

    async def panel_picture(self) -> find.FoundElement | None:
        """Return the open panel's picture or initials; None if nothing shows which picture is the account's."""
        if repaired := await repaired_picture(self.page, self._given(), short_wait(self.timeout)):
            return repaired
        if await self._is_mectrl():
            how = find.NOWHERE
            return await find.needed(self.page, _PICTURE, self.timeout, self._name, PICTURE, repairs_in=how)
        if found := await find.anywhere(self.page, _PICTURE, _AT_ONCE, repairs_in=find.NOWHERE):
            return found
        said = await says(self.page, self._given()) if self._anything else None
        if said is None or not said[1]["picture"]:
            return None
        locators().found_by_structure(_PICTURE)
        picture, frame = structure.marked(said[0], "panel-picture"), said[0]
        return find.FoundElement(picture, N_("the picture beside the address"), frame=frame)

    async def account_page(self) -> str | None:
        """Return where the open panel's link to the account page leads; None if it has no such link."""
        link = await self._find(account_panel.VIEW_ACCOUNT, _AT_ONCE)
        address = await link.locator.evaluate("(e) => e.href || ''") if link else ""
        return str(address) or None

    async def doors(self) -> list[find.FoundElement]:
        """Return what in the open panel may lead to changing the photo: the picture, then the two links."""
        found = [await self._find(selectors, 2 * _AT_ONCE) for selectors in _DOORS]
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
        union = self.page.locator(locators().css(WINDOWS)).filter(visible=True).first
        gone = await in_time(union.wait_for(state="hidden", timeout=_CLOSES_MS))
        if (not gone or await self._says_still()) and not await self._is_out_of_sight():
            await (await self.me()).locator.click()

    async def _is_out_of_sight(self) -> bool:
        """Return whether nobody sees the panel: it may close by becoming transparent or flat, or by sliding out."""
        found = await find.anywhere(self.page, _OPENED, _AT_ONCE, repairs_in=find.NOWHERE)
        return found is not None and not found.seen

    async def _says_still(self) -> bool:
        """Return whether a panel without a known mark is still open."""
        return await says(self.page, self._given()) is not None
