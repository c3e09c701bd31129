"""How long a run waits: what never comes is waited for once, and no step waits in vain for much longer than the limit.

The run that is being performed sets it, and whatever waits asks it: a context variable, so that runs side by side in
one process have one each.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from troubleshooter.browser.run_clock import RunClock
from troubleshooter.browser.withheld import Withheld
from troubleshooter.model.message import Message

_REST = 3.0
"""Seconds of each further wait in a step that has waited in vain for as long as it may."""


@dataclass(frozen=True)
class Wait:
    """A wait in progress."""

    what: Callable[[], Message]
    """Returns what is waited for at the moment, as a part of a sentence."""
    began: float
    """When it began, by `time.monotonic`."""
    asked: float
    """How many seconds it may take otherwise."""
    seconds: float
    """How many seconds it may take in this step."""

    @property
    def milliseconds(self) -> float:
        """Return how long it may take, in Playwright's unit."""
        return self.seconds * 1000

    @property
    def left(self) -> float:
        """Return how many seconds are left."""
        return max(0.0, self.began + self.seconds - time.monotonic())


class Patience:
    """The waits of one run."""

    def __init__(self, limit: float = math.inf, most: float = math.inf) -> None:
        """Begin the time of a run.

        Args:
            limit: seconds to wait at most, and in each step to wait in vain at most; the caller says when one begins.
            most: seconds that the run may take.
        """
        self.withheld = Withheld(limit)
        """What hosts have withheld."""
        self.clock = RunClock(most)
        """The time that the run has left."""
        self.limit = limit
        """Seconds: the longest single wait."""
        self._in_vain = 0.0
        self._counted_until = 0.0
        self._open: list[Wait] = []

    @property
    def current(self) -> Wait | None:
        """Return the wait in progress that ends last; None if nothing is waited for."""
        return max(self._open, key=lambda wait: wait.left, default=None)

    def begin_step(self) -> None:
        """Begin a step, or an independent part of one: what was waited for in vain before does not count any more."""
        self._in_vain = 0.0

    @contextmanager
    def wait(self, what: Message | Callable[[], Message], seconds: float) -> Iterator[Wait]:
        """Within the block, wait for `what`; the caller ends the wait when its time is over.

        Args:
            seconds: how long it may take; less if the step has waited in vain for long.
        """
        began = time.monotonic()
        wait = Wait(what if callable(what) else lambda: what, began, seconds, self._at_most(seconds))
        self._open.append(wait)
        try:
            yield wait
        finally:
            self._open.remove(wait)

    def in_vain(self, wait: Wait) -> None:
        """Note that what was waited for did not come. Of waits side by side, each second counts once."""
        now = time.monotonic()
        self._in_vain += max(0.0, now - max(wait.began, self._counted_until))
        self._counted_until = now

    def _at_most(self, seconds: float) -> float:
        return min(seconds, max(self.limit - self._in_vain, _REST))


_current: ContextVar[Patience | None] = ContextVar("_current", default=None)


@contextmanager
def waiting_with(patience: Patience) -> Iterator[None]:
    """Within the block, let everything that waits ask `patience`."""
    token = _current.set(patience)
    try:
        yield
    finally:
        _current.reset(token)


def patience() -> Patience:
    """Return the patience of the run in progress; outside a run, one that remembers nothing."""
    return _current.get() or Patience()
