"""Recognizes the screen that a page shows from ids, names and `$Config`, in no language. Pure; one row per screen.

The ids, page ids and codes are those on which recorded pages and maintained sign-in tools agree; codes are explained at
login.microsoftonline.com/error?code=N. Microsoft warns that codes change, so they never decide alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from troubleshooter.model.enums import Reason
from troubleshooter.signin.probe import Probe
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of


class ScreenName(StrEnum):
    """The screens that the driver distinguishes."""

    HOME = "home"
    SIGNED_OUT = "signed-out"
    PASSING = "passing"
    EMAIL = "email"
    PICKER = "picker"
    WORK_OR_PERSONAL = "work-or-personal"
    PASSWORD = "password"  # noqa: S105 - the name of a screen
    FEDERATED = "federated"
    KMSI = "kmsi"
    CODE = "code"
    NUMBER = "number"
    PUSH = "push"
    PASSWORDLESS = "passwordless"
    METHODS = "methods"
    ACCESS_PASS = "access-pass"  # noqa: S105
    PASSKEY = "passkey"
    PROOF_UP_SKIPPABLE = "proof-up-skippable"
    APP_CONFIRM = "app-confirm"
    SSO_CONSENT = "sso-consent"
    STOP = "stop"
    WAIT = "wait"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Screen:
    """A recognized screen, with what it asks for; for `STOP`, the reason, with the service's code if it gave one."""

    name: ScreenName
    reason: Reason | None = None
    code: str | None = None
    about: str = ""
    """Distinguishes screens with the same reason, such as `terms`."""


CODES: Mapping[str, Reason] = {
    "50126": Reason.WRONG_PASSWORD,
    "50034": Reason.UNKNOWN_USER,
    "50053": Reason.ACCOUNT_LOCKED,
    "500532": Reason.ACCOUNT_LOCKED,
    "50055": Reason.PASSWORD_EXPIRED,
    "50125": Reason.REGISTRATION_NEEDED,
    "50079": Reason.REGISTRATION_NEEDED,
    "50072": Reason.REGISTRATION_NEEDED,
    "53000": Reason.BLOCKED_BY_POLICY,
    "53001": Reason.BLOCKED_BY_POLICY,
    "53002": Reason.BLOCKED_BY_POLICY,
    "53003": Reason.BLOCKED_BY_POLICY,
    "16000": Reason.WRONG_ACCOUNT,
    "16001": Reason.WRONG_ACCOUNT,
    "16002": Reason.WRONG_ACCOUNT,
    "16003": Reason.WRONG_ACCOUNT,
    "160021": Reason.WRONG_ACCOUNT,
    "50196": Reason.SIGN_IN_ERROR,
    "90100": Reason.SIGN_IN_ERROR,
}
"""AADSTS codes that end a sign-in. 50058 (no session yet), 50140 (KMSI), 50074/50076 (MFA) do not."""

_HARMLESS = frozenset(
    {"", "0", "50058", "50140", "50074", "50076", "50158", "50199", "50125", "50079", "50072"}
    | {code for code, reason in CODES.items() if reason is Reason.WRONG_ACCOUNT}
)
"""Codes after which sign-in continues: registration and account choice end it only if the page offers no way past."""

_PASSING = re.compile(r"/(?:landing(?:v\d+)?|authorize|kmsi|reprocess|resume|signin-oidc|_forms|oauth2)(?:/|$)")
"""Paths of pages that continue by themselves; leaving one breaks the sign-in."""

_FRONT = ("www.office.com", "office.com", "m365.cloud.microsoft", "www.microsoft365.com", "microsoft365.com")
_REGISTRATION_HOST = "mysignins.microsoft.com"
_TERMS_HOST = "account.activedirectory.windowsazure.com"


def _stop(reason: Reason, about: str = "") -> Callable[[Probe], Screen]:
    return lambda probe: Screen(ScreenName.STOP, reason, aadsts(probe), about)


def aadsts(probe: Probe) -> str | None:
    """Return the service's own code for what went wrong; None if sign-in continues."""
    if probe.exception:
        return probe.exception
    return None if probe.error in _HARMLESS else f"AADSTS{probe.error}"


def _by_code(probe: Probe) -> Screen:
    code = probe.exception.removeprefix("AADSTS") if probe.exception else probe.error
    return _stop(CODES.get(code, Reason.SIGN_IN_ERROR))(probe)


