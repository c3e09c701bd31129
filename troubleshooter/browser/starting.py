"""Starts the first browser that responds, and says why the others did not: they may be forbidden or broken."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from troubleshooter.browser.executable import Executable
from troubleshooter.browser.failures import BrowserFailure, TimedOut, browser_failures
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message

_Started = TypeVar("_Started")
_OUTPUT = re.compile(r"\[pid=\d+\]\[(?:err|out)\] (?P<line>.+)")
"""What a browser wrote while it was started, in Playwright's message."""
_FORBIDDEN = re.compile(r"remote debugging|RemoteDebuggingAllowed|disallowed by the system admin", re.IGNORECASE)
"""What Chromium says where a policy forbids remote control (service-2026.md, Service, H)."""
_PATIENCE = 20.0
"""The longest wait in seconds for a browser to respond while another one is left to try."""
_LONGEST = 200
"""Most characters of what a browser said."""


@dataclass(frozen=True)
class Refusal:
    """A browser that did not start."""

    executable: Executable
    said: str
    """What it wrote; empty if it wrote nothing."""
    seconds: float | None
    """How many seconds the wait took, if the browser never responded."""

    @property
    def is_forbidden(self) -> bool:
        """Return whether the browser's output says that a policy forbids remote control."""
        return bool(_FORBIDDEN.search(self.said))

    @property
    def what(self) -> Message:
        """Return what happened."""
        path, said = self.executable.path, self.said
        if self.seconds is not None:
            seconds = f"{self.seconds:g}"
            if said:
                return message(
                    "The browser {path} did not respond within {seconds} s. It reported: {said}",
                    path=path,
                    seconds=seconds,
                    said=said,
                )
            return message("The browser {path} did not respond within {seconds} s.", path=path, seconds=seconds)
        if said:
            return message("The browser {path} did not start. It reported: {said}", path=path, said=said)
        return message("The browser {path} did not start.", path=path)


async def first_started(
    browsers: Sequence[Executable],
    seconds: float,
    start: Callable[[Executable, float], Awaitable[_Started]],
    refused: Callable[[Refusal], None] = lambda refusal: None,  # noqa: ARG005
) -> tuple[_Started, Executable]:
    """Return the first of `browsers` that responds, as `start` returns it, and which one that is.

    Args:
        seconds: the longest wait for the last one; the others get less.
        start: starts one browser within the given number of seconds.
        refused: called with each browser that did not start.

    Raises:
        Stopped: none of them started (`browser-missing`); the message is about the first.
    """
    refusals: list[Refusal] = []
    for number, browser in enumerate(browsers, 1):
        limit = seconds if number == len(browsers) else min(seconds, _PATIENCE)
        try:
            with browser_failures():
                return await start(browser, limit), browser
        except BrowserFailure as error:
            late = limit if isinstance(error, TimedOut) else None
            refusals.append(Refusal(browser, _what_it_said(error.said), late))
            refused(refusals[-1])
    raise _none_started(refusals)


def no_display(*, headed: bool) -> Stopped | None:
    """Return the `Stopped` error for a computer that cannot show a window; None if it can."""
    if headed and platform.system() == "Linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        return Stopped(
            Reason.BROWSER_MISSING,
            message("A browser window is needed, and this computer has no display."),
            message("Run it at a computer with a screen, or without --headed and --sign-in interactive."),
        )
    return None


def _what_it_said(said: str) -> str:
    """Return the most informative lines of the browser's output: those about a policy, else the last two."""
    lines = list(dict.fromkeys(found["line"].strip() for found in _OUTPUT.finditer(said)))
    chosen = [line for line in lines if _FORBIDDEN.search(line)][:1] or lines[-2:]
    text = " ".join(chosen)
    return "".join(c for c in text if c.isprintable())[:_LONGEST]


def _none_started(refusals: Sequence[Refusal]) -> Stopped:
    if any(refusal.is_forbidden for refusal in refusals):
        help_ = message(
            "A policy on this computer forbids remote control of the browser (RemoteDebuggingAllowed). Ask whoever "
            "manages this computer, or name another browser with --browser or --executable."
        )
    else:
        help_ = message(
            "Start it by hand to see why, or name another one with --browser or --executable. If it starts by hand, "
            "a policy may forbid remote control: look for RemoteDebuggingAllowed at chrome://policy."
        )
    first = next((refusal for refusal in refusals if refusal.is_forbidden), refusals[0])
    return Stopped(Reason.BROWSER_MISSING, first.what, help_)
