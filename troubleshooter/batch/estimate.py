"""Estimates how long a run of many users takes, before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from troubleshooter.model.batch_records import Depth

_REQUESTS = {Depth.QUICK: 3.5, Depth.FULL: 100.0}
"""Requests of SharePoint for each user, with a page; measured in the sandbox (docs/scale.md)."""
_SECONDS = {Depth.QUICK: 0.1, Depth.FULL: 12.0}
"""Seconds of one worker for each user, without a limit."""


@dataclass(frozen=True)
class Estimate:
    """How long a run takes if everybody is in sync; whoever is not takes longer."""

    users: int
    accounts: int
    requests: int
    seconds: float

    @classmethod
    def of(cls, users: int, depth: Depth, accounts: int, workers: int, rate: float) -> Estimate:
        """Return the estimate for that many users.

        Args:
            rate: requests per second and account; 0 for no limit.
        """
        requests = round(users * _REQUESTS[depth])
        allowed = requests / (rate * accounts) if rate else 0.0
        return cls(users, accounts, requests, max(allowed, users * _SECONDS[depth] / workers))

    def __str__(self) -> str:
        """Return it as a sentence."""
        users = "1 user" if self.users == 1 else f"{self.users} users"
        accounts = "1 account" if self.accounts == 1 else f"{self.accounts} accounts"
        asked = f"about {self.requests} requests to SharePoint"
        return f"{users} with {accounts}: {asked}, {duration(self.seconds)}"


def expected(waiting: Mapping[Depth, int], accounts: int, workers: int, rate: float) -> Estimate:
    """Return how long it takes to check everybody who waits; the other arguments are those of `Estimate.of`."""
    parts = [Estimate.of(count, depth, accounts, workers, rate) for depth, count in waiting.items()]
    return Estimate(
        sum(part.users for part in parts),
        accounts,
        sum(part.requests for part in parts),
        sum(part.seconds for part in parts),
    )


def duration(seconds: float) -> str:
    """Return a duration in words, such as `about 7 min`."""
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} min" if minutes < 90 else f"about {minutes // 60} h {minutes % 60} min"
