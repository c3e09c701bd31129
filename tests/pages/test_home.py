"""The home page's account panel, in a real browser."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.pages.home import Home


@pytest.mark.parametrize(("path", "clicks"), [("account", "1"), ("account-late", "2")])
async def test_a_click_that_the_page_swallows_is_repeated(path: str, clicks: str, session: Session):
    """The account panel opens even if the page's scripts load late; if they are loaded, one click is enough."""
    tab = await session.tab()
    await tab.goto(f"https://www.office.com/{path}")
    home = Home(tab, 10)
    await home.open_panel()
    assert "ana@contoso.com" == (await home.identity()).upn
    assert clicks == await tab.locator("#O365_MainLink_Me").get_attribute("title")
    await home.open_panel()
    assert clicks == await tab.locator("#O365_MainLink_Me").get_attribute("title")
