"""The hours of the day in which users may be checked (`--between`)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from troubleshooter.errors import InputError

_HOURS = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", re.ASCII)


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Window:
    """A part of every day, in this computer's time zone; it may reach past midnight."""

    start: time = time()
    end: time = time()
    """Equal to `start` for the whole day."""
    now: Callable[[], datetime] = _now

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the hours that `--between` names, such as `20:00-06:00`.

        Raises:
            InputError: it names none.
        """
        found = _HOURS.fullmatch(text)
        try:
            if not found:
                raise ValueError
            first, past, last, short = map(int, found.groups())
            start, end = time(first, past), time(last, short)
        except ValueError:
            raise InputError("--between", f"{text!r} is not a time span; expected one such as 20:00-06:00") from None
        if start == end:
            raise InputError("--between", f"{text!r} begins when it ends; leave it out to check at any time")
        return cls(start, end)

    def seconds_closed(self) -> float:
        """Return the seconds until the window opens; 0 while it is open."""
        present = self.now()
        clock = present.time()
        after_start, before_end = clock >= self.start, clock < self.end
        if self.start == self.end or (
            (after_start and before_end) if self.start < self.end else (after_start or before_end)
        ):
            return 0.0
        opens = present.replace(hour=self.start.hour, minute=self.start.minute, second=0, microsecond=0)
        return ((opens if opens > present else opens + timedelta(days=1)) - present).total_seconds()

    async def opened(self, ended: asyncio.Event) -> None:
        """Wait until the window is open, or the run is to end."""
        while (seconds := self.seconds_closed()) and not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), seconds)
            except TimeoutError:
                continue
