"""My Account, where people manage their own account; it shows who is signed in if the home page does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.model.message import message
from troubleshooter.pages import structure
from troubleshooter.pages.account_panel import AccountPanel, Identity

if TYPE_CHECKING:
    from playwright.async_api import Page

ADDRESS = "https://myaccount.microsoft.com/"
"""Sign-in and home 2.3, View account (A); real pages 2.6 (A)."""
ME = LocatorDefinition(
    id="my-account.account-button",
    use="the account button of My Account",
    fact="sign-in and home 2.3, triggers on other hosts",
    confidence="A",
    selectors=(
        "#mectrl_main_trigger",
        '#mectrl_headerPicture, [data-testid="mectrl_headerPicture"]',
        "#meInitialsButton",
    ),
)
_ADDRESSES = structure.script("addresses.js")


class MyAccount(AccountPanel):
    """`myaccount.microsoft.com`."""

    name = "my-account"

    def __init__(self, page: Page, timeout: float) -> None:
        super().__init__(page, timeout, self.name, ME, message("The account button of My Account"))

    async def owner(self) -> Identity:
        """Return whose account the page shows, according to the only address on it."""
        found = await structure.wait(self.page, _ADDRESSES, {}, self.timeout)
        addresses = found[1]["addresses"] if found else []
        return Identity(addresses[0] if len(addresses) == 1 else None, certain=False)