def final_reason(probe: Probe) -> tuple[Reason, str | None]:
    """Return why a page that showed nothing to act on until the time limit ends the sign-in: by its code, if any."""
    reason = CODES.get(probe.error, Reason.UNKNOWN_SIGN_IN_SCREEN)
    return reason, f"AADSTS{probe.error}" if probe.error in CODES else aadsts(probe)


def _is(name: ScreenName) -> Callable[[Probe], Screen]:
    return lambda probe: Screen(name)  # noqa: ARG005 - every row takes the probe


@dataclass(frozen=True)
class ScreenRow:
    """One screen: how it is recognized, and what it is."""

    id: str
    recognized_by: str
    """For the documentation: the marks, by the page's own names."""
    result: str
    """For the documentation: what happens then."""
    matches: Callable[[Probe], bool]
    screen: Callable[[Probe], Screen]


_KNOWN = ("", "ConvergedSignIn", "ConvergedTFA", "KmsiInterrupt", "CmsiInterrupt", "ConvergedProofUpRedirect")


def _path(probe: Probe) -> str:
    return urlsplit(probe.url).path.lower()


def _asks_for_passkey(probe: Probe) -> bool:
    return "/fido/" in _path(probe)


def _asks_to_stay(probe: Probe) -> bool:
    if probe.page_id == "KmsiInterrupt" or probe.kmsi:
        return True
    # Branding may hide the checkbox, and then a page without an id has no other mark.
    return probe.kmsi_box and not probe.page_id and not (probe.tiles or probe.code or probe.push or probe.methods)


def _unknown(probe: Probe) -> Screen:
    return Screen(ScreenName.UNKNOWN, code=aadsts(probe))


