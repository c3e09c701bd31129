"""The fields of sign-in pages that hold what was typed: covered in every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

TYPED = (
    # The cloud's own: user name, password, code, access pass, and the fields of a change of password.
    *("#i0116", 'input[name="loginfmt"]', "#i0118", 'input[name="passwd"]', 'input[name="otc"]', "#idTxtBx_SAOTCC_OTC"),
    *('input[name="accesspass"]', "#currentPassword", "#newPassword", "#confirmNewPassword"),
    *("#idTxtBx_SAOTCS_ProofConfirmation", "#idTxtBx_SAOTCS_PhoneNumber"),
    # AD FS, PingFederate and Okta.
    *("#userNameInput", "#passwordInput", 'input[name="pf.username"]', 'input[name="pf.pass"]', "#otp"),
    *("#okta-signin-username", "#okta-signin-password"),
    # Whatever else hides what is typed, or asks for a code.
    *('input[type="password"]', 'input[autocomplete="one-time-code"]'),
)
"""Where a user name, a password, a code or an access pass is typed."""


def typed(page: Page) -> list[Locator]:
    """Return the fields of `page` and its frames that a picture must not show."""
    selector = ", ".join(TYPED)
    return [frame.locator(selector) for frame in page.frames]
