"""The rows of the matrix: which scenario is disturbed where, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from troubleshooter.sandbox.interference import STATUSES

NETWORK = ("slow", "silent", "reset", "half-sent", *(str(status) for status in STATUSES), "tls", "loop", "clock")
"""What happens to every request to a place, from the first."""
COMPUTER = ("browser-killed", "page-killed", "disk-full", "computer-clock")
"""What happens on the computer at the first request to a place: the browser or the process of its page is killed, no
more file can be written, the clock jumps."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "photo-differs": (
        "home", "sign-in", "sharepoint", "my", "userphoto", "api", "cdn", "photo-service", "graph", "outlook",
    ),
    "resync-photo": ("home", "sign-in", "sharepoint", "my", "userphoto", "api", "photo-service"),
    "add-photo": ("home", "sign-in", "sharepoint", "photo-service"),
}  # fmt: skip
"""The places that each scenario asks."""
_PATHS = ("userphoto", "api", "cdn")
"""Places that are no hosts of their own, and have no certificate."""
_BY_A_COLLEAGUE = ("photo-service", "graph", "outlook")
"""Places that `photo-differs` asks most in a colleague's session."""
_COMPUTER_PLACES = ("home", "sign-in", "sharepoint", "my", "photo-service")
FAULTS = ("healthy", "stale-copy")


@dataclass(frozen=True)
class Row:
    """One disturbed run."""

    scenario: str
    fault: str
    account: str
    kind: str
    place: str

    @property
    def key(self) -> str:
        """Return the row's name."""
        return f"{self.kind} {self.place} {self.scenario} {self.fault} {self.account}"


def rows() -> list[Row]:
    """Return every row."""
    return [
        Row(scenario, fault, _account(scenario, place), kind, place)
        for scenario, places in PLACES.items()
        for kind in (*NETWORK, *COMPUTER)
        for place in places
        for fault in FAULTS
        if not (kind == "tls" and place in _PATHS) and not (kind in COMPUTER and place not in _COMPUTER_PLACES)
    ]


def _account(scenario: str, place: str) -> str:
    return "helpdesk" if scenario == "photo-differs" and place in _BY_A_COLLEAGUE else "ana"