ROWS: tuple[ScreenRow, ...] = (
    # Errors are read before any field is touched: another attempt could lock the account.
    ScreenRow(
        "error-code",
        "`$Config.sErrorCode` that ends a sign-in (50126, 50034, 50053, 50055, 53000–53003, 50196, 90100)",
        "stops with the code's reason; nothing is typed again",
        lambda p: p.error in CODES and p.error not in _HARMLESS,
        _by_code,
    ),
    ScreenRow(
        "exception",
        "`#exceptionMessageContainer`, `#service_exception_message`, `$Config.strServiceExceptionMessage`",
        "stops with the code's reason, else `sign-in-error`",
        lambda p: bool(p.exception) and p.exception.removeprefix("AADSTS") not in _HARMLESS,
        _by_code,
    ),
    ScreenRow(
        "refused-frame",
        "a visible frame whose document comes from a host that is not allowed",
        "stops with `unexpected-host`",
        lambda p: p.refused_frame,
        _stop(Reason.UNEXPECTED_HOST),
    ),
    ScreenRow(
        "conditional-access",
        "PageID `ConvergedConditionalAccess`",
        "stops with `blocked-by-policy`",
        lambda p: p.page_id == "ConvergedConditionalAccess",
        _stop(Reason.BLOCKED_BY_POLICY),
    ),
    ScreenRow(
        "error-page",
        "PageID `ConvergedError`",
        "stops with `sign-in-error`",
        lambda p: p.page_id == "ConvergedError",
        _stop(Reason.SIGN_IN_ERROR),
    ),
    ScreenRow(
        "change-password",
        "PageID `ConvergedChangePassword`, `#currentPassword`, `#newPassword`",
        "stops with `password-expired`",
        lambda p: p.change_password or p.page_id == "ConvergedChangePassword",
        _stop(Reason.PASSWORD_EXPIRED),
    ),
    ScreenRow(
        "consent",
        "PageID `ConvergedConsent`, or `$Config.arrScopes` with `#idSIButton9`",
        "stops with `consent-needed`; never consents",
        lambda p: p.page_id == "ConvergedConsent" or (p.consent and p.primary and not p.email and not p.password),
        _stop(Reason.CONSENT_NEEDED),
    ),
    ScreenRow(
        "denied",
        "`#idDiv_SAASDS_Title`, `#idDiv_SAASDS_Description`",
        "stops with `mfa-denied`; never sends again",
        lambda p: p.denied,
        _stop(Reason.MFA_DENIED),
    ),
    ScreenRow(
        "timed-out",
        "`#idDiv_SAASTO_Title`, `#idDiv_SAASTO_Description`",
        "stops with `mfa-timeout`; never sends again",
        lambda p: p.timed_out,
        _stop(Reason.MFA_TIMEOUT),
    ),
    ScreenRow(
        "proof-up-skippable",
        "`#skipMfaRegistrationLink` (unless `$Config` says that no days remain), with the marks of the next row",
        "skips the registration",
        lambda p: p.proof_up and p.skip_proof_up,
        _is(ScreenName.PROOF_UP_SKIPPABLE),
    ),
    ScreenRow(
        "proof-up",
        "`#idSubmit_ProofUp_Redirect`, `#ProofUpDescription`, or PageID `ConvergedProofUpRedirect` with a link or a "
        "button, without a way past it",
        "stops with `registration-needed`",
        lambda p: p.proof_up,
        _stop(Reason.REGISTRATION_NEEDED),
    ),
    ScreenRow(
        "busy",
        "`.lightbox-cover.disable-lightbox`",
        "waits",
        lambda p: p.busy,
        _is(ScreenName.WAIT),
    ),
    # The password view's back arrow has the id of the KMSI page's No: only the page's own marks make it KMSI.
    ScreenRow(
        "stay-signed-in",
        "PageID `KmsiInterrupt`, `#KmsiCheckboxField` (even out of sight), `#KmsiDescription`, `#kmsiTitle`, "
        "`name=DontShowAgain`; with `#idBtn_Back`",
        "answers No",
        lambda p: _asks_to_stay(p) and p.back and not p.password and not p.email,
        _is(ScreenName.KMSI),
    ),
    ScreenRow(
        "app-confirm",
        "`#appConfirmTitle` with `#idSIButton9`",
        "confirms",
        lambda p: p.app_confirm and p.primary,
        _is(ScreenName.APP_CONFIRM),
    ),
    ScreenRow(
        "sso-consent",
        "`form[name=ssoConsentForm]` with its button",
        "confirms",
        lambda p: p.sso_consent,
        _is(ScreenName.SSO_CONSENT),
    ),
    ScreenRow(
        "unknown-page",
        "a PageID that no row of this table knows, whatever else the page shows; not a passkey's page",
        "stops with `unknown-sign-in-screen`; nothing is typed or chosen",
        lambda p: p.page_id not in _KNOWN and not _asks_for_passkey(p),
        _unknown,
    ),
    ScreenRow(
        "code",
        "`#idTxtBx_SAOTCC_OTC`, `name=otc`",
        "types a one-time code of the account's `totp`, once a time step; else asks at the terminal; else `mfa-needed`",
        lambda p: p.code,
        _is(ScreenName.CODE),
    ),
    ScreenRow(
        "passwordless",
        "`#idRemoteNGC_DisplaySign`, `#idDiv_RemoteNGC_PollingDescription`, `#idDiv_RemoteNGC_PageDescription`",
        "switches to the password if there is `#idA_PWD_SwitchToPassword`; else as number matching",
        lambda p: p.passwordless and not p.password,
        _is(ScreenName.PASSWORDLESS),
    ),
    ScreenRow(
        "number-matching",
        "`#idRichContext_DisplaySign`",
        "shows the number in the terminal and waits for approval; `mfa-needed` with `--non-interactive`",
        lambda p: p.push and bool(p.number),
        _is(ScreenName.NUMBER),
    ),
    ScreenRow(
        "push",
        "`#idDiv_SAOTCAS_Title`, `#idDiv_SAOTCAS_Description`",
        "asks for approval in the terminal, and waits; `mfa-needed` with `--non-interactive`",
        lambda p: p.push,
        _is(ScreenName.PUSH),
    ),
    ScreenRow(
        "confirm-contact",
        "`#idTxtBx_SAOTCS_ProofConfirmation`, `#idTxtBx_SAOTCS_PhoneNumber`",
        "stops with `mfa-needed`",
        lambda p: p.confirm_proof,
        _stop(Reason.MFA_NEEDED),
    ),
    ScreenRow(
        "method-list",
        "`#idDiv_SAOTCS_Proofs`, `div[data-value]`",
        "chooses the app's code if the account has a `totp`, else what a person can approve; else `mfa-needed`",
        lambda p: bool(p.methods) and p.page_id in ("ConvergedTFA", "ConvergedSignIn", ""),
        _is(ScreenName.METHODS),
    ),
    ScreenRow(
        "access-pass",
        "`name=accesspass`",
        "switches to the password if that is offered; else asks at the terminal; else `mfa-needed`",
        lambda p: p.access_pass and not p.password,
        _is(ScreenName.ACCESS_PASS),
    ),
    ScreenRow(
        "passkey",
        "`login.microsoft.com/…/fido/get`",
        "chooses another way if one is offered; else `mfa-needed`",
        _asks_for_passkey,
        _is(ScreenName.PASSKEY),
    ),
    ScreenRow(
        "password",
        "`#i0118`, `name=passwd`, if visible",
        "types the password, once",
        lambda p: p.password,
        _is(ScreenName.PASSWORD),
    ),
    ScreenRow(
        "account-picker",
        "`#tilesHolder`, `[data-test-id]`, `#otherTile`",
        "selects the account's visible tile, else another account",
        lambda p: bool(p.tiles) or p.other_tile,
        _is(ScreenName.PICKER),
    ),
    ScreenRow(
        "work-or-personal",
        "`#aadTile`, `#aadTileTitle`",
        "selects work or school",
        lambda p: p.work_tile,
        _is(ScreenName.WORK_OR_PERSONAL),
    ),
    ScreenRow(
        "e-mail",
        "`#i0116`, `name=loginfmt`",
        "types the user name; `unknown-user` if `#usernameError` or a marked field follows",
        lambda p: p.email,
        _is(ScreenName.EMAIL),
    ),
    ScreenRow(
        "not-drawn",
        "a known PageID, or none, and nothing visible",
        "waits; at the time limit `unknown-sign-in-screen`, or by the code: `wrong-account` (16000–16003, 160021), "
        "`registration-needed` (50072, 50079, 50125)",
        lambda p: True,  # noqa: ARG005 - every row takes the probe
        _is(ScreenName.WAIT),
    ),
)
"""The pages of the cloud's own sign-in: the first matching row wins."""

