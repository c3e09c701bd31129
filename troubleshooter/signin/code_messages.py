"""Contains the messages for codes whose reason's own message would say too little or too much."""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message
from troubleshooter.signin.codes import DEVICE_CODES, reason_of

_DEVICE = (
    message("A policy lets this account sign in only from a device that the company manages."),
    message(
        "This check uses a private window, which never identifies its device, so a managed computer does not help. "
        "The admin who manages the policy can exclude the account from the device rule, or name another account. Or "
        "perform the steps by hand in a normal window on a managed computer."
    ),
)
_NOT_A_MEMBER = (
    message("The account does not belong to the tenant that asks it to sign in."),
    message("Use an account of this tenant, or have an admin invite the account as a guest."),
)
_APP = (
    message("The tenant does not have the app that this page signs in to."),
    message("Check the home URL in the tenant file; then show the code to the admin."),
)
_BY_CODE: Mapping[str, tuple[Message, Message]] = {
    **dict.fromkeys(DEVICE_CODES, _DEVICE),
    **dict.fromkeys(("50020", "51004", "90072"), _NOT_A_MEMBER),
    **dict.fromkeys(("500011", "700016"), _APP),
    "53002": (
        message("A policy lets this account sign in only with an app that the company has approved."),
        message("An automated browser is not such an app; the admin who manages the policy can exclude the account."),
    ),
    **dict.fromkeys(
        ("53004", "53011"),
        (
            message("Sign-in is blocked because Microsoft considers it or the account risky."),
            message("Have an admin review the risk in the sign-in log; then have the user sign in once by hand."),
        ),
    ),
    "50056": (
        message("The account has no password in Microsoft 365."),
        message("Use an account that signs in with a password, or sign in by hand with --sign-in interactive."),
    ),
    "50058": (
        message("The sign-in session was lost: the browser did not keep its cookie."),
        message("Run again; if it happens again, sign in by hand in a private window to see whether that works."),
    ),
    "50196": (
        message("Sign-in was stopped because of a loop: the same request came too often."),
        message("Wait five minutes, then try again."),
    ),
    "500121": (
        message("The second factor was not accepted."),
        message("Sign in by hand to see what the second factor asks for, then try again."),
    ),
}


def texts_of(reason: Reason, code: str | None) -> tuple[Message, Message] | None:
    """Return the texts of a stop for `reason` with `code`; None if the reason's own message suffices."""
    number = (code or "").removeprefix("AADSTS")
    if number in _BY_CODE:
        return _BY_CODE[number]
    if number and reason is Reason.SIGN_IN_ERROR and not reason_of(number):
        what = message("Sign-in was refused with the code {code}, which this program does not know.", code=number)
        return what, message(
            "Look it up at login.microsoftonline.com/error?code={code}, or show it to an admin.", code=number
        )
    return None
