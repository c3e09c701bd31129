"""Defines how long to wait."""

from __future__ import annotations

SHORT_WAIT = 10.0
"""Seconds to wait for something that happens immediately or not at all."""


def short_wait(timeout: float) -> float:
    """Return the seconds to wait for something that happens immediately or not at all, at most `timeout`."""
    return min(SHORT_WAIT, timeout)
