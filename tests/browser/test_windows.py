"""Pages open no windows by themselves, against a server that tries to."""

from __future__ import annotations

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session

HOME = "https://www.office.com"


async def test_window_that_a_page_opens_by_itself_is_not_opened(session: Session, stray: Stray):
    """Without a click no window opens, as in any browser."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/opens-by-itself")
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
    assert 1 == len(session.context.pages)


@pytest.mark.parametrize("control", ["#own", "#strange"])
async def test_window_that_an_unrelated_click_opens_is_not_opened(session: Session, stray: Stray, control: str):
    """A window that comes with a click on something else is not opened, and its host sees nothing."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/opens-on-click")
    await tab.locator(control).click()
    await tab.goto(f"{HOME}/page")
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
    assert 1 == len(session.context.pages)
