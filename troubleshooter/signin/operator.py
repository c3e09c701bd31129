"""The operator: the person who can be asked to do something while a sign-in waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from troubleshooter.model.message import Message
from troubleshooter.redaction.secret import Secret

LIMIT = 300.0
"""Seconds that a sign-in waits for the operator; a phone is not always at hand."""
INTERACTIVE_LIMIT = 900.0
"""Seconds that an operator has to sign in by hand."""


@dataclass(frozen=True)
class Task:
    """A task for the operator."""

    what: Message
    """What to do, as a whole sentence."""
    number: str = ""
    """The number to enter on the phone; empty if none is asked for."""


class Operator(Protocol):
    """Somebody who can be asked to do something."""

    terminal: bool
    """Whether the operator can type something."""

    def show(self, task: Task, seconds: float) -> None:
        """Show what is to be done; called again while `seconds` run down, and with another task when it changes."""

    def clear(self) -> None:
        """Stop showing the task, which is over."""

    async def ask(self, what: Message, *, hidden: bool) -> Secret | None:
        """Return what the operator types; None for no answer."""
