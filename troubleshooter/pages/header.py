"""SharePoint's suite header, which shows the photo of the signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.pages import find
from troubleshooter.surfaces import sharepoint_header

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = sharepoint_header.DEFINITION.locators


class SuiteHeader:
    """The header above every SharePoint page."""

    name = "suite-header"

    def __init__(self, page: Page, timeout: float) -> None:
        self.page = page
        self.timeout = timeout

    async def me(self) -> find.FoundElement:
        """Return the account button."""
        return await find.needed(self.page, ME, self.timeout, self.name, "The account button of SharePoint")
