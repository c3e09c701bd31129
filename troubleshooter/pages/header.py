"""SharePoint's suite header, which shows the photo of the signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.model.message import message
from troubleshooter.pages.account_panel import AccountPanel
from troubleshooter.surfaces import sharepoint_header

if TYPE_CHECKING:
    from playwright.async_api import Page

ME = sharepoint_header.ACCOUNT_BUTTON


class SuiteHeader(AccountPanel):
    """The header above every SharePoint page."""

    name = "suite-header"

    def __init__(self, page: Page, timeout: float) -> None:
        super().__init__(page, timeout, self.name, ME, message("The account button of SharePoint"))
