"""The guard, against a server that sends the browser astray: what is refused, and what the other host saw of it."""

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
    """A page of an allowed host opens, and nothing is refused."""
    tab = await session.tab()
    answer = await tab.goto(f"{HOME}/page")
    assert answer is not None
    assert 200 == answer.status
    assert not session.guard.trouble.done()


@pytest.mark.parametrize("path", ["to-lookalike", "to-lookalike-in-two-hops", "by-script", "by-form"])
async def test_whole_page_on_a_foreign_host_stops_the_run(session: Session, stray: Stray, path: str):
    """A redirect, a script or a form that leads out of the tenant is refused before the other host sees a request."""
    tab = await session.tab()
    try:
        await tab.goto(f"{HOME}/{path}", wait_until="commit")
    except Exception as error:  # the navigation itself fails where the first page never stood
        assert "ERR_BLOCKED_BY_CLIENT" in str(error)
    stopped = await refused(session)
    assert Reason.UNEXPECTED_HOST == stopped.reason
    assert "login.microsoftonline.com.evil.example" in stopped.what.text
    assert [] == stray.documents("login.microsoftonline.com.evil.example")


async def test_frame_on_a_foreign_host_is_blocked_and_recorded(session: Session, stray: Stray):
    """A frame of a foreign host is not loaded, and is recorded; the page around it goes on."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/with-foreign-frame")
    assert ["https://video.example/embed"] == session.guard.refused
    assert not session.guard.trouble.done()
    assert [] == stray.documents("video.example")


async def test_frame_of_another_site_does_not_lead_on_to_a_foreign_host(session: Session, stray: Stray):
    """A sign-in frame that leads on to a look-alike is stopped before that host sees a request, and is recorded."""
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
    """A frame that leads on before it can be guarded is recorded all the same."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/with-frame-that-is-led-on")
    async with asyncio.timeout(10):
        while not session.guard.refused:
            await tab.evaluate("() => new Promise(requestAnimationFrame)")
    assert ["https://login.microsoftonline.com.evil.example/take"] == session.guard.refused
    assert not session.guard.trouble.done()


@pytest.mark.parametrize("link", ["#blank", "#opened"])
async def test_popup_is_taken_over_by_a_guarded_tab(session: Session, stray: Stray, link: str):
    """What a click opens in a new window is opened in a guarded tab; its address is requested once."""
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


@pytest.mark.parametrize("link", ["#blank-lookalike", "#blank-hop-lookalike"])
async def test_popup_to_a_foreign_host_stops_the_run(session: Session, stray: Stray, link: str):
    """A new window that leads out of the tenant, at once or by a redirect, is refused before the host sees it."""
    tab = await session.tab()
    await tab.goto(f"{HOME}/links")
    try:
        await session.follow(tab, tab.locator(link).click)
    except Exception as error:
        assert "evil.example" in str(error) or "ERR_BLOCKED_BY_CLIENT" in str(error)
    assert Reason.UNEXPECTED_HOST == (await refused(session)).reason
    assert [] == stray.documents("login.microsoftonline.com.evil.example")


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


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("/with-photo-in-capitals", "UserPhoto"),
        ("/with-delivered-photo", "afdcache"),
        ("/with-stored-photo", "User"),
        ("/with-mailbox-photo", "GetPersonaPhoto"),
        ("/with-profile-image", "profileimage"),
    ],
)
async def test_every_address_of_a_photo_is_held(page: str, part: str, session: Session, stray: Stray):
    """Whichever of its addresses a page requests, it waits until it may leave."""
    tab = await session.tab()
    held, free = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        held.set()
        await free.wait()

    async with session.guard.holding_photo_requests(first):
        await tab.goto(f"https://contoso.sharepoint.com{page}", wait_until="domcontentloaded")
        async with asyncio.timeout(10):
            await held.wait()
        assert [] == stray.paths(part)
        free.set()
        await tab.wait_for_load_state("load")
    assert 1 == len(session.guard.photo_requests)
    assert 1 == len(stray.paths(part))


async def test_held_photos_leave_at_the_end_of_the_block(session: Session, stray: Stray):
    """While photos are held no request for one leaves, and all of them leave afterwards; the cache stays on."""
    tab = await session.tab()
    async with session.guard.holding_photo_requests():
        await tab.goto("https://contoso.sharepoint.com/with-photos", wait_until="domcontentloaded")
        await tab.wait_for_function("() => document.readyState === 'interactive'")
        assert [] == stray.paths("userphoto")
    await tab.wait_for_load_state("load")
    assert 2 == len(stray.paths("userphoto"))
    assert 2 == len(session.guard.photo_requests)
    await tab.goto("https://contoso.sharepoint.com/with-photos")
    assert 2 == len(stray.paths("userphoto"))


async def test_what_comes_first_lets_the_photos_leave_within_the_block(session: Session, stray: Stray):
    """The first held request starts it, once; a page can then settle although the block goes on."""
    tab, ran = await session.tab(), []

    async def first() -> None:
        ran.append(list(stray.paths("userphoto")))

    async with session.guard.holding_photo_requests(first):
        await tab.goto("https://contoso.sharepoint.com/with-photos", wait_until="load")
        assert 2 == len(stray.paths("userphoto"))
    assert [[]] == ran


async def test_nothing_is_read_first_where_no_photo_is_requested(session: Session, stray: Stray):
    """A page without SharePoint photos starts nothing."""
    tab, ran = await session.tab(), []

    async def first() -> None:
        ran.append(True)

    async with session.guard.holding_photo_requests(first):
        await tab.goto(f"{HOME}/page", wait_until="load")
    assert [] == ran


async def test_a_failure_of_what_comes_first_is_raised_and_holds_nothing_back(session: Session, stray: Stray):
    """The photos leave all the same, and the block ends with the error."""
    tab = await session.tab()

    async def first() -> None:
        raise LookupError("no properties")

    with pytest.raises(LookupError):
        async with session.guard.holding_photo_requests(first):
            await tab.goto("https://contoso.sharepoint.com/with-photos", wait_until="load")
    assert 2 == len(stray.paths("userphoto"))
