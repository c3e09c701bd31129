"""The operator at this terminal, who is shown what to do while a sign-in waits, and is asked for codes."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from troubleshooter.cli.console import say, shown
from troubleshooter.redaction.secret import Secret

if TYPE_CHECKING:
    from troubleshooter.model.message import Message
    from troubleshooter.signin.operator import Task

_REPEAT_AFTER = 30
"""Seconds after which a task is printed again where the terminal can't count down."""


class AtTerminal:
    """Prints on stderr what the operator has to do, and how much time is left, even with `--quiet`."""

    def __init__(self) -> None:
        self.terminal = bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())
        self._count_down: Callable[[str], None] | None = None
        self._step_aside: Callable[[bool], None] = lambda aside: None  # noqa: ARG005
        self._said: tuple[Task, int] | None = None

    def share_terminal(self, count_down: Callable[[str], None], step_aside: Callable[[bool], None]) -> None:
        """Share the terminal with a progress display.

        Args:
            count_down: shows a line in place of the previous one.
            step_aside: makes room for a question (True), and takes it back (False).
        """
        self._count_down, self._step_aside = count_down, step_aside

    def show(self, task: Task, seconds: float) -> None:
        """Print what the operator has to do, again whenever that changes, and the time left in between."""
        left = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
        part = int(seconds) // _REPEAT_AFTER
        if self._said is None or self._said[0] != task:
            say(f"{task.what.text} ({left} left)")
            self._said = (task, part)
        elif self._count_down:
            self._count_down(f"{task.what.text} ({left} left)")
        elif part != self._said[1]:
            say(f"   still waiting: {left} left")
            self._said = (task, part)

    def clear(self) -> None:
        """Forget the task, which is over."""
        self._said = None

    async def ask(self, what: Message, *, hidden: bool) -> Secret | None:
        """Return what the operator types; None if the operator gives no answer."""
        self._step_aside(True)
        try:
            with _echo_restored():
                answer = await _in_thread(getpass.getpass if hidden else _visible, shown(what.text))
        except EOFError:
            return None
        finally:
            self._step_aside(False)
        return Secret(answer.strip()) if answer.strip() else None


def _visible(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    # Not through sys.stdin: a thread that waits there holds a lock that Python needs to exit.
    return os.read(sys.stdin.fileno(), 4096).decode(errors="replace")


async def _in_thread(ask: Callable[[str], str], prompt: str) -> str:
    """Ask in a thread and return the answer; the thread delays neither cancellation nor the program's exit."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[str] = loop.create_future()

    def settle(answer: str, error: Exception | None) -> None:
        if answered.done():
            return
        if error:
            answered.set_exception(error)
        else:
            answered.set_result(answer)

    def wait() -> None:
        answer, failure = "", None
        try:
            answer = ask(prompt)
        except Exception as error:  # noqa: BLE001 - raised again where the answer is awaited
            failure = error
        with suppress(RuntimeError):  # the loop is closed: nobody awaits the answer any more
            loop.call_soon_threadsafe(settle, answer, failure)

    threading.Thread(target=wait, daemon=True).start()
    return await answered


@contextmanager
def _echo_restored() -> Iterator[None]:
    """Restore the terminal's settings on exit, because a hidden question that is cancelled would leave echo off."""
    try:
        import termios  # noqa: PLC0415 - Windows has none
    except ImportError:
        yield
        return
    try:
        before = termios.tcgetattr(sys.stdin)
    except (OSError, ValueError, termios.error):
        yield  # not a terminal
        return
    try:
        yield
    finally:
        with suppress(OSError, termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
