"""Notes what sign-in looked for on the page at which it ended, so that the record names it and can be repaired."""

from __future__ import annotations

from troubleshooter.browser.locator_use import locators
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.signin.actions import Progress
from troubleshooter.signin.selectors import PARTS

_MAY_BE_REDESIGNED = frozenset({Reason.UNKNOWN_SIGN_IN_SCREEN, Reason.SIGN_IN_ERROR})
"""Reasons that may mean that a page of sign-in is there, and looks different."""


def note_expected(stop: Stopped, progress: Progress) -> None:
    """Note the parts of sign-in that came next and were not found before, unless the service says why it ended."""
    if stop.reason not in _MAY_BE_REDESIGNED or stop.code:
        return
    for name in _next(progress):
        locators().missed(PARTS[name])


def _next(progress: Progress) -> tuple[str, ...]:
    if progress.password_typed:
        return "primary", "kmsi", "back"
    return ("primary", "password") if progress.usernames_typed else ("email",)
