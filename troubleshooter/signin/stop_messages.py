"""Builds the messages for each reason for not being let in: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message
from troubleshooter.signin.code_messages import texts_of
from troubleshooter.urls import host_of

_MESSAGES: dict[Reason, tuple[Message, Message]] = {
    Reason.WRONG_PASSWORD: (
        message("Sign-in refused the password. It was sent once and not tried again."),
        message("Correct the account’s stored password (the tenant file says where it is stored), then try again."),
    ),
    Reason.UNKNOWN_USER: (
        message("Sign-in does not recognize this user name."),
        message("Check the account’s username in the tenant file."),
    ),
    Reason.ACCOUNT_LOCKED: (
        message("The account is locked after too many attempts."),
        message("Wait, or ask an admin to unlock the account; every further attempt prolongs the lock."),
    ),
    Reason.ACCOUNT_DISABLED: (
        message("The account is disabled."),
        message("Have an admin enable the account, or name another one in the tenant file."),
    ),
    Reason.NOT_ASSIGNED: (
        message(
            "The account is not allowed to use the app that this page signs in to: nobody has assigned the account "
            "to it."
        ),
        message(
            "Have an admin assign the account or its group to the app, or name another account in the tenant file."
        ),
    ),
    Reason.PASSWORD_EXPIRED: (
        message("The account’s password has expired."),
        message("The user signs in once by hand and sets a new password."),
    ),
    Reason.MFA_NEEDED: (
        message("Sign-in asks for a second factor, which needs a person or a code."),
        message(
            "Run without --non-interactive with the phone at hand, or with --sign-in interactive, or add a totp to "
            "the account in the tenant file."
        ),
    ),
    Reason.MFA_DENIED: (
        message("The sign-in request was denied on the phone."),
        message("Ask the person who denied it whether it was a mistake, then try again."),
    ),
    Reason.MFA_TIMEOUT: (
        message("Nobody approved the sign-in request in time."),
        message("Keep the phone at hand, and run again."),
    ),
    Reason.REGISTRATION_NEEDED: (
        message("The account has to register security information first; the page offers no way to skip that."),
        message("The user signs in once by hand and completes the registration."),
    ),
    Reason.BLOCKED_BY_POLICY: (
        message("A Conditional Access policy blocks this sign-in."),
        message(
            "Ask the admin who manages the policy which condition blocks sign-in. Another network may meet it; "
            "another computer does not, because this check uses a private window, which never identifies its device."
        ),
    ),
    Reason.WRONG_ACCOUNT: (
        message("Sign-in could not determine which account to use."),
        message(
            "Run again; if it happens again, sign in by hand in a private window to see which accounts are offered."
        ),
    ),
    Reason.CONSENT_NEEDED: (
        message("Sign-in asks for consent to an app."),
        message("An admin grants or refuses the consent; the product never does."),
    ),
    Reason.SIGN_IN_ERROR: (
        message("Sign-in ended with an error page."),
        message("Look up the code at login.microsoftonline.com/error, or try again later."),
    ),
    Reason.HOST_UNREACHABLE: (
        message("A sign-in page could not be loaded."),
        message("Check the network, the proxy and the addresses in the tenant file, then try again."),
    ),
    Reason.SESSION_CONTROL: (
        message(
            "The company’s session control (Defender for Cloud Apps) asks to sign in under a host name of its own."
        ),
        message(
            "Ask the admin to exempt this account or computer from session control. (Edge keeps the usual URLs if it "
            "is signed in with the work profile.) Nothing was typed there."
        ),
    ),
    Reason.UNKNOWN_SIGN_IN_SCREEN: (
        message("Sign-in shows an unknown page."),
        message("Sign in by hand to see what it asks for; a redacted copy of the page is in the evidence."),
    ),
}


_TERMS = (
    message("The company asks this account to accept its terms of use."),
    message("The user signs in once by hand, and reads and accepts the terms; the product never does."),
)


def stopped(reason: Reason, code: str | None = None, about: str = "") -> Stopped:
    """Return the `Stopped` error for `reason`, with the service's own `code`, if any; `about` distinguishes pages."""
    if reason is Reason.UNEXPECTED_HOST:
        return Stopped(
            reason,
            message("A frame in the sign-in page comes from a host that is not a host of this tenant."),
            message("Do not type a password there; report it to the security team."),
        )
    what, help_ = _TERMS if about == "terms" else texts_of(reason, code) or _MESSAGES[reason]
    return Stopped(reason, what, help_, code)


