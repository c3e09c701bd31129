"""Defines how long to wait, and says how long was waited."""

from __future__ import annotations

from troubleshooter.model.message import Message, message

SHORT_WAIT = 10.0
"""Seconds to wait for something that happens immediately or not at all."""


def short_wait(timeout: float) -> float:
    """Return the seconds to wait for something that happens immediately or not at all, at most `timeout`."""
    return min(SHORT_WAIT, timeout)


def not_loaded(limit: float, waited: float) -> Message:
    """Return that a page did not load within `limit` seconds, or within fewer, if similar waits had brought nothing."""
    if waited > limit - 0.5:
        return message("The page did not load within {seconds} s.", seconds=f"{limit:g}")
    return message(
        "The page did not load within {seconds} s. The wait was shorter because earlier ones of {limit} s had brought "
        "nothing.",
        seconds=f"{waited:.0f}",
        limit=f"{limit:g}",
    )
