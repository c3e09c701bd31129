"""A tab waits for an answer once; what was withheld before has a short time, and a tab that gave up can be used."""

from __future__ import annotations

import time

import pytest
from support.stray import Stray

from troubleshooter.browser.failures import TimedOut
from troubleshooter.browser.going import go
from troubleshooter.browser.patience import Patience, waiting_with
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic

SITE = "https://contoso.sharepoint.com"
LIMIT = 60.0
"""Seconds: longer than a test may take."""


@pytest.fixture
def waits() -> Patience:
    """Return the waits of a run in which the pictures of one place were withheld."""
    made = Patience(LIMIT)
    made.withheld.missed(f"{SITE}/withheld/another", time.monotonic() - LIMIT, LIMIT)
    made.withheld.arrived(f"{SITE}/page")
    return made


@pytest.mark.parametrize("path", ["/withheld/picture", "/to-withheld"])
async def test_what_was_withheld_before_has_a_short_time(session: Session, stray: Stray, waits: Patience, path: str):
    """Also if something else redirects to it."""
    tab = await session.tab()
    with waiting_with(waits), pytest.raises(TimedOut) as late:
        await go(tab, SITE + path, "load", page=False)
    assert late.value.seconds < LIMIT / 2
    assert stray.held_back


async def test_what_was_not_withheld_has_all_the_time(session: Session, stray: Stray, waits: Patience):
    """Whatever is at another place, and answers, opens as usual."""
    tab = await session.tab()
    with waiting_with(waits):
        answer = await go(tab, f"{SITE}/page", "load")
    assert answer
    assert ("page", None) == (await tab.title(), waits.current)


async def test_a_tab_that_gave_up_can_be_used(session: Session, stray: Stray, waits: Patience):
    """It no longer waits for what did not come, shows the page before, and opens the next one."""
    tab = await session.tab()
    traffic = Traffic(tab)
    with waiting_with(waits):
        await go(tab, f"{SITE}/page", "load")
        with pytest.raises(TimedOut):
            await go(tab, f"{SITE}/withheld/picture", "load", page=False)
        assert not traffic.navigating()
        assert "page" == await tab.title()
        await go(tab, f"{SITE}/links", "load")


async def test_what_did_not_come_is_withheld_from_then_on(session: Session, stray: Stray):
    """The next tab that asks for the like of it has a short time."""
    waits = Patience(1.0)
    tab = await session.tab()
    with waiting_with(waits), pytest.raises(TimedOut):
        await go(tab, f"{SITE}/withheld/first", "load", page=False)
    assert waits.withheld.knows(f"{SITE}/withheld/second")


async def test_a_page_rests_without_what_is_withheld(session: Session, stray: Stray, waits: Patience):
    """A picture whose like was withheld is waited for shortly; it is overdue, and the page counts as settled."""
    tab = await session.tab()
    with waiting_with(waits):
        traffic = Traffic(tab)
        await go(tab, f"{SITE}/page", "load")
        await tab.evaluate("document.body.append(Object.assign(new Image(), { src: '/withheld/picture' }))")
        assert await traffic.settle(LIMIT)
    assert traffic.overdue()
    assert traffic.is_awaiting(f"{SITE}/withheld/picture")


async def test_a_like_picture_that_arrives_lets_the_other_one_wait(session: Session, stray: Stray, waits: Patience):
    """A host that answers again has all the time for what was asked of it meanwhile."""
    tab = await session.tab()
    with waiting_with(waits):
        traffic = Traffic(tab)
        await go(tab, f"{SITE}/page", "load")
        await tab.evaluate("document.body.append(Object.assign(new Image(), { src: '/withheld/picture' }))")
        waits.withheld.arrived(f"{SITE}/withheld/third")
        assert not await traffic.settle(3.5)
