"""What the sandbox was asked, and every password that it was given."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One request."""

    at: datetime
    """Tenant time, UTC."""
    kind: str
    """tenant; browser: the browser's own call to its vendor; unexpected: any other host."""
    host: str
    method: str
    path: str
    query: str
    dest: str
    """Sec-Fetch-Dest as the browser sent it; empty if it sent none."""
    user: str | None
    """UPN signed in at this host, if any."""
    status: int
    """HTTP status; 0: there was no answer."""


@dataclass(frozen=True)
class Credential:
    """One password that arrived. The password itself is not kept."""

    at: datetime
    """Tenant time, UTC."""
    host: str
    path: str
    user: str
    """What was typed as the user name; empty if none came with it."""
    right: bool
    """Whether it was accepted."""


@dataclass
class Journal:
    """Both lists, oldest first."""

    requests: list[Entry] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)

    def clear(self) -> None:
        self.requests.clear()
        self.credentials.clear()
