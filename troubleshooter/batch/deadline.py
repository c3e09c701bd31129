"""The time after which a run of many users begins nothing new (`--deadline`); what is in flight is finished."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from troubleshooter.batch.plan import Ending
from troubleshooter.errors import InputError
from troubleshooter.model.batch_records import EndedBy
from troubleshooter.run.watch import Timer, is_duration, span

DEADLINE = "--deadline"
_CLOCK = re.compile(r"\s*(\d{1,2}):(\d{2})\s*", re.ASCII)
_EXPECTED = "expected a time of day such as 06:00, a time such as 2026-11-27T06:00Z, or a duration such as 2h"


def parse_deadline(text: str, now: datetime) -> datetime:
    """Return the moment that `--deadline` names.

    Args:
        now: the moment from which a duration counts, with its zone. A time of day is the next one in that zone; so
            is the zone of a time that has none.

    Raises:
        InputError: it names none, or one that has passed.
    """
    if is_duration(text):
        if not (found := span(text)):
            raise InputError(DEADLINE, f"{text!r} is not a valid duration; expected one such as 30m or 2h")
        return now + found
    if clock := _CLOCK.fullmatch(text):
        return _next(int(clock[1]), int(clock[2]), text, now)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(DEADLINE, f"{text!r} is not a valid time; {_EXPECTED}") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    if moment <= now:
        raise InputError(DEADLINE, f"{text!r} has passed; {_EXPECTED}")
    return moment


def _next(hour: int, minute: int, text: str, now: datetime) -> datetime:
    try:
        today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise InputError(DEADLINE, f"{text!r} is not a valid time; {_EXPECTED}") from None
    return today if today > now else today + timedelta(days=1)


@asynccontextmanager
async def ending_at(deadline: datetime | None, ending: Ending) -> AsyncIterator[None]:
    """End the run at `deadline`, if the block has not ended by then."""
    if deadline is None:
        yield
        return
    timer = Timer()
    if deadline <= timer.now():
        ending.end(EndedBy.DEADLINE)

    async def end() -> None:
        await timer.until(deadline)
        ending.end(EndedBy.DEADLINE)

    waiting = asyncio.create_task(end())
    try:
        yield
    finally:
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
