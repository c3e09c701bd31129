"""Notes what sign-in looked for on the page at which it ended, so that record and advice name what a repair needs."""

from __future__ import annotations

from troubleshooter.browser.locator_use import locators
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.signin.actions import Progress
from troubleshooter.signin.selectors import PARTS
from troubleshooter.signin.stop_messages import doubting

_MAY_BE_REDESIGNED = frozenset({Reason.UNKNOWN_SIGN_IN_SCREEN, Reason.SIGN_IN_ERROR})
"""Reasons that may mean that a page of sign-in is there, and looks different."""


def note_expected(stop: Stopped, progress: Progress) -> None:
    """Note in the record, and in the help of `stop`, the parts of sign-in that came next and were not found before.

    A stop whose reason the service gives, or that no redesign explains, stays as it is.
    """
    if stop.reason not in _MAY_BE_REDESIGNED or stop.code:
        return
    use, expected = locators(), [PARTS[name] for name in _next(progress)]
    use.missed(expected)
    if lost := use.lost(expected):
        advice = message(
            "{help} Not found: {ids}. If the page was redesigned, add a CSS selector for {ids} to locators.toml beside "
            "the tenant file (README, “When a page has changed”).",
            help=stop.help,
            ids=", ".join(lost),
        )
        stop.advise(advice)
    if repaired := use.repaired(tuple(PARTS.values())):
        stop.advise(doubting(repaired, stop.help))


def _next(progress: Progress) -> tuple[str, ...]:
    if progress.password_typed:
        return "primary", "kmsi", "back"
    return ("primary", "password") if progress.usernames_typed else ("email",)
