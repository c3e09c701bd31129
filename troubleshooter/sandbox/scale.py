"""Defines how large a sandbox is, and how much it lets its visitors ask for."""

from dataclasses import dataclass

from troubleshooter.sandbox.traffic import Limits

MOST_PEOPLE = 200_000
"""The largest number of generated people: about 600 MB."""


@dataclass(frozen=True)
class Scale:
    """How large a sandbox is. The default is the cast alone, and no limits."""

    people: int = 0
    """Number of people who are generated beside the cast."""
    seed: int = 0
    """Determines who they are and which faults they have."""
    fault_share: float = 0.1
    """Share of generated people who have a fault of their own, 0 to 1."""
    limits: Limits | None = None
    """How much SharePoint answers; None for everything."""

    def __post_init__(self) -> None:
        if not 0 <= self.people <= MOST_PEOPLE:
            raise ValueError(f"people: {self.people}: allowed: 0 to {MOST_PEOPLE}")
        if not 0 <= self.fault_share <= 1:
            raise ValueError(f"fault_share: {self.fault_share}: allowed: 0 to 1")


THE_CAST_ALONE = Scale()
