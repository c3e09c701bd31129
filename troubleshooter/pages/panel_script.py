"""What the open account panel says, by its structure; and what a repair finds in it, and nowhere else on the page.

A selector of `locators.toml` may match a neighbor. In the panel, which shows the account's address, it counts; and a
picture that it finds there counts unless something says that it is somebody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import LocatorDefinition, Wanted, definitions_in
from troubleshooter.pages import find, structure
from troubleshooter.surfaces import account_panel

if TYPE_CHECKING:
    from playwright.async_api import Page

WINDOWS = (account_panel.WINDOW, account_panel.MENU)
"""The window of the panel, in both families."""
PICTURE = account_panel.DEFINITION.locator

_SAYS = structure.script("account_panel.js")
_INSIDE = structure.of_mark("account-panel")

Said = tuple["Any", dict[str, Any]]
"""The frame with the panel, and what the panel says there."""


def given(button: LocatorDefinition, coin: str) -> dict[str, Any]:
    """Return what the script has to know: what marks a panel and its link, and the account button.

    Args:
        coin: the object id in the address of the account button's picture; empty if there is none.
    """
    use = locators()
    return {
        "known": use.css(WINDOWS),
        "repaired": [s for s in use.selectors(WINDOWS) if use.is_repair(WINDOWS, s)],
        "button": use.css(button),
        "account": ", ".join(account_panel.VIEW_ACCOUNT.all),
        "coin": coin,
        "filled": False,
        "pictures": [],
    }


async def says(page: Page, about: Mapping[str, Any]) -> Said | None:
    """Return what the panel says now; None while none is open."""
    return _noted(await structure.evaluate(page, _SAYS, about))


async def says_in_time(page: Page, about: Mapping[str, Any], seconds: float, *, filled: bool = False) -> Said | None:
    """Return what the panel says, as soon as one is open; with `filled`, as soon as it says who is signed in."""
    return _noted(await structure.wait(page, _SAYS, {**about, "filled": filled}, seconds))


def _noted(said: Said | None) -> Said | None:
    """Note which repair the panel was found by, if any."""
    if said and said[1]["window"]:
        locators().found(WINDOWS, said[1]["window"])
    return said


async def in_panel(
    page: Page, about: Mapping[str, Any], wanted: Wanted, seconds: float, having: str = ""
) -> find.FoundElement | None:
    """Return what `find.anywhere` finds; by a repair, only in the open panel."""
    if not any(locators().repairs.get(one.id) for one in definitions_in(wanted)):
        return await find.anywhere(page, wanted, seconds, having)
    await says(page, about)  # marks the panel
    return await find.anywhere(page, wanted, seconds, having, repairs_in=_INSIDE)


async def repaired_picture(page: Page, about: Mapping[str, Any], seconds: float) -> find.FoundElement | None:
    """Return the picture that a repair finds in the panel, as soon as it is there; None if there is no such picture."""
    pictures = [s for s in locators().repairs.get(PICTURE.id, ()) if locators().is_repair(PICTURE, s)]
    if not pictures:
        return None
    said = await structure.wait(page, _SAYS, {**about, "filled": True, "pictures": pictures}, seconds)
    if said is None:
        return None
    selector = said[1]["repair"]
    locators().found(PICTURE, selector)
    picture, frame = structure.marked(said[0], "repaired-picture"), said[0]
    return find.FoundElement(picture, selector, definition=PICTURE, repaired=True, frame=frame)
