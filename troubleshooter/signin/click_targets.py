"""Finds the element to click on a sign-in page, and its label for screenshots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import Wanted
from troubleshooter.model.message import Message, message
from troubleshooter.signin import elements
from troubleshooter.signin.actions import Do, SignInAction, Target
from troubleshooter.signin.probe import Probe, skip_script
from troubleshooter.signin.selectors import PARTS, at, methods

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

_TARGETS: Mapping[Target, tuple[Wanted, Message]] = {
    Target.SIGN_IN: (PARTS["sign_in_link"], message("the sign-in link")),
    Target.PRIMARY: (PARTS["primary"], message("continue")),
    Target.NO: (PARTS["back"], message("No to “Stay signed in?”")),
    Target.SKIP: ((PARTS["ask_later"], PARTS["skip_proof_up"]), message("skip for now")),
    Target.WORK: (PARTS["work_tile"], message("the work or school account")),
    Target.SSO: (PARTS["sso_consent"], message("continue")),
    Target.ANOTHER_WAY: (PARTS["another_way"], message("another way to sign in")),
    Target.TO_PASSWORD: (PARTS["to_password"], message("the password instead")),
}


async def element_to_click(
    tab: Page, action: SignInAction, probe: Probe, username: str
) -> tuple[Locator | None, Message]:
    """Return the element that `action` clicks (None if it no longer exists), and its label."""
    if action.do is Do.PICK:
        return await _account_tile(tab, probe, username.lower())
    if action.do is Do.METHOD:
        return await _method(tab, action.method), message("how to confirm the sign-in")
    if action.do is Do.CREDENTIAL:
        return await _nth(tab, at("credentials"), action.method), message("the sign-in method")
    if action.target is Target.SKIP_FOUND:
        return await _skip(tab), message("skip for now, found without a known id")
    assert action.target
    wanted, label = _TARGETS[action.target]
    return await elements.usable(tab, wanted), label


async def _account_tile(tab: Page, probe: Probe, username: str) -> tuple[Locator | None, Message]:
    if username in probe.tiles:
        for tile in await tab.locator(at("tiles")).all():
            if await elements.is_usable(tile) and await _account_of(tile) == username:
                return tile, message("the account’s tile")
    return await elements.usable(tab, PARTS["other_tile"]), message("another account")


async def _account_of(tile: Locator) -> str:
    element = await elements.pinned(tile)
    name = await element.get_attribute("data-test-id") if element else None
    return (name or "").strip().lower()


async def _skip(tab: Page) -> Locator | None:
    position = await or_default(tab.evaluate(skip_script()), -1, unless_closed=tab)
    return tab.locator(at("option")).nth(position) if position >= 0 else None


async def _method(tab: Page, position: int) -> Locator | None:
    for selector in methods():
        if await elements.any_usable(tab, selector):
            locators().found(PARTS["method"], selector)
            return await _nth(tab, selector, position)
    return None


async def _nth(tab: Page, selector: str, position: int) -> Locator | None:
    shown = [element for element in await tab.locator(selector).all() if await elements.is_usable(element)]
    return shown[position] if position < len(shown) else None
