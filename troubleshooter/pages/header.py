"""SharePoint's suite header, which shows the photo of the signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.errors import CannotTell
from troubleshooter.model.message import message
from troubleshooter.pages.account_panel import AccountPanel
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.surfaces import sharepoint_header

if TYPE_CHECKING:
    from playwright.async_api import Page

    from troubleshooter.pages.find import FoundElement

ME = sharepoint_header.ACCOUNT_BUTTON
_STATUS = "() => (performance.getEntriesByType('navigation')[0] || {}).responseStatus || 0"


class SuiteHeader(AccountPanel):
    """The header above every SharePoint page."""

    name = "suite-header"

    def __init__(self, page: Page, timeout: float) -> None:
        super().__init__(page, timeout, self.name, ME, message("The account button of SharePoint"))

    async def me(self) -> FoundElement:
        """Return the account button.

        Raises:
            CannotTell: there is none, because the page was refused, missing, throttled or failed, or has changed.
        """
        try:
            return await super().me()
        except CannotTell:
            # An error page has no header; that says nothing about how SharePoint looks.
            status = int(await or_default(self.page.evaluate(_STATUS), 0))
            check_answer(status, redact_address(self.page.url), self.page.url)
            raise
