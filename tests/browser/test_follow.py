"""A window that a click opens is followed in a guarded tab."""

from __future__ import annotations

import asyncio

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.model.enums import Reason

HOME = "https://www.office.com"


@pytest.mark.parametrize("link", ["#blank", "#opened", "#late", "#routed"])
async def test_popup_is_taken_over_by_a_guarded_tab(session: Session, stray: Stray, link: str):
    """A page that a click opens in a new window is opened in a guarded tab instead, and its URL is requested once."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/links")
    opened = await session.follow(tab, tab.locator(link).click)
    await opened.wait_for_load_state()
    assert opened is not tab
    assert f"{HOME}/page" == opened.url
    assert 1 == len(stray.documents("www.office.com", "/page"))
    assert 2 == len(session.context.pages)


async def test_click_that_stays_in_the_tab_is_followed_there(session: Session, stray: Stray):
    """A link that opens in the same tab is followed in it."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/links")
    opened = await session.follow(tab, tab.locator("#same").click)
    assert opened is tab
    await tab.wait_for_url(f"{HOME}/page")


async def test_click_that_only_changes_the_address_is_not_waited_for_long(session: Session, stray: Stray):
    """A link to a part of the page opens nothing, and no window is waited for as long as for a page."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/links")
    async with asyncio.timeout(session._limit / 2):
        assert tab is await session.follow(tab, tab.locator("#fragment").click)


@pytest.mark.parametrize("link", ["#blank-lookalike", "#blank-hop-lookalike"])
async def test_popup_to_a_foreign_host_stops_the_run(session: Session, stray: Stray, link: str):
    """A new window that leads out of the tenant, even by a redirect, is refused before the host sees a request."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/links")
    try:
        await session.follow(tab, tab.locator(link).click)
    except Exception as error:
        assert "evil.example" in str(error) or "ERR_BLOCKED_BY_CLIENT" in str(error)
    stopped = await asyncio.wait_for(asyncio.shield(session.guard.trouble), 10)
    assert Reason.UNEXPECTED_HOST == stopped.reason
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
