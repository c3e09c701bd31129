"""What a person has to do while a sign-in waits, and who tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from troubleshooter.model.message import Message
from troubleshooter.redaction.secret import Secret

LIMIT = 300.0
"""Seconds that a sign-in waits for a person; a phone is not always at hand."""
INTERACTIVE_LIMIT = 900.0
"""Seconds that a person has who signs in alone."""


@dataclass(frozen=True)
class Task:
    """What a person has to do."""

    what: Message
    """The whole sentence."""
    number: str = ""
    """The number to enter on the phone; empty where none is asked for."""


class Operator(Protocol):
    """Somebody who can be told, and asked."""

    terminal: bool
    """Whether something can be typed here."""

    def tell(self, task: Task, seconds: float) -> None:
        """Say what is to be done; called again while `seconds` run down, and with another task when it changes."""

    def told(self) -> None:
        """The task is over."""

    async def ask(self, what: Message, *, hidden: bool) -> Secret | None:
        """Return what the person types; None for no answer."""
