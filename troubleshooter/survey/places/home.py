"""Signs in, saves each screen on the way, and looks at the home page."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.opening import open_page
from troubleshooter.errors import Stopped
from troubleshooter.model.message import Message
from troubleshooter.pages.home import ME, Home, steady
from troubleshooter.signin.credentials import SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.survey.addresses import home_host
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.vocabulary import Cleaned
from troubleshooter.survey.walk import Walk, how_found, selector_of

if TYPE_CHECKING:
    from playwright.async_api import Locator

_SETTING = re.compile(rb'name="troubleshooter-setting-(\w+)" content="([^"]*)"')
_NONE = "none"
_LONGEST = 5.0
"""Seconds that saving a sign-in screen may take, while sign-in waits for it."""


async def look(walk: Walk) -> None:
    """Sign in as a run does, and look at the home page."""
    asked = walk.asked
    tab = await walk.new_tab()
    walk.turn_to(tab)
    await open_page(tab, asked.tenant.home, "commit")
    screens = _Screens(walk)
    how = SignInSettings(
        *(walk.timeout, asked.redactor.learn, asked.operator),
        interactive=asked.settings.interactive,
        acted_on=screens.note,
    )
    try:
        await SignIn(tab, walk.session.guard, asked.credentials, how).run()
    except Stopped:
        await screens.keep()
        raise
    finally:
        walk.answer("sign-in.screens", YES if screens.seen else NO, screens=screens.seen)
    walk.enter()
    await steady(tab, walk.timeout)
    await _describe(walk, Home(tab, walk.timeout))


async def _describe(walk: Walk, home: Home) -> None:
    tab = home.page
    walk.answer("home.host", home_host(tab.url))
    try:
        await home.me()
    finally:
        await walk.traffic(tab).settle(walk.timeout)
        marks = await walk.keep("home", tab)
        header, drawer = "suite header" in marks, "navigation drawer" in marks
        layout = {(True, True): "both", (True, False): "suite header", (False, True): "navigation drawer"}
        walk.answer("home.layout", layout.get((header, drawer), "neither"), marks=list(marks))
        walk.answer("home.account-button", how_found(ME.id), selector=selector_of(ME.id))
        covers = [marks[name].visible for name in ("dialog", "teaching popover") if name in marks]
        walk.answer("home.covers", sum(covers))
        walk.answer("home.frames", len(tab.frames) - 1)


class _Screens:
    """The screens of one sign-in, each saved once, before it is acted on."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.seen: list[dict[str, object]] = []

    async def note(self, element: Locator, what: Message) -> None:  # noqa: ARG002 - called with both
        """Save the screen that is about to be acted on."""
        await self.keep()

    async def keep(self) -> None:
        """Save the screen that is shown, unless one with the same page id was saved; sign-in never fails for it."""
        name = f"sign-in-{len(self.seen) + 1}"
        findings, place = self._walk.findings, self._walk.findings.places[self._walk.place]
        try:
            with browser_failures():
                async with asyncio.timeout(_LONGEST):
                    await self._walk.keep(name, self._walk.main)
        except (BrowserFailure, TimeoutError):
            return
        settings: dict[bytes, bytes] = dict(_SETTING.findall(findings.pages[name].data))
        page_id = Cleaned(settings.get(b"pgid", settings.get(b"PageID", b"")).decode() or _NONE)
        error = Cleaned((settings.get(b"sErrorCode", b"") or settings.get(b"iErrorCode", b"")).decode() or _NONE)
        if any(row["page id"] == page_id and row["error code"] == error for row in self.seen):
            del findings.pages[name]
            place.pages.remove(name)
            return
        self.seen.append({"screen": len(self.seen) + 1, "page id": page_id, "error code": error})
