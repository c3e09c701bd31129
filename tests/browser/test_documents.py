"""Documents from foreign hosts are refused before those hosts see a request."""

from __future__ import annotations

import asyncio

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason

HOME = "https://www.office.com"


async def refused(session: Session) -> Stopped:
    return await asyncio.wait_for(asyncio.shield(session.guard.trouble), 10)


async def test_healthy_control(session: Session, stray: Stray):
    """A page on an allowed host opens, and nothing is refused."""
    tab = await session.tab()
    answer = await tab.goto(f"{HOME}/page")
    assert answer is not None
    assert 200 == answer.status
    assert not session.guard.trouble.done()


@pytest.mark.parametrize("path", ["to-lookalike", "to-lookalike-in-two-hops", "by-script", "by-form"])
async def test_whole_page_on_a_foreign_host_stops_the_run(session: Session, stray: Stray, path: str):
    """A redirect, script or form that leads out of the tenant is refused before the foreign host sees a request."""
    tab = await session.tab()
    try:
        await tab.goto(f"{HOME}/{path}", wait_until="commit")
    except Exception as error:  # the navigation itself fails if the first page was never shown
        assert "ERR_BLOCKED_BY_CLIENT" in str(error)
    stopped = await refused(session)
    assert Reason.UNEXPECTED_HOST == stopped.reason
    assert "login.microsoftonline.com.evil.example" in stopped.what.text
    assert [] == stray.documents("login.microsoftonline.com.evil.example")


async def test_frame_on_a_foreign_host_is_blocked_and_recorded(session: Session, stray: Stray):
    """A frame from a foreign host is blocked and recorded, but does not stop the run."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/with-foreign-frame")
    assert ["https://video.example/embed"] == session.guard.refused
    assert not session.guard.trouble.done()
    assert [] == stray.documents("video.example")


async def test_frame_of_another_site_does_not_lead_on_to_a_foreign_host(session: Session, stray: Stray):
    """A sign-in frame that navigates to a look-alike is stopped before that host sees a request, and is recorded."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/with-frame-that-goes-on")
    await session.frames_guarded()
    failed = tab.wait_for_event("requestfailed", lambda request: "evil.example" in request.url)
    await tab.evaluate("frames[0].postMessage(1, '*')")
    await failed
    assert ["https://login.microsoftonline.com.evil.example/take"] == session.guard.refused
    assert [] == stray.documents("login.microsoftonline.com.evil.example")
    assert not session.guard.trouble.done()


async def test_frame_of_another_site_that_leads_on_at_once_is_recorded(session: Session, stray: Stray):
    """A frame that navigates to a foreign host before it can be guarded is still recorded."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/with-frame-that-is-led-on")
    async with asyncio.timeout(10):
        while not session.guard.refused:
            await tab.evaluate("() => new Promise(requestAnimationFrame)")
    assert ["https://login.microsoftonline.com.evil.example/take"] == session.guard.refused
    assert not session.guard.trouble.done()
