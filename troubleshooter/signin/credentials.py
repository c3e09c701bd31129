"""Defines what an account signs in with, and the settings of a sign-in. Data only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troubleshooter.model.message import Message
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.operator import Operator
from troubleshooter.signin.totp import UsedCodes

if TYPE_CHECKING:
    from playwright.async_api import Locator


def _allowed() -> None:
    """Allow it; the default where a sign-in needs no permission."""


def _nobody(element: Locator, what: Message) -> None:
    """Ignore the notification that an element is about to be used; the default where nobody listens."""


@dataclass(frozen=True)
class Credentials:
    """The credentials with which an account signs in."""

    username: str
    """UPN."""
    password: Secret
    """The password; empty if an operator signs in by hand."""
    totp: Secret | None = None
    """The seed of the account's one-time codes, in base32."""
    used: UsedCodes = field(default_factory=UsedCodes)
    """The one-time codes that were used; each code is sent at most once, even by a second sign-in."""
    gate: Callable[[], None] = _allowed
    """Called before anything of it is typed, or an approval is waited for. What it raises ends the sign-in."""


@dataclass(frozen=True)
class SignInSettings:
    """The settings of a sign-in."""

    timeout: float
    """The longest single wait, in seconds."""
    learn: Callable[[Secret], None]
    """Called with each secret that an operator types or that is made here, before it is used, to get it redacted."""
    operator: Operator | None = None
    """Who can be asked to do something; None if nobody can."""
    interactive: bool = False
    """Whether the operator signs in by hand, in which case nothing is typed and nothing is clicked."""
    again: bool = False
    """Whether the account was let in before; if so, the first sign of an error ends the sign-in before any typing."""
    acted_on: Callable[[Locator, Message], Any] = _nobody
    """Called with each element just before it is used; awaited if it returns an awaitable."""
