"""The locators of sign-in pages, by purpose: ids and names, in no language.

A part has several selectors where recorded pages and maintained sign-in tools give several. `probe.js` reads them as
`at.NAME`, the code that types and clicks uses them, and the camera covers the fields that contain what is typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.browser.locator_use import locators
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.signin.parts import ROWS
from troubleshooter.surfaces import home_header, outlook_header, sharepoint_header

PARTS: Mapping[str, LocatorDefinition] = {
    name: LocatorDefinition(f"sign-in.{name.replace('_', '-')}", *row) for name, row in ROWS.items()
}
"""The parts of sign-in pages, by name."""

ANY_FIELD = LocatorDefinition(
    id="privacy.any-field",
    use='every field in which something can be typed, because "show password" makes a password\'s field like any other',
    fact="by kind",
    confidence="A",
    selectors=(
        "input:not([type=submit], [type=button], [type=image], [type=reset], [type=checkbox], [type=radio])",
        "textarea",
        "[contenteditable]",
    ),
)
MASKED = LocatorDefinition(
    id="privacy.masked-field",
    use="a field that hides what is typed, or asks for a code or a new password, covered in every screenshot",
    fact="by kind; sign-in and home 1.7",
    confidence="A",
    selectors=('input[type="password"]', 'input[autocomplete="one-time-code"]', "#confirmNewPassword"),
)
PROVIDER_FIELD = LocatorDefinition(
    id="privacy.provider-field",
    use="a field of a company's own provider, covered in every screenshot; other names mean something there only",
    fact="sign-in and home 1.8",
    confidence="A",
    selectors=(
        "#userNameInput",
        'input[name="UserName"]',
        'input[name="pf.username"]',
        "#okta-signin-username",
        "#passwordInput",
        'input[name="Password"]',
        'input[name="pf.pass"]',
        "#okta-signin-password",
    ),
)
PRIVACY = (ANY_FIELD, MASKED, PROVIDER_FIELD)
"""Fields that are looked for only to cover them in screenshots."""
_TYPED = ("email", "password", "code", "access_pass", "change_password", "confirm_proof", "federated_code")


def at(name: str) -> str:
    """Return the selector list of the part `name`, with its repairs."""
    return locators().css(PARTS[name])


def every_part() -> dict[str, str]:
    """Return the selector lists of all parts, and `me_control`: the account button of whatever page follows."""
    buttons = (home_header.DEFINITION.locator, sharepoint_header.ACCOUNT_BUTTON, outlook_header.DEFINITION.locator)
    return {name: at(name) for name in PARTS} | {"me_control": locators().css(buttons)}


def methods() -> tuple[str, ...]:
    """Return the ways to confirm a sign-in, of which the first with a visible element counts; only it names methods."""
    return locators().selectors(PARTS["method"])


def typed() -> tuple[str, ...]:
    """Return the fields for names, passwords, codes and access passes, which are covered in every screenshot."""
    parts = tuple(PARTS[name] for name in _TYPED)
    return locators().selectors((*parts, MASKED, PROVIDER_FIELD))
