"""Pages cannot open windows by themselves."""

from __future__ import annotations

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session

HOME = "https://www.office.com"


async def test_window_that_a_page_opens_by_itself_is_not_opened(session: Session, stray: Stray):
    """A page cannot open a window without a click, as in any browser."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/opens-by-itself")
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
    assert 1 == len(session.context.pages)


@pytest.mark.parametrize("control", ["#own", "#strange"])
async def test_window_that_an_unrelated_click_opens_is_not_opened(session: Session, stray: Stray, control: str):
    """A window that a page opens on an unrelated click is blocked, and its host sees no request."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/opens-on-click")
    await tab.locator(control).click()
    await tab.goto(f"{HOME}/page")
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
    assert 1 == len(session.context.pages)
