"""Looks at the account panel, and closes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.model.locators import FoundBy
from troubleshooter.pages.account_panel import Identity
from troubleshooter.pages.home import Home
from troubleshooter.pages.marks_seen import marks_seen
from troubleshooter.pages.noted import watch_clicks
from troubleshooter.pages.object_id import object_id
from troubleshooter.surfaces import account_panel
from troubleshooter.survey.addresses import whose_host
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.walk import Walk, how_found, selector_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_PICTURE = account_panel.DEFINITION.locator.id


async def look(walk: Walk) -> None:
    """Open the panel on the home page, and see what it says."""
    tab = walk.main
    await watch_clicks(tab)
    home = Home(tab, walk.timeout)
    opened = await home.open_panel()
    try:
        if opened:
            await _describe(walk, home)
    finally:
        # The panel says who is signed in, and gets its picture, some time after it has opened.
        await walk.traffic(tab).settle(walk.timeout)
        walk.answer("panel.family", await _family(tab, opened=opened))
        await walk.keep("account-panel", tab)
        await home.close_panel()


async def _describe(walk: Walk, home: Home) -> None:
    identity = await home.identity()
    walk.answer("panel.address", _who(identity, walk.asked.credentials.username), certain=identity.certain)
    address = await home.account_page()
    walk.answer("panel.account-page", YES if address else NO, host=whose_host(address, walk.asked.tenant))
    picture = await home.panel_picture()
    await walk.traffic(home.page).settle(walk.timeout)
    by = how_found(_PICTURE) if picture else FoundBy.NOTHING.value
    walk.answer("panel.picture", by, selector=selector_of(_PICTURE))
    known = await object_id(picture.locator) if picture else ""
    walk.answer("panel.object-id", YES if known else NO)


async def _family(tab: Page, *, opened: bool) -> str:
    known = {"mectrl": account_panel.WINDOW.all, "me-control": account_panel.MENU.all}
    family = next((name for name, mark in (await marks_seen(tab, known)).items() if mark.visible), "")
    return family or ("a panel without a known mark" if opened else "nothing opened")


def _who(identity: Identity, username: str) -> str:
    if not identity.upn:
        return "no address"
    return "the user name" if identity.upn == username.lower() else "another address"
