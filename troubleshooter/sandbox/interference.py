"""Defines what somebody who tries a visitor's patience may do to the tenant: mutations of pages, disturbances of hosts.

No visitor can see that there is either. `mutations.py` and `disturbances.py` carry them out.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from troubleshooter.sandbox.sessions import HOME, LOGIN, MY, SHAREPOINT

MUTATIONS = ("token", "attribute", "label", "removal")
"""What a mutation does: it renames a token wherever it stands, takes an attribute from elements, changes what they are
called, or removes them."""
STATUSES = (401, 403, 404, 410, 429, 500, 503)
DISTURBANCES = (
    "slow",
    "silent",
    "reset",
    "half-sent",
    *(str(status) for status in STATUSES),
    "tls",
    "loop",
    "clock",
    "noted",
)
"""What happens to a request: the answer is late; there is never one; the connection ends before it, or in the middle of
it; it is an error; the certificate is one that nobody vouches for; it redirects to itself; its date is wrong; nothing
but a note that a request arrived."""
PLACES: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "home": (("www.office.com", HOME), "/"),
        "sign-in": ((LOGIN,), "/"),
        "sharepoint": ((SHAREPOINT,), "/"),
        "my": ((MY,), "/"),
        "userphoto": ((SHAREPOINT,), "/_layouts/15/userphoto.aspx"),
        "api": ((SHAREPOINT,), "/_api/"),
        "photo-service": (("eur.loki.delve.office.com",), "/"),
        "cdn": ((SHAREPOINT,), "/_vti_bin/afdcache.ashx"),
        "graph": (("graph.microsoft.com",), "/"),
        "outlook": (("outlook.office.com", "outlook.office365.com"), "/"),
    }
)
"""What can be disturbed: hosts, and a part of the paths."""


@dataclass(frozen=True)
class Mutation:
    """One thing that a page no longer has as before."""

    kind: str
    """One of `MUTATIONS`."""
    element: str = ""
    """CSS selector of the elements concerned; beside each stands a decoy."""
    name: str = ""
    """The token that is renamed, or the attribute that is taken away."""
    decoy: str = "alike"
    """What stands beside each: what looks `alike`; a `shell` with nothing but a button in it; or `none`."""
    to: str = ""
    """The token's new name, if it is chosen."""
    also: tuple[tuple[str, str], ...] = ()
    """More tokens that are renamed, each with its new name."""

    @property
    def renamed(self) -> str:
        """The token's new name: meaningless unless it is chosen, as the names of generated classes are."""
        return self.to or f"q{sha256(self.name.encode()).hexdigest()[:8]}"

    @property
    def renames(self) -> tuple[tuple[str, str], ...]:
        """Every token that is renamed, with its new name."""
        return ((self.name, self.renamed), *self.also) if self.kind == "token" else ()


@dataclass
class Disturbance:
    """Something that goes wrong at one place, and how often it did."""

    kind: str
    """One of `DISTURBANCES`."""
    place: str
    """One of `PLACES`."""
    spared: int = 0
    """How many requests are answered as usual before it begins."""
    times: int | None = None
    """How many requests it concerns; None: every further one."""
    count: int = 0
    """How many requests have arrived at the place."""
    began: threading.Event = field(default_factory=threading.Event)
    """Set by the first request that it concerns."""

    def concerns(self, host: str, path: str) -> bool:
        """Return whether a request is disturbed, and count it."""
        hosts, part = PLACES[self.place]
        if host not in hosts or part.lower() not in path.lower():
            return False
        self.count += 1
        if self.count <= self.spared or (self.times is not None and self.count > self.spared + self.times):
            return False
        self.began.set()
        return True
