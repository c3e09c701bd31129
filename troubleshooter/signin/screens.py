"""Recognizes the screen that a page shows from ids, names and `$Config`, in no language. Pure; one row per screen.

The ids and page ids are those on which recorded pages and maintained sign-in tools agree (facts/signin-and-home.md 1,
facts/real-pages-2026.md 7).
"""

from __future__ import annotations

import re

from troubleshooter.model.enums import Reason
from troubleshooter.model.session_control import is_controlled, original_host
from troubleshooter.signin.credential_screens import CREDENTIALS, FEDERATED_ROWS
from troubleshooter.signin.ending_screens import ENDING, ERRORS
from troubleshooter.signin.factor_screens import FACTORS
from troubleshooter.signin.interrupting_screens import INTERRUPTING
from troubleshooter.signin.passkeys import REGISTRATION_HOST
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName, ScreenRow
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of

ROWS: tuple[ScreenRow, ...] = (*ERRORS, *ENDING, *INTERRUPTING, *FACTORS, *CREDENTIALS)
"""The pages of the cloud's own sign-in: the first matching row wins."""
ALL_ROWS: tuple[ScreenRow, ...] = (*ERRORS, *FEDERATED_ROWS, *ROWS[len(ERRORS) :])
"""The same, with those of a company's own identity provider."""

_PASSING = re.compile(r"/(?:landing(?:v\d+)?|authorize|kmsi|reprocess|resume|signin-oidc|_forms|oauth2)(?:/|$)")
"""Paths of pages that continue by themselves; leaving one breaks the sign-in."""
_FRONT = (
    *("www.office.com", "office.com", "m365.cloud.microsoft", "copilot.cloud.microsoft"),
    *("www.microsoft365.com", "microsoft365.com"),
)
_TERMS_HOST = "account.activedirectory.windowsazure.com"


def classify(probe: Probe, hosts: HostPolicy) -> Screen:
    """Return what the page described by `probe` asks for."""
    if not hosts.may_type(probe.url):
        if is_controlled(host_of(probe.url)) and (probe.email or probe.password):
            return Screen(ScreenName.STOP, Reason.SESSION_CONTROL)  # it may be visited, but never typed into
        return _on_other_host(probe)
    if not hosts.is_federated(probe.url):
        return _first(ROWS, probe)
    # A company's own provider may call its pages anything.
    return _first(ALL_ROWS, probe.model_copy(update={"page_id": ""}))


def _first(rows: tuple[ScreenRow, ...], probe: Probe) -> Screen:
    return next(row.screen(probe) for row in rows if row.matches(probe))


def is_home_host(probe: Probe) -> bool:
    """Return whether `probe` describes a page on a host of Microsoft 365's home page."""
    return original_host(host_of(probe.url)) in _FRONT


def is_front_page(probe: Probe) -> bool:
    """Return whether `probe` describes the front page of Microsoft 365, whether or not somebody is signed in."""
    return original_host(host_of(probe.url)) in _FRONT and probe.path in ("", "/")


def _at_registration(probe: Probe) -> Screen:
    if probe.ask_later or probe.skip_proof_up:
        return Screen(ScreenName.PROOF_UP_SKIPPABLE)
    if probe.skip:
        return Screen(ScreenName.CAMPAIGN)
    drawn = probe.options or probe.me_control
    return Screen(ScreenName.STOP, Reason.REGISTRATION_NEEDED) if drawn else Screen(ScreenName.WAIT)


def _on_other_host(probe: Probe) -> Screen:
    host, path = host_of(probe.url), probe.path
    if probe.url.startswith("chrome-error:"):
        return Screen(ScreenName.STOP, Reason.HOST_UNREACHABLE)
    if host == REGISTRATION_HOST:
        return _at_registration(probe)
    if host == _TERMS_HOST and path.startswith("/termsofuse"):
        return Screen(ScreenName.STOP, Reason.CONSENT_NEEDED, about="terms")
    if _PASSING.search(path) and not path.startswith(("/sites/", "/teams/")):
        return Screen(ScreenName.PASSING)
    # The header of a front page for everybody may have an account button as well, which offers to sign in.
    if probe.me_control and not (probe.sign_in_link and is_home_host(probe)):
        return Screen(ScreenName.HOME)
    return Screen(ScreenName.SIGNED_OUT if probe.sign_in_link else ScreenName.WAIT)
