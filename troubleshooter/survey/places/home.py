"""Signs in, saves each screen on the way, and looks at the home page."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.opening import open_page
from troubleshooter.capture.page import SIGN_IN, settings_in
from troubleshooter.errors import Stopped
from troubleshooter.model.message import Message
from troubleshooter.pages.home import ME, Home, steady
from troubleshooter.pages.noted import note_click
from troubleshooter.signin.credentials import SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.survey.addresses import home_host
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.vocabulary import Cleaned
from troubleshooter.survey.walk import Walk, how_found, selector_of

if TYPE_CHECKING:
    from playwright.async_api import Locator

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
    """The screens of one sign-in, each view of them saved once, before it is acted on."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._views: set[tuple[str, str, tuple[str, ...]]] = set()
        self.seen: list[dict[str, object]] = []

    async def note(self, element: Locator, what: Message) -> None:  # noqa: ARG002 - called with both
        """Save the view that is about to be acted on, with the element marked that is about to be used."""
        await note_click(element)
        await self.keep()

    async def keep(self) -> None:
        """Save what is shown, unless the same view of the same screen was saved; sign-in never fails for it."""
        number = len(self.seen) + 1
        try:
            with browser_failures():
                async with asyncio.timeout(_LONGEST):
                    kept = await self._walk.take(f"{SIGN_IN}-{number}", self._walk.main)
        except (BrowserFailure, TimeoutError):
            return
        settings = settings_in(kept.page.about, kept.page.data)
        page_id = settings.get("pgid") or settings.get("PageID") or _NONE
        error = settings.get("sErrorCode") or settings.get("iErrorCode") or _NONE
        # A page id has several views: of the user name, the password, an error in either.
        shown = tuple(dict.fromkeys(row.locator for row in kept.page.locators if row.visible))
        if (view := (page_id, error, shown)) in self._views:
            return
        self._views.add(view)
        self._walk.findings.keep(self._walk.place, f"{SIGN_IN}-{number}", kept)
        said = {"page id": Cleaned(page_id), "error code": Cleaned(error), "shows": shown}
        self.seen.append({"screen": number, **said})
