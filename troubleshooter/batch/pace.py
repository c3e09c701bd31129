"""Spreads one account's requests over time, and slows them down when the service asks for it."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIRST_PAUSE, _LONGEST_PAUSE = 10.0, 300.0
"""Seconds to pause after a throttled request that names no time; doubled each time in a row, up to the second."""
_LONGEST_ASKED = 3600.0
"""Seconds to pause at most, however long the service asks for."""
_SLOWER, _FASTER = 0.5, 1.1
"""What the rate is multiplied by after a throttled request, and after every batch without one."""
_SLOWEST = 0.5
"""The lowest rate, in requests per second."""
_WITHOUT_LIMIT = 8.0
"""The rate, in requests per second, from which a pace without a limit slows down when it is throttled."""


class Pace:
    """The pace of one account: all workers that use the account share it."""

    def __init__(self, rate: float, ended: asyncio.Event, now: Callable[[], float] = time.monotonic) -> None:
        """Allow `rate` requests per second.

        Args:
            rate: 0 for no limit.
            ended: ends every wait when it is set.
            now: the time in seconds.
        """
        self._limit = rate or math.inf
        self._rate = self._limit
        self._ended = ended
        self._now = now
        self._free_at = -math.inf
        """When the next request may be sent."""
        self._paused_until = -math.inf
        self._in_a_row = 0
        self.throttled = 0
        """The number of times that the service asked to slow down."""

    @property
    def rate(self) -> float:
        """Return the present number of requests per second; infinite without a limit."""
        return self._rate

    @property
    def is_slowed(self) -> bool:
        """Return whether the service asked to slow down, and the pace has not recovered yet."""
        return self._rate < self._limit or self._now() < self._paused_until

    def wait_for(self, requests: int) -> float:
        """Reserve that many requests, and return the seconds to wait before they are sent."""
        start = max(self._now(), self._free_at, self._paused_until)
        self._free_at = start + requests / self._rate
        return start - self._now()

    async def take(self, requests: int) -> bool:
        """Wait until that many requests may be sent; return False if the run ended meanwhile."""
        seconds = self.wait_for(requests)
        while seconds > 0 and not self._ended.is_set():
            try:
                await asyncio.wait_for(self._ended.wait(), seconds)
            except TimeoutError:
                seconds = self._paused_until - self._now()  # it may have been throttled meanwhile
        return not self._ended.is_set()

    def spend(self, requests: int) -> None:
        """Count requests that were sent without waiting, as those of a whole page."""
        self._free_at = max(self._now(), self._free_at) + requests / self._rate

    def note_throttled(self, retry_after: str = "") -> None:
        """Pause all requests, as long as the service asks for, and send fewer afterwards."""
        now, asked = self._now(), seconds_in(retry_after)
        if now < self._paused_until:  # another answer of the same time: it counts only if it asks for a longer pause
            self._paused_until = max(self._paused_until, now + (asked or 0.0))
            return
        self.throttled += 1
        pause = asked or min(_FIRST_PAUSE * 2**self._in_a_row, _LONGEST_PAUSE)
        self._in_a_row += 1
        self._paused_until = now + pause
        self._rate = max(
            _SLOWEST, min(self._rate, _WITHOUT_LIMIT if math.isinf(self._limit) else self._limit) * _SLOWER
        )

    def note_answered(self) -> None:
        """Note a batch without a throttled request: the rate recovers slowly."""
        self._in_a_row = 0
        faster = self._rate * _FASTER
        self._rate = (
            self._limit if math.isinf(self._limit) and faster > 100 * _WITHOUT_LIMIT else min(faster, self._limit)
        )


def seconds_in(retry_after: str) -> float | None:
    """Return the seconds in a `Retry-After` header, a number or a date; None if it says neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 1.0), _LONGEST_ASKED)
