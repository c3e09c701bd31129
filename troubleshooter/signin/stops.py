"""What each reason for not being let in means, and who can help: the words of a stop."""

from __future__ import annotations

from troubleshooter.errors import Stopped
from troubleshooter.model import Reason, Said, say

_WORDS: dict[Reason, tuple[Said, Said]] = {
    Reason.WRONG_PASSWORD: (
        say("Sign-in refused the password. It was sent once and will not be sent again."),
        say("Check the account's password where the tenant file points, then run again."),
    ),
    Reason.UNKNOWN_USER: (
        say("Sign-in does not know this user name."),
        say("Check the account's username in the tenant file."),
    ),
    Reason.ACCOUNT_LOCKED: (
        say("The account is locked after too many attempts."),
        say("Wait, or ask an admin to unlock the account; trying again makes it longer."),
    ),
    Reason.PASSWORD_EXPIRED: (
        say("The account's password has expired."),
        say("The user signs in once by hand and sets a new password."),
    ),
    Reason.MFA_NEEDED: (
        say("Sign-in asks for a second factor, which needs a person or a code."),
        say(
            "Use an account whose policy needs no second factor on this computer, or ask the admin who owns the policy."
        ),
    ),
    Reason.MFA_DENIED: (
        say("The sign-in request was denied on the phone."),
        say("Ask the person who denied it whether it was a mistake, then run again."),
    ),
    Reason.MFA_TIMEOUT: (
        say("Nobody approved the sign-in request in time."),
        say("Have the phone at hand and run again."),
    ),
    Reason.REGISTRATION_NEEDED: (
        say("The account has to register security information first."),
        say("The user signs in once by hand and completes the registration."),
    ),
    Reason.BLOCKED_BY_POLICY: (
        say("A Conditional Access policy blocks this sign-in."),
        say("Run on a computer that the policy allows, or ask the admin who owns the policy."),
    ),
    Reason.CONSENT_NEEDED: (
        say("Sign-in asks for consent to an app."),
        say("An admin grants or refuses the consent; the product never does."),
    ),
    Reason.SIGN_IN_ERROR: (
        say("Sign-in ended with an error page."),
        say("Look the code up at login.microsoftonline.com/error, or try again later."),
    ),
    Reason.UNKNOWN_SIGN_IN_SCREEN: (
        say("Sign-in shows a page that is not known."),
        say("Sign in by hand to see what it asks for; a cleaned copy of the page is in the evidence."),
    ),
}


def stopped(reason: Reason, code: str | None = None) -> Stopped:
    """Return the stop for `reason`, with the service's own `code` where it gave one."""
    what, help_ = _WORDS[reason]
    return Stopped(reason, what, help_, code)
