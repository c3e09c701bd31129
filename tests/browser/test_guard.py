"""Requests for SharePoint photos wait as long as the guard holds them."""

from __future__ import annotations

import asyncio

import pytest
from support.stray import Stray

from troubleshooter.browser.session import Session

HOME = "https://www.office.com"


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
    """A photo request is held until it may leave, whichever of the photo's URLs the page requests."""
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
    """Held photo requests leave at the end of the block, and the browser's cache stays enabled."""
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
    """The callback runs once at the first held request; then all requests leave, so the page can settle."""
    tab, ran = await session.tab(), []

    async def first() -> None:
        ran.append(list(stray.paths("userphoto")))

    async with session.guard.holding_photo_requests(first):
        await tab.goto("https://contoso.sharepoint.com/with-photos", wait_until="load")
        assert 2 == len(stray.paths("userphoto"))
    assert [[]] == ran


async def test_nothing_is_read_first_where_no_photo_is_requested(session: Session, stray: Stray):
    """The callback does not run on a page that requests no SharePoint photos."""
    tab, ran = await session.tab(), []

    async def first() -> None:
        ran.append(True)

    async with session.guard.holding_photo_requests(first):
        await tab.goto(f"{HOME}/page", wait_until="load")
    assert [] == ran


async def test_a_failure_of_what_comes_first_is_raised_and_holds_nothing_back(session: Session, stray: Stray):
    """If the callback fails, the photo requests leave anyway, and the block raises the error."""
    tab = await session.tab()

    async def first() -> None:
        raise LookupError("no properties")

    with pytest.raises(LookupError):
        async with session.guard.holding_photo_requests(first):
            await tab.goto("https://contoso.sharepoint.com/with-photos", wait_until="load")
    assert 2 == len(stray.paths("userphoto"))


async def test_only_documents_are_paused_unless_photos_are_held(session: Session, stray: Stray):
    """A pause delays a page; photo requests are recorded all the same, and held again when a hold begins."""
    assert ["Document"] == [pattern.get("resourceType") for pattern in session.guard.paused_requests]
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/with-photos")
    assert 2 == len(stray.paths("userphoto")) == len(session.guard.photo_requests)
    async with session.guard.holding_photo_requests():
        assert any("hoto" in pattern["urlPattern"] for pattern in session.guard.paused_requests)
        await tab.goto("https://contoso.sharepoint.com/with-photo-in-capitals", wait_until="domcontentloaded")
        assert [] == stray.paths("UserPhoto")
    await tab.wait_for_load_state("load")
    assert (1, 3) == (len(stray.paths("UserPhoto")), len(session.guard.photo_requests))
