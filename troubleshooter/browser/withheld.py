"""Remembers what hosts have withheld for a whole time limit, so that it is waited for once, not once per place."""

from __future__ import annotations

import time
from collections.abc import Callable

from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Source
from troubleshooter.urls import host_of

SHORT = 2.0
"""Seconds to wait for something whose host has withheld the like of it for a whole time limit."""
_WHOLE = 0.9
"""The share of a limit that counts as all of it: a page's requests start somewhat later than the wait for the page."""


class Withheld:
    """What hosts have withheld so far: one URL, whatever is at the same place, a store's photos, or everything.

    Whatever arrives lifts what was concluded about its URL, its place, its store and its host.
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
        alike = (url, host_of(url)) if page else (url, host_of(url), _place(url), _store(url))
        return not self._known.isdisjoint(alike)

    def seconds(self, url: str, seconds: float) -> float:
        """Return how long to wait for `url`, which is no page: `seconds`, or less if the like of it was withheld."""
        return min(SHORT, seconds) if self.knows(url) else seconds

    def arrived(self, url: str, *, redirect: bool = False) -> None:
        """Note that the response to `url` has arrived, whole.

        Args:
            redirect: whether it only leads on: whatever redirects to a photo is not its store.
        """
        for key in (url, _place(url), host_of(url), "" if redirect else _store(url)):
            if key:
                self._arrived[key] = self._clock()
                self._known.discard(key)

    def missed(self, url: str, began: float, seconds: float) -> None:
        """Note that the response to `url` did not arrive in time.

        Args:
            began: when it was requested, by the clock.
            seconds: how long it may take; less than that says nothing.
        """
        age = self._clock() - began
        if age < _WHOLE * seconds:
            return
        silent = host_of(url) if age >= _WHOLE * self._limit else ""
        keys = (url, _place(url), _store(url), silent)
        self._known.update(key for key in keys if key and self._arrived.get(key, began) <= began)


def _place(url: str) -> str:
    """Return where `url` is served, without the last part of its path, which names one of many alike."""
    return url.partition("?")[0].rpartition("/")[0] if host_of(url) else ""


def _store(url: str) -> str:
    """Return the store whose photo is at `url`; empty if the URL does not say."""
    store = source_of(url)
    return "" if store is Source.UNKNOWN else store.value
