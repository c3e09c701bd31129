"""What a sign-in page can be, and the form of a row that recognizes it. Data only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from troubleshooter.model.enums import Reason
from troubleshooter.signin.codes import aadsts
from troubleshooter.signin.probe import Probe

KNOWN_PAGES = ("", "ConvergedSignIn", "ConvergedTFA", "KmsiInterrupt", "CmsiInterrupt", "ConvergedProofUpRedirect")
"""PageIDs whose pages are recognized by what they show."""


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
    CREDENTIAL_LIST = "credential-list"
    PASSKEY = "passkey"
    PROOF_UP_SKIPPABLE = "proof-up-skippable"
    CAMPAIGN = "campaign"
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


def is_screen(name: ScreenName) -> Callable[[Probe], Screen]:
    """Return a function that returns the screen `name` for any page."""
    return lambda probe: Screen(name)  # noqa: ARG005 - every row takes the probe


def stop(reason: Reason, about: str = "") -> Callable[[Probe], Screen]:
    """Return a function that returns the stop for `reason`, with the code that a page shows."""
    return lambda probe: Screen(ScreenName.STOP, reason, aadsts(probe), about)
