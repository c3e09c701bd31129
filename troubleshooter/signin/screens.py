"""Page → Screen, from a probe of ids, names and `$Config`, in no language. Pure.

The ids, page ids and codes are those that recorded pages and maintained sign-in tools agree on; codes are explained
at login.microsoftonline.com/error?code=N. Microsoft warns that codes change, so they never decide alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from troubleshooter.hosts import Hosts
from troubleshooter.model import Reason


class Probe(BaseModel):
    """What `probe.js` saw on a page."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    url: str = ""
    page_id: str = ""
    error: str = ""
    exception: str = ""
    busy: bool = False
    email: bool = False
    email_error: str = ""
    password: bool = False
    password_error: bool = False
    identity: str = ""
    tiles: tuple[str, ...] = ()
    other_tile: bool = False
    work_tile: bool = False
    kmsi: bool = False
    primary: bool = False
    back: bool = False
    mfa: bool = False
    denied: bool = False
    timed_out: bool = False
    proof_up: bool = False
    skip_proof_up: bool = False
    change_password: bool = False
    app_confirm: bool = False
    sign_in_link: bool = False
    me_control: bool = False


class Name(StrEnum):
    """What a page is to the driver."""

    HOME = "home"
    SIGNED_OUT = "signed-out"
    PASSING = "passing"
    EMAIL = "email"
    PICKER = "picker"
    WORK_OR_PERSONAL = "work-or-personal"
    PASSWORD = "password"  # noqa: S105 - the name of a screen
    KMSI = "kmsi"
    PROOF_UP_SKIPPABLE = "proof-up-skippable"
    APP_CONFIRM = "app-confirm"
    STOP = "stop"
    WAIT = "wait"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Screen:
    """What the page asks for; for `STOP` the reason, with the service's code where it gave one."""

    name: Name
    reason: Reason | None = None
    code: str | None = None


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
    "50196": Reason.SIGN_IN_ERROR,
    "90100": Reason.SIGN_IN_ERROR,
}
"""AADSTS codes that end a sign-in. 50058 (no session yet), 50140 (KMSI), 50074/50076 (MFA) do not."""

_HARMLESS = frozenset({"", "0", "50058", "50140", "50074", "50076", "50158", "50199", "50125", "50079", "50072"})
"""Codes of a flow that goes on; the registration codes end it only where its page gives no way past."""

PASSING_PATHS = ("/landing", "/authorize", "/kmsi", "/reprocess", "/resume", "/signin-oidc", "/_forms/", "/oauth2/")
"""Paths that lead on by themselves; leaving one breaks the sign-in."""


def _stop(reason: Reason) -> Callable[[Probe], Screen]:
    return lambda probe: Screen(Name.STOP, reason, _aadsts(probe))


def _aadsts(probe: Probe) -> str | None:
    if probe.exception:
        return probe.exception
    return None if probe.error in _HARMLESS else f"AADSTS{probe.error}"


def _is(name: Name) -> Callable[[Probe], Screen]:
    return lambda probe: Screen(name)  # noqa: ARG005 - every row takes the probe


_ROWS: tuple[tuple[Callable[[Probe], bool], Callable[[Probe], Screen]], ...] = (
    # Errors are read before any field is touched, or the account is locked by trying again.
    (lambda p: p.error in CODES and p.error not in _HARMLESS, lambda p: _stop(CODES[p.error])(p)),
    (
        lambda p: bool(p.exception),
        lambda p: _stop(CODES.get(p.exception.removeprefix("AADSTS"), Reason.SIGN_IN_ERROR))(p),
    ),
    (lambda p: p.page_id == "ConvergedConditionalAccess", _stop(Reason.BLOCKED_BY_POLICY)),
    (lambda p: p.page_id == "ConvergedError", _stop(Reason.SIGN_IN_ERROR)),
    (lambda p: p.change_password or p.page_id == "ConvergedChangePassword", _stop(Reason.PASSWORD_EXPIRED)),
    (lambda p: p.page_id == "ConvergedConsent", _stop(Reason.CONSENT_NEEDED)),
    (lambda p: p.denied, _stop(Reason.MFA_DENIED)),
    (lambda p: p.timed_out, _stop(Reason.MFA_TIMEOUT)),
    (lambda p: p.mfa or p.page_id == "ConvergedTFA", _stop(Reason.MFA_NEEDED)),
    (lambda p: p.proof_up and p.skip_proof_up, _is(Name.PROOF_UP_SKIPPABLE)),
    (lambda p: p.proof_up, _stop(Reason.REGISTRATION_NEEDED)),
    # The way past a registration is drawn later than the page's id.
    (lambda p: p.page_id == "ConvergedProofUpRedirect", _is(Name.WAIT)),
    (lambda p: p.busy, _is(Name.WAIT)),
    # The password view's back arrow has the id of the KMSI page's No: only the page's own marks make it KMSI.
    (lambda p: (p.page_id == "KmsiInterrupt" or p.kmsi) and p.back and not p.password, _is(Name.KMSI)),
    (lambda p: p.app_confirm and p.primary, _is(Name.APP_CONFIRM)),
    (lambda p: bool(p.email_error) and p.email, _stop(Reason.UNKNOWN_USER)),
    (lambda p: p.password, _is(Name.PASSWORD)),
    (lambda p: bool(p.tiles) or p.other_tile, _is(Name.PICKER)),
    (lambda p: p.work_tile, _is(Name.WORK_OR_PERSONAL)),
    (lambda p: p.email, _is(Name.EMAIL)),
    (lambda p: p.page_id in ("", "ConvergedSignIn", "KmsiInterrupt", "CmsiInterrupt"), _is(Name.WAIT)),
)
"""First row that fits wins."""


def classify(probe: Probe, hosts: Hosts) -> Screen:
    """Return what the page that `probe` saw asks for."""
    if not hosts.may_type(probe.url):
        path = urlsplit(probe.url).path.lower()
        if any(part in path for part in PASSING_PATHS):
            return Screen(Name.PASSING)
        if probe.me_control:
            return Screen(Name.HOME)
        return Screen(Name.SIGNED_OUT if probe.sign_in_link else Name.WAIT)
    return next((row(probe) for fits, row in _ROWS if fits(probe)), Screen(Name.UNKNOWN))
