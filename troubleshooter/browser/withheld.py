"""Remembers what hosts have withheld for a whole time limit, so that it is waited for once, not once per place."""

from __future__ import annotations

import time
from collections.abc import Callable

from troubleshooter.urls import host_of

SHORT = 3.0
"""Seconds to wait for something whose host has withheld the like of it for a whole time limit."""
_WHOLE = 0.9
"""The share of a limit that counts as all of it: a page's requests start somewhat later than the wait for the page."""


class Withheld:
    """What hosts have withheld so far: a URL, whatever is at the same place, or everything.

    Whatever arrives from a host lifts what was concluded about the host, about the place, and about that URL.
    """

    def __init__(self, limit: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet.

        Args:
            limit: the run's longest single wait, in seconds; a host that is silent for less may still answer the rest.
        """
        self._limit = limit
        self._clock = clock
        self._arrived: dict[str, float] = {}
        self._known: set[str] = set()

    def knows(self, url: str, *, page: bool = False) -> bool:
        """Return whether the like of `url` has been withheld.

        Args:
            page: whether it is a page; one page of a site says nothing about the next, as one picture does.
        """
        return any(key in self._known for key in (url, host_of(url), *([] if page else [_place(url)])))

    def seconds(self, url: str, seconds: float) -> float:
        """Return how long to wait for `url`, which is no page: `seconds`, or less if the like of it was withheld."""
        return min(SHORT, seconds) if self.knows(url) else seconds

    def arrived(self, url: str) -> None:
        """Note that the response to `url` has arrived, whole."""
        if not host_of(url):
            return  # it was embedded
        for key in (url, _place(url), host_of(url)):
            self._arrived[key] = self._clock()
            self._known.discard(key)

    def missed(self, url: str, began: float, seconds: float) -> None:
        """Note that the response to `url` did not arrive in time.

        Args:
            began: when it was requested, by the clock.
            seconds: how long it was waited for.
        """
        age = self._clock() - began
        if not host_of(url) or age < _WHOLE * seconds:
            return
        keys = (url, _place(url), *([host_of(url)] if age >= _WHOLE * self._limit else []))
        self._known.update(key for key in keys if self._arrived.get(key, began) <= began)


def _place(url: str) -> str:
    """Return where `url` is served, without the last part of its path, which names one of many alike."""
    return url.partition("?")[0].rpartition("/")[0]
