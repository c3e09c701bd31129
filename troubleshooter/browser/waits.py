"""How long to wait."""

from __future__ import annotations

SHORT_WAIT = 10.0
"""Seconds for something that comes at once or not at all."""


def short_wait(timeout: float) -> float:
    """Return the seconds to wait for something that comes at once or not at all, within the longest single wait."""
    return min(SHORT_WAIT, timeout)
