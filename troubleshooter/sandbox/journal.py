"""Keeps what the sandbox received: every request, user name and credential."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

MOST = 50_000
"""The number of requests that are kept."""
_SPARE = 5_000
"""How many are dropped at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request that arrived."""

    at: datetime
    """Tenant time, UTC."""
    kind: str
    """`tenant`; `browser`: the browser's own call to its vendor; `unexpected`: any other host."""
    host: str
    method: str
    path: str
    query: str
    dest: str
    """Sec-Fetch-Dest as the browser sent it; empty if it sent none."""
    user: str | None
    """UPN signed in at this host, if any."""
    status: int
    """HTTP status; 0 if there was no response."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The request's headers, without secrets; only for an unexpected host."""
    body: str = ""
    """The request's body, without secrets; only for an unexpected host."""


@dataclass(frozen=True)
class Credential:
    """A secret that arrived. The secret itself is not kept."""

    at: datetime
    """Tenant time, UTC."""
    host: str
    path: str
    user: str
    """What was typed as the user name; empty if none came with it."""
    right: bool
    """Whether it was accepted."""
    kind: str = "password"
    """`password`, `code`, `access-pass`, or `seed` (which nobody should ever send)."""


@dataclass(frozen=True)
class UserName:
    """A user name that arrived at a page that signs in, or at an unexpected host."""

    at: datetime
    """Tenant time, UTC."""
    host: str
    path: str
    user: str


@dataclass
class Journal:
    """What the sandbox received, as lists with the oldest entry first."""

    requests: list[Entry] = field(default_factory=list)
    """The latest requests; after `MOST` the oldest are dropped."""
    credentials: list[Credential] = field(default_factory=list)
    names: list[UserName] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Record a request."""
        self.requests.append(entry)
        if len(self.requests) >= MOST + _SPARE:
            del self.requests[:_SPARE]

    def clear(self) -> None:
        self.requests.clear()
        self.credentials.clear()
        self.names.clear()