FEDERATED_ROWS: tuple[ScreenRow, ...] = (
    ScreenRow(
        "federated-code",
        "PingFederate `#otp`, PingOne `#device-form`",
        "stops with `mfa-needed`",
        lambda p: p.federated_code and not p.federated_password,
        _stop(Reason.MFA_NEEDED),
    ),
    ScreenRow(
        "federated-sign-in",
        "AD FS `#userNameInput`, `#passwordInput` (both themes); PingFederate `pf.username`, `pf.pass`; "
        "Okta `#okta-signin-username`, `#okta-signin-password`",
        "types user name and password, once, if `federated_hosts` names the host",
        lambda p: p.federated_name or p.federated_password,
        _is(ScreenName.FEDERATED),
    ),
)
"""The pages of a company's own identity provider."""


def classify(probe: Probe, hosts: HostPolicy) -> Screen:
    """Return what the page described by `probe` asks for."""
    if not hosts.may_type(probe.url):
        return _on_other_host(probe)
    if hosts.is_federated(probe.url):
        # A company's own provider may call its pages anything.
        probe = probe.model_copy(update={"page_id": ""})
        rows: tuple[ScreenRow, ...] = (*ROWS[:3], *FEDERATED_ROWS, *ROWS[3:])
    else:
        rows = ROWS
    return next(row.screen(probe) for row in rows if row.matches(probe))


def is_front_page(probe: Probe) -> bool:
    """Return whether `probe` describes the front page of Microsoft 365, whether or not somebody is signed in."""
    return host_of(probe.url) in _FRONT and _path(probe) in ("", "/")


def _on_other_host(probe: Probe) -> Screen:
    host, path = host_of(probe.url), _path(probe)
    if probe.url.startswith("chrome-error:"):
        return Screen(ScreenName.STOP, Reason.HOST_UNREACHABLE)
    if host == _REGISTRATION_HOST and path.startswith("/register"):
        return Screen(ScreenName.STOP, Reason.REGISTRATION_NEEDED)
    if host == _TERMS_HOST and path.startswith("/termsofuse"):
        return Screen(ScreenName.STOP, Reason.CONSENT_NEEDED, about="terms")
    if _PASSING.search(path) and not path.startswith(("/sites/", "/teams/")):
        return Screen(ScreenName.PASSING)
    if probe.me_control:
        return Screen(ScreenName.HOME)
    return Screen(ScreenName.SIGNED_OUT if probe.sign_in_link else ScreenName.WAIT)
