"""The person at this terminal: told what to do while a sign-in waits, and asked for codes."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from troubleshooter.cli._exits import say
from troubleshooter.secret import Secret

if TYPE_CHECKING:
    from troubleshooter.model import Said
    from troubleshooter.signin.people import Task

_AGAIN = 30
"""Seconds after which a line that can't count down is said again."""


class AtTerminal:
    """Says on stderr what a person has to do, with the time that is left; what is said does not depend on --quiet."""

    def __init__(self) -> None:
        self.terminal = bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())
        self.count_down: Callable[[str], None] | None = None
        """Shows a line that replaces the one before, where the terminal can."""
        self.step_aside: Callable[[bool], None] = lambda aside: None  # noqa: ARG005
        """Makes room at the terminal for a question, and takes it back."""
        self._said: tuple[Task, int] | None = None

    def tell(self, task: Task, seconds: float) -> None:
        """Say what is to be done: once, again when it changes, and in between the time that is left."""
        left = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
        part = int(seconds) // _AGAIN
        if self._said is None or self._said[0] != task:
            say(f"{task.what.text} ({left} left)")
            self._said = (task, part)
        elif self.count_down:
            self.count_down(f"{task.what.text} ({left} left)")
        elif part != self._said[1]:
            say(f"   still waiting: {left} left")
            self._said = (task, part)

    def told(self) -> None:
        """Forget the task: what comes next is said anew."""
        self._said = None

    async def ask(self, what: Said, *, hidden: bool) -> Secret | None:
        """Return what the person types; None for no answer."""
        self.step_aside(True)
        try:
            answer = await asyncio.to_thread(getpass.getpass if hidden else _visible, what.text)
        except EOFError:
            return None
        finally:
            self.step_aside(False)
        return Secret(answer.strip()) if answer.strip() else None


def _visible(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline()
