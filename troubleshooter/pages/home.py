"""The home page: its account button, the account panel, and the app icons."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from troubleshooter.model.message import message
from troubleshooter.pages.account_panel import AccountPanel
from troubleshooter.redaction.run_log import Event, Phase, timed
from troubleshooter.surfaces import home_header

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = home_header.DEFINITION.locator
"""The account button."""

_STEADY = "() => !/\\/landing|\\/authorize|\\/kmsi|[?&#]code=/i.test(location.href)"


class Home(AccountPanel):
    """`m365.cloud.microsoft` after sign-in."""

    name = "home"

    def __init__(self, page: Page, timeout: float) -> None:
        super().__init__(page, timeout, self.name, ME, message("The account button"))


async def steady(page: Page, seconds: float) -> None:
    """Wait until the URL of `page` is no longer one that only redirects."""
    with timed(Phase.HOME, Event.CONTENT):
        async with asyncio.timeout(seconds):
            await page.wait_for_load_state("domcontentloaded")
            await page.wait_for_function(_STEADY)
