"""What to say about a code for which its reason's own message would say too little or too much."""

from __future__ import annotations

from collections.abc import Mapping

from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message
from troubleshooter.signin.codes import DEVICE_CODES, reason_of

_DEVICE = (
    message("A policy lets this account sign in only from a device that the company manages."),
    message(
        "A private window, which this check uses, never shows its device, so a managed computer does not help. The "
        "admin who manages the policy can exclude the account from the device rule, or name another account; or "
        "perform the steps by hand in a normal window of a managed computer."
    ),
)
_NOT_A_MEMBER = (
    message("The account does not belong to the tenant that asks it to sign in."),
    message("Use an account of this tenant, or have an admin invite the account as a guest."),
)
_APP = (
    message("The tenant does not have the app for which this page asks to sign in."),
    message("Check the home address in the tenant file; then show the code to the admin."),
)
_BY_CODE: Mapping[str, tuple[Message, Message]] = {
    **dict.fromkeys(DEVICE_CODES, _DEVICE),
    **dict.fromkeys(("50020", "51004", "90072"), _NOT_A_MEMBER),
    **dict.fromkeys(("500011", "700016"), _APP),
    "53002": (
        message("A policy lets this account sign in only with an app that the company has approved."),
        message("A browser under automation is none; the admin who manages the policy can exclude the account."),
    ),
    **dict.fromkeys(
        ("53004", "53011"),
        (
            message("Sign-in is blocked because Microsoft considers it, or the account, a risk."),
            message("An admin reviews the risk in the sign-in log; then the user signs in once by hand."),
        ),
    ),
    "50056": (
        message("The account has no password in Microsoft 365."),
        message("Use an account that signs in with a password, or sign in by hand with --sign-in interactive."),
    ),
    "50058": (
        message("Sign-in lost its own session: the browser did not keep its cookie."),
        message("Run again; if it happens again, sign in by hand in a private window to see whether that works."),
    ),
    "50196": (
        message("Sign-in stopped a loop: the same request came too often."),
        message("Wait five minutes, then run again."),
    ),
    "500121": (
        message("The second factor was not accepted."),
        message("Sign in by hand to see what the second factor asks for, then run again."),
    ),
}


def texts_of(reason: Reason, code: str | None) -> tuple[Message, Message] | None:
    """Return what a stop for `reason` says about `code`; None where the reason's own message says it."""
    number = (code or "").removeprefix("AADSTS")
    if number in _BY_CODE:
        return _BY_CODE[number]
    if number and reason is Reason.SIGN_IN_ERROR and not reason_of(number):
        what = message("Sign-in was refused with the code {code}, which this program does not know.", code=number)
        return what, message(
            "Look it up at login.microsoftonline.com/error?code={code}, or show it to an admin.", code=number
        )
    return None
