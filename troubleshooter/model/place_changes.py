"""What became of each place between two runs of the same user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from troubleshooter.model.enums import MatchVerdict


class Became(StrEnum):
    """What became of a place; in the order in which places are listed."""

    NEW = "new"
    """It showed the right photo, and no longer does."""
    CHANGED = "changed"
    """It shows something different from before, without becoming right or wrong for certain."""
    FIXED = "fixed"
    """It did not show the right photo, and does now."""
    ONLY_IN_B = "only-in-b"
    ONLY_IN_A = "only-in-a"
    STILL = "still"
    """It showed no right photo in either run."""
    UNCLEAR = "unclear"
    """Neither run could determine what it shows."""
    UNCHANGED = "unchanged"
    """It showed the right photo in both runs."""
    NOT_COMPARED = "not-compared"
    """One of the runs was not conclusive."""


@dataclass(frozen=True)
class PlaceChange:
    """One place in two runs."""

    became: Became
    before: int | None
    """The sighting in the first run, by its index; None if the place was not seen."""
    after: int | None
    """The sighting in the second run."""
    pictures: MatchVerdict | None = None
    """Whether both runs show the same picture there; None if only one has seen the place."""
