"""Counts what arrives, by account and by host, and says what is too much.

The limits are those of the facts on the service: about 3,000 requests in 5 minutes for one signed-in user on
SharePoint, and as many PeopleManager calls for a whole tenant. Requests that are refused count as well.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from math import ceil

_WRITTEN = re.compile(r"(?P<requests>[1-9][0-9]{0,8})/(?P<seconds>[1-9][0-9]{0,5})s", re.ASCII)
_SECOND = 1.0
_WATCHED = 300.0
"""Seconds over which the most requests are counted where nothing is limited."""


@dataclass(frozen=True)
class Limits:
    """How much SharePoint lets one user ask for, and how many PeopleManager calls it answers for the whole tenant."""

    requests: int = 3000
    seconds: float = 300.0


def limits_from(written: str) -> Limits:
    """Return the limits that `written` names, such as `60/10s`.

    Raises ValueError for anything else.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if not found:
        raise ValueError(f"{written!r} is not a limit; expected REQUESTS/SECONDSs, such as 3000/300s")
    return Limits(int(found["requests"]), float(found["seconds"]))


@dataclass
class Count:
    """The requests of one account, or to one API."""

    seconds: float
    """The span of time over which the most requests are counted."""
    requests: int = 0
    throttled: int = 0
    most: int = 0
    """The largest number of requests in any `seconds`."""
    most_in_a_second: int = 0
    _recent: deque[float] = field(default_factory=deque)
    _now: deque[float] = field(default_factory=deque)

    def note(self, at: float) -> int:
        """Count a request; return how many there were within `seconds`, including this one."""
        self.requests += 1
        for times, span in ((self._recent, self.seconds), (self._now, _SECOND)):
            times.append(at)
            while times[0] <= at - span:
                times.popleft()
        self.most = max(self.most, len(self._recent))
        self.most_in_a_second = max(self.most_in_a_second, len(self._now))
        return len(self._recent)

    def wait(self, at: float, allowed: int) -> int:
        """Return the whole seconds after which a further request is among the `allowed` ones."""
        return max(1, ceil(self._recent[len(self._recent) - allowed] + self.seconds - at))

    def report(self) -> dict[str, float]:
        """Return the count as JSON."""
        return {
            "requests": self.requests,
            "throttled": self.throttled,
            "most": self.most,
            "most_in_a_second": self.most_in_a_second,
        }


class Traffic:
    """What arrived since the start."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits
        """None if nothing is too much."""
        self.clear()

    def clear(self) -> None:
        """Forget what arrived."""
        self._seconds = self.limits.seconds if self.limits else _WATCHED
        self.hosts: dict[str, int] = {}
        """Requests by host; of SharePoint's hosts, those that count."""
        self.accounts: dict[str, Count] = {}
        """Requests to SharePoint's hosts, by the UPN of the session in which they were made."""
        self.people_manager = Count(self._seconds)
        """PeopleManager calls, whoever makes them."""

    @property
    def throttled(self) -> int:
        """How many requests were refused because there were too many."""
        return sum(count.throttled for count in self.accounts.values())

    def note(self, host: str) -> None:
        """Count a request to a host."""
        self.hosts[host] = self.hosts.get(host, 0) + 1

    def note_user(self, upn: str, at: float, *, people_manager: bool) -> int | None:
        """Count a user's request to SharePoint; return after how many seconds to ask again if it is too much."""
        account = self.accounts.setdefault(upn, Count(self._seconds))
        asked = [(account, account.note(at))]
        if people_manager:
            asked.append((self.people_manager, self.people_manager.note(at)))
        if self.limits is None:
            return None
        allowed = self.limits.requests
        over = [count for count, recent in asked if recent > allowed]
        if not over:
            return None
        account.throttled += 1
        if self.people_manager in over:
            self.people_manager.throttled += 1
        return max(count.wait(at, allowed) for count in over)

    def report(self) -> dict[str, object]:
        """Return everything that was counted as JSON."""
        limits = self.limits
        return {
            "limits": {"requests": limits.requests, "seconds": limits.seconds} if limits else None,
            "seconds": self._seconds,
            "throttled": self.throttled,
            "hosts": dict(self.hosts),
            "accounts": {upn: count.report() for upn, count in self.accounts.items()},
            "people_manager": self.people_manager.report(),
        }
