"""Where sign-in's fields and buttons are, by what they are for; several for one thing, most trusted first."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error

from troubleshooter.signin.decide import Target
from troubleshooter.signin.probe import VISIBLE

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

EMAIL = '#i0116, input[name="loginfmt"]'
PASSWORD = '#i0118, input[name="passwd"]'  # noqa: S105 - a locator
CODE = '#idTxtBx_SAOTCC_OTC, input[name="otc"]'
SEND_CODE = "#idSubmit_SAOTCC_Continue"
ACCESS_PASS = 'input[name="accesspass"]'  # noqa: S105 - a locator
NUMBER = "#idRichContext_DisplaySign, #idRemoteNGC_DisplaySign, #idDiv_SAOTCAS_Title, #idDiv_RemoteNGC_PageDescription"
TILES = ".table[role=button][data-test-id], #tilesHolder [data-test-id]"
OTHER_TILE = '#otherTile, #otherTileText, [aria-labelledby="otherTileText"]'
METHODS = "#idDiv_SAOTCS_Proofs [data-value], div[data-value]"
METHODS_BY_PLACE = '#idDiv_SAOTCS_Proofs [role="button"]'
FEDERATED_NAME = (
    '#userNameInput, input[name="UserName"], input[name="pf.username"], #okta-signin-username, #username, #userInput'
)
FEDERATED_PASSWORD = '#passwordInput, input[name="Password"], input[name="pf.pass"], #okta-signin-password, #password'  # noqa: S105
FEDERATED_SUBMIT = '#submitButton, [name="pf.ok"], #okta-signin-submit'
FEDERATED_NEXT = "#nextButton"

TARGETS = {
    Target.SIGN_IN: "#hero-banner-sign-in-microsoft-365-link, #hero-banner-sign-in-to-office-365-link",
    Target.PRIMARY: "#idSIButton9",
    Target.NO: "#idBtn_Back",
    Target.SKIP: "#skipMfaRegistrationLink",
    Target.WORK: "#aadTile, #aadTileTitle",
    Target.SSO: 'form[name="ssoConsentForm"] button[aria-labelledby="ssoConsentTitle"]',
    Target.ANOTHER_WAY: "#signInAnotherWay, #idDiv_SAOTCS_HavingTrouble, #idA_PWD_SwitchToCredPicker",
    Target.TO_PASSWORD: "#idA_PWD_SwitchToPassword",
}

_USABLE = f"(e) => {{ {VISIBLE} return usable(e); }}"


_ANY = f"(s) => {{ {VISIBLE} return [...document.querySelectorAll(s)].some(usable); }}"


async def usable(page: Page, selector: str, seconds: float = 0) -> Locator | None:
    """Return the first element of `selector` that a person could use: the views that are done stay, hidden.

    Args:
        seconds: how long to wait for one: a button may wait for what is typed.
    """
    if seconds:
        with suppress(Error):
            await page.wait_for_function(_ANY, arg=selector, timeout=seconds * 1000)
    for locator in await page.locator(selector).all():
        if await is_usable(locator):
            return locator
    return None


async def is_usable(locator: Locator) -> bool:
    """Return whether a person could use the element."""
    return bool(await locator.evaluate(_USABLE))
