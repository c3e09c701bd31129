"""The result of comparing two pictures."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.model.enums import MatchVerdict
from troubleshooter.model.message import Message

Part = tuple[float, float, float, float]
"""Left, top, width, height of the crop, as shares of the original's width and height."""


@dataclass(frozen=True)
class Match:
    """The result of comparing two pictures."""

    verdict: MatchVerdict
    score: float | None
    """A distance; 0 for identical pictures, None if undetermined."""
    limit: float
    """The largest distance at which two pictures count as the same."""
    code: str
    """A code from the closed list in `Comparison.code`."""
    said: Message
    """What differs, as a message."""
    amount: float | None = None
    """How much differs, as a share: 0.25 means 25 % closer, shifted by a quarter of the diameter, or 25 % brighter."""
    part: Part | None = None
    """The part of the original that is shown; set only by `match_expected`."""
    open_at: float | None = None
    """The distance at which it stayed undetermined; None if it is determined, or was not measured."""
