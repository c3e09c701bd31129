"""Defines what the driver can do, what an account has to sign in with, and a sign-in's progress. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Do(StrEnum):
    """The actions that the driver can perform."""

    DONE = "done"
    WAIT = "wait"
    PASS = "pass"  # noqa: S105
    CLICK = "click"
    PICK = "pick"
    USERNAME = "username"
    PASSWORD = "password"  # noqa: S105
    CREDENTIALS = "credentials"
    CODE = "code"
    ASK = "ask"
    METHOD = "method"
    CREDENTIAL = "credential"
    APPROVAL = "approval"


class Target(StrEnum):
    """The kinds of elements that are clicked."""

    SIGN_IN = "sign-in"
    PRIMARY = "primary"
    NO = "no"
    SKIP = "skip"
    SKIP_FOUND = "skip-found"
    WORK = "work"
    SSO = "sso"
    ANOTHER_WAY = "another-way"
    TO_PASSWORD = "to-password"  # noqa: S105


@dataclass(frozen=True)
class SignInAction:
    """One action of a sign-in."""

    do: Do
    target: Target | None = None
    method: int = 0
    """The position of the method, or of what to sign in with, among those listed."""
    hidden: bool = False
    """Whether the operator's input must be hidden."""


@dataclass(frozen=True)
class Capabilities:
    """The capabilities of an account, and of an operator, in a sign-in."""

    username: str
    totp: bool = False
    """Whether the account has a seed for one-time codes."""
    operator: bool = False
    """Whether an operator can be asked to do something on the phone."""
    terminal: bool = False
    """Whether an operator can type something at the terminal."""


@dataclass(frozen=True)
class Progress:
    """The progress of one sign-in so far."""

    again: bool = False
    """Whether the account was let in before, and its session was then lost without a visible error."""
    actions: int = 0
    usernames_typed: int = 0
    """How often the user name was typed into the cloud's own sign-in."""
    username_document: float = 0
    """The document in which the user name was typed last."""
    name_ignored: bool = False
    """Whether a page that shows both fields ignored the user name, because it also waits for the password."""
    federated_username_typed: bool = False
    """Whether the user name was typed into the company's own provider."""
    password_typed: bool = False
    password_document: float = 0
    """The document in which the password was typed."""
    error_before: bool = False
    """Whether the password's document showed an error before anything was typed."""
    code_before: str = ""
    """The code in that document's `$Config` then."""
    alerts_before: tuple[str, ...] = ()
    """The alerts that the page showed before the user name or the password was typed."""
    posted: bool = False
    """Whether something was sent since the password was typed."""
    sent: bool = False
    """Whether what was typed last was sent."""
    codes: int = 0
    """How many one-time codes were sent."""
    code_document: float = 0
    """The document in which the last code was typed."""
    asked: int = 0
    """How often the operator was asked to type something."""
    detours: int = 0
    """How often another way to sign in was chosen."""
    welcomes: int = 0
    """How often the front page's sign-in link was followed."""
    skips: int = 0
    """How often a registration was skipped."""
    method: str = ""
    """The second factor that was chosen."""

    @property
    def secret_sent(self) -> bool:
        """Return whether a secret was typed: the password, a code, or what an operator was asked for."""
        return self.password_typed or self.codes > 0 or self.asked > 0
