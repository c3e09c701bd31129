"""Pages that end a sign-in: errors, policies, consent, a refused second factor, registration. The first row wins."""

from __future__ import annotations

from collections.abc import Callable

from troubleshooter.model.enums import Reason
from troubleshooter.signin.codes import ending_code, reason_of
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import KNOWN_PAGES, Screen, ScreenName, ScreenRow, is_screen, stop


def _by_code(otherwise: Reason) -> Callable[[Probe], Screen]:
    """Return a function that returns the stop for the code that a page shows, or for `otherwise`."""
    return lambda probe: stop(reason_of(ending_code(probe)) or otherwise)(probe)


ERRORS: tuple[ScreenRow, ...] = (
    # Errors are read before any field is touched: another attempt could lock the account.
    ScreenRow(
        "error-code",
        "a code that ends a sign-in (`signin/codes.py`): in `$Config.sErrorCode`, in a visible error line, on a page "
        "without fields, or in the URL of such a page",
        "stops with the code's reason; nothing is typed again",
        lambda p: reason_of(ending_code(p)) is not None,
        _by_code(Reason.SIGN_IN_ERROR),
    ),
    ScreenRow(
        "exception",
        "`AADSTSnnnnn` that is visible, in `#exceptionMessageContainer`, `#service_exception_message`, or in "
        "`$Config.strServiceExceptionMessage`, `sErrTxt`",
        "stops with `sign-in-error` and the code",
        lambda p: bool(p.exception) and p.exception.removeprefix("AADSTS") == ending_code(p),
        stop(Reason.SIGN_IN_ERROR),
    ),
    ScreenRow(
        "refused-frame",
        "a visible frame whose document comes from a host that is not allowed",
        "stops with `unexpected-host`",
        lambda p: p.refused_frame,
        stop(Reason.UNEXPECTED_HOST),
    ),
)

ENDING: tuple[ScreenRow, ...] = (
    ScreenRow(
        "conditional-access",
        "PageID `ConvergedConditionalAccess`",
        "stops with `blocked-by-policy`, and the code if the page shows one",
        lambda p: p.page_id == "ConvergedConditionalAccess",
        stop(Reason.BLOCKED_BY_POLICY),
    ),
    ScreenRow(
        "error-page",
        "PageID `ConvergedError`",
        "stops with `sign-in-error`, and the code if the page shows one",
        lambda p: p.page_id == "ConvergedError",
        stop(Reason.SIGN_IN_ERROR),
    ),
    ScreenRow(
        "change-password",
        "PageID `ConvergedChangePassword`, `#currentPassword`, `#newPassword`",
        "stops with `password-expired`",
        lambda p: p.change_password or p.page_id == "ConvergedChangePassword",
        stop(Reason.PASSWORD_EXPIRED),
    ),
    ScreenRow(
        "consent",
        "PageID `ConvergedConsent`, or `$Config.arrScopes` with `#idSIButton9`",
        "stops with `consent-needed`; never consents",
        lambda p: p.page_id == "ConvergedConsent" or (p.consent and p.primary and not p.email and not p.password),
        stop(Reason.CONSENT_NEEDED),
    ),
    ScreenRow(
        "denied",
        "`#idDiv_SAASDS_Title`, `#idDiv_SAASDS_Description`",
        "stops with `mfa-denied`; never sends again",
        lambda p: p.denied,
        stop(Reason.MFA_DENIED),
    ),
    ScreenRow(
        "timed-out",
        "`#idDiv_SAASTO_Title`, `#idDiv_SAASTO_Description`",
        "stops with `mfa-timeout`; never sends again",
        lambda p: p.timed_out,
        stop(Reason.MFA_TIMEOUT),
    ),
    ScreenRow(
        "proof-up-skippable",
        "`#btnAskLater`; or `#skipMfaRegistrationLink`, `a[data-bind*=SkipMfaRegistration]` (unless `$Config` says "
        "that no days remain) with the marks of `proof-up`",
        "skips the registration, at most four times",
        lambda p: p.ask_later or (p.proof_up and p.skip_proof_up),
        is_screen(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    ScreenRow(
        "campaign",
        "a page about registering, or with an unknown PageID, with nothing to type and exactly one way to skip it: "
        "found by id, by its words, or as the only option besides the main button",
        "skips it after the password, at most four times; never registers anything",
        lambda p: bool(p.skip) and not p.fields and (p.registering or p.page_id not in KNOWN_PAGES),
        is_screen(ScreenName.CAMPAIGN),
    ),
    ScreenRow(
        "proof-up",
        "`#idSubmit_ProofUp_Redirect`, `#ProofUpDescription`, or PageID `ConvergedProofUpRedirect` with a link or a "
        "button, without a way past it",
        "stops with `registration-needed`",
        lambda p: p.proof_up,
        stop(Reason.REGISTRATION_NEEDED),
    ),
)