def other_account(other: str, wanted: str) -> Stopped:
    """Return the `Stopped` error for a page that asks for somebody else's password."""
    return Stopped(
        Reason.WRONG_ACCOUNT,
        message("Sign-in asks for the password of {other}, not of {wanted}.", other=other, wanted=wanted),
        _MESSAGES[Reason.WRONG_ACCOUNT][1],
    )


def asked_again(url: str, code: str | None = None) -> Stopped:
    """Return the `Stopped` error for a page that asks for the password again, without a reason but perhaps a `code`."""
    return Stopped(
        Reason.SIGN_IN_ERROR,
        message("{host} asks for the password again. It was sent once and not tried again.", host=host_of(url)),
        message("Sign in by hand to see what the page says, then try again."),
        code,
    )


def code_refused(code: str | None = None) -> Stopped:
    """Return the `Stopped` error for a one-time code that was refused."""
    return Stopped(
        Reason.MFA_DENIED,
        message("Sign-in refused the one-time code."),
        message(
            "Check the account’s totp seed in the place that the tenant file names, and this computer’s clock. If "
            "another run used the account’s code in the same 30 seconds, run again with no other run in progress."
        ),
        code,
    )


def passkey_only() -> Stopped:
    """Return the `Stopped` error for an account that is offered only a passkey, or nothing else that can be used."""
    return Stopped(
        Reason.MFA_NEEDED,
        message("Sign-in asks for a passkey and offers no other method that this check can use."),
        message(
            "Use an account that signs in with a password; or have an admin issue a Temporary Access Pass, and run "
            "in a terminal; or sign in by hand with --sign-in interactive."
        ),
    )


def nothing_may_be_typed(url: str) -> Stopped:
    """Return the `Stopped` error for a host on which nothing may be typed."""
    return Stopped(
        Reason.UNEXPECTED_HOST,
        message("Nothing may be typed on {host}.", host=host_of(url) or url[:80]),
        message(
            "Nothing was typed. Sign in by hand to see what asks for a password there: passwords belong on the "
            "company’s sign-in pages only."
        ),
    )


def field_gone(url: str) -> Stopped:
    """Return the `Stopped` error for a field that could not be filled in."""
    return Stopped(
        Reason.SIGN_IN_ERROR,
        message("A field on {host} could not be filled in.", host=host_of(url)),
        message("Run again; if it happens again, sign in by hand to see what the page shows."),
    )


def field_emptied(url: str) -> Stopped:
    """Return the `Stopped` error for a field whose page removed what was typed before it was sent."""
    return Stopped(
        Reason.SIGN_IN_ERROR,
        message("The page on {host} emptied a field after it was filled in. Nothing was sent.", host=host_of(url)),
        message(
            "Run again; if it happens again, sign in by hand to see what the page does, or use --sign-in interactive."
        ),
    )


def no_answer(url: str, code: str | None = None) -> Stopped:
    """Return the `Stopped` error for a page that did not continue, with the service's own `code` if it gave one."""
    return Stopped(
        Reason.SIGN_IN_ERROR,
        message("Sign-in on {host} did not continue within the time limit.", host=host_of(url)),
        message("Run again with a longer --timeout."),
        code,
    )


def window_closed() -> Stopped:
    """Return the `Stopped` error for a window that was closed."""
    return Stopped(
        Reason.SIGN_IN_ERROR,
        message("The browser window was closed before the sign-in was complete."),
        message("Run again, and leave the window open."),
    )


def operator_timed_out() -> Stopped:
    """Return the `Stopped` error for an operator who did not answer, or did not sign in, in time."""
    return Stopped(
        Reason.MFA_TIMEOUT,
        message("Nobody finished signing in within the time limit."),
        message("Run again when somebody can sign in at this computer."),
    )


def other_user_signed_in(other: str, wanted: str, repaired: Sequence[str] = ()) -> Stopped:
    """Return the `Stopped` error for a home page on which another account is signed in.

    Args:
        repaired: ids of what was found by repairs on the way to that conclusion, so that it may be wrong.
    """
    help_ = message("Single sign-on signed another account in; run again, or on a computer without single sign-on.")
    return Stopped(
        Reason.WRONG_ACCOUNT,
        message("{other} is signed in, not {wanted}.", other=other, wanted=wanted),
        doubting(repaired, help_) if repaired else help_,
    )


def doubting(repaired: Sequence[str], help: Message) -> Message:
    """Return `help` preceded by the advice to check the repairs that led to a stop, by the ids of their locators."""
    return message(
        "Check the selectors of locators.toml for {ids}: what they find led to this. {help}",
        ids=", ".join(repaired),
        help=help,
    )
