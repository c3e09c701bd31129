"""The home page: its account button, the account panel, and the app icons."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.model.message import message
from troubleshooter.pages import find, structure
from troubleshooter.pages.account_panel import AccountPanel
from troubleshooter.redaction.run_log import Event, Phase, timed
from troubleshooter.surfaces import home_header

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = home_header.DEFINITION.locator
"""The account button."""

_ROW = f"(candidate, footers) => ({structure.script('account_row.js')})({{ candidate, footers }})"
_STEADY = "() => !/\\/landing|\\/authorize|\\/kmsi|[?&#]code=/i.test(location.href)"


class Home(AccountPanel):
    """`m365.cloud.microsoft` after sign-in."""

    name = "home"

    def __init__(self, page: Page, timeout: float) -> None:
        super().__init__(page, timeout, self.name, ME, message("The account button"))

    async def _narrowed(self, found: find.FoundElement) -> find.FoundElement:
        """Return the account button in the last row of the drawer's footer, whatever has a picture above it."""
        frame = await find.frame_of(found)
        count: object = await or_default(found.locator.evaluate(_ROW, home_header.FOOTERS), None)
        if count is True:
            return replace(found, alternatives=1, frame=frame)
        if frame is None or type(count) is not int or count < 1:
            return found
        row = structure.marked(frame, "account-row") if count == 1 else found.locator
        return replace(found, locator=row, alternatives=count, frame=frame)


async def steady(page: Page, seconds: float) -> None:
    """Wait until the URL of `page` is no longer one that only redirects."""
    with timed(Phase.HOME, Event.CONTENT):
        async with asyncio.timeout(seconds):
            await page.wait_for_load_state("domcontentloaded")
            await page.wait_for_function(_STEADY)
