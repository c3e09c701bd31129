"""What the driver can do, with what it can do it, and what one sign-in remembers. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Do(StrEnum):
    """What the driver can do."""

    DONE = "done"
    WAIT = "wait"
    PASS = "pass"  # noqa: S105
    CLICK = "click"
    PICK = "pick"
    NAME = "name"
    PASSWORD = "password"  # noqa: S105
    CREDENTIALS = "credentials"
    CODE = "code"
    ASK = "ask"
    METHOD = "method"
    PERSON = "person"


class Target(StrEnum):
    """What is clicked."""

    SIGN_IN = "sign-in"
    PRIMARY = "primary"
    NO = "no"
    SKIP = "skip"
    WORK = "work"
    SSO = "sso"
    ANOTHER_WAY = "another-way"
    TO_PASSWORD = "to-password"  # noqa: S105


@dataclass(frozen=True)
class Action:
    """One thing to do, or the stop that there is nothing."""

    do: Do
    target: Target | None = None
    method: int = 0
    """Which of the methods that are listed."""
    hidden: bool = False
    """Whether what a person is asked for must not be shown while it is typed."""


@dataclass(frozen=True)
class Able:
    """What the account has, and whether a person is there."""

    username: str
    totp: bool = False
    operator: bool = False
    """A person can be told to do something on the phone."""
    terminal: bool = False
    """A person can type something here."""


@dataclass(frozen=True)
class Memory:
    """What one sign-in has done."""

    again: bool = False
    """Whether the account was let in before: its session was lost, without an error as far as anybody saw."""
    rounds: int = 0
    named: int = 0
    """How often the user name was given to the cloud's own sign-in."""
    named_in: float = 0
    """The document that it was typed into last."""
    named_there: bool = False
    """Whether it was given to the company's own provider."""
    typed: bool = False
    """Whether the password was typed."""
    typed_in: float = 0
    """The document that it was typed into."""
    noticed: bool = False
    """Whether that document complained before anything was typed."""
    posted: bool = False
    """Whether something was sent since."""
    sent: bool = False
    """Whether what was typed last, of whatever kind, was sent."""
    codes: int = 0
    code_in: float = 0
    """The document that the last one-time code was typed into."""
    asked: int = 0
    detours: int = 0
    method: str = ""
    """The second factor that was chosen."""
