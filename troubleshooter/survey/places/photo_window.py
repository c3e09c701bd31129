"""Opens the window in which the photo is changed, by the documented way, and closes it: nothing is chosen or sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.opening import open_page
from troubleshooter.pages.home import Home, steady
from troubleshooter.pages.noted import note_found, watch_clicks
from troubleshooter.pages.photo_dialog import PhotoDialog
from troubleshooter.surfaces import account_panel
from troubleshooter.survey.addresses import whose_host
from troubleshooter.survey.walk import Walk
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_DOORS = {account_panel.VIEW_ACCOUNT.id: "view account", account_panel.ABOUT_ME.id: "about me"}
"""What in the account panel may lead there beside its picture (sign-in and home 2.4)."""
_MOST = 3
"""How many of them are tried."""
_APPEARS = 4.0
"""Seconds in which a window may appear over the page."""


async def look(walk: Walk) -> None:
    """Open the account panel on the home page, and follow what may lead to the window until one has opened."""
    tab = await walk.new_tab()
    walk.turn_to(tab)
    for number in range(_MOST):
        await open_page(tab, walk.asked.tenant.home, "commit")
        await steady(tab, walk.timeout)
        home = Home(tab, walk.timeout)
        await watch_clicks(tab)
        await home.open_panel()
        doors = await home.doors()
        if number >= len(doors):
            break
        door = doors[number]
        name = _DOORS.get(door.definition.id, "picture") if door.definition else "picture"
        window = await _opened(walk, home, door.locator.click)
        if window is None:
            continue
        try:
            await _describe(walk, window, name)
        finally:
            await _close(window, tab)
        return
    walk.answer("photo-window.opens", "nothing")


async def _opened(walk: Walk, home: Home, click: Callable[[], Awaitable[None]]) -> PhotoDialog | None:
    """Click what may lead to the window; return the window, or None if nothing opened."""
    tab = home.page
    over = PhotoDialog(tab, walk.traffic(tab), walk.timeout, whole_page=False)
    before = tab.url
    page = await walk.session.follow(tab, click, lambda: over.appears(min(_APPEARS, walk.timeout)))
    if page is tab and page.url == before:
        return over if (await over.look()).dialogs else None
    sign_in = walk.session.guard.hosts.sign_in
    await page.wait_for_url(lambda url: host_of(url) not in sign_in and "code=" not in url, wait_until="commit")
    await page.wait_for_load_state("domcontentloaded")
    return PhotoDialog(page, walk.traffic(page), walk.timeout, whole_page=True)


async def _describe(walk: Walk, window: PhotoDialog, door: str) -> None:
    await walk.traffic(window.page).settle(walk.timeout)
    state = await window.look()
    for mark, elements in (("photo-change", state.change), ("photo-file", state.inputs)):
        for element in elements:
            await note_found(element, mark)
    await walk.keep("photo-window", window.page)
    kind = "another page" if window.whole_page else "a window over the page"
    walk.answer("photo-window.opens", kind, door=door, host=whose_host(window.page.url, walk.asked.tenant))
    walk.answer("photo-window.parts", len(state.inputs), dialogs=state.dialogs, change_buttons=len(state.change))


async def _close(window: PhotoDialog, tab: Page) -> None:
    """Close the window without choosing anything."""
    if window.page is not tab:
        await or_default(window.page.close(), None)
    elif not window.page.is_closed():
        await or_default(window.page.keyboard.press("Escape"), None)
