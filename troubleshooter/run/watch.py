"""Repeats a run at an interval, until its goal is reached or a deadline has passed."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import write_whole
from troubleshooter.run.recheck import Earlier
from troubleshooter.run.signals import NUMBERS, handling

IN_SYNC = "in-sync"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST = timedelta(days=3650)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")


def is_duration(text: str) -> bool:
    """Return whether `text` is written as a duration, of whatever length."""
    return _DURATION.fullmatch(text.strip()) is not None


def span(text: str) -> timedelta | None:
    """Return the duration written as `30m`, `6h` or `24h`, at most ten years; None for any other text."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or float(match[1]) * _UNITS[match[2]] > _LONGEST.total_seconds():
        return None
    return timedelta(seconds=float(match[1]) * _UNITS[match[2]])


def duration(text: str, option: str) -> timedelta:
    """Return the duration that `text` gives, which must be longer than zero.

    Raises:
        InputError: `text` is not such a duration.
    """
    found = span(text)
    if not found:
        expected = f"expected a number and s, m, h or d, such as 30m, 6h or 24h, and at most {_LONGEST.days}d"
        raise InputError(option, f"{text!r} is not a valid duration; {expected}")
    return found


def deadline(text: str, start: datetime) -> datetime:
    """Return the time that `--until` gives: a duration from `start`, or a time with its zone (UTC if it has none).

    Raises:
        InputError: it is neither.
    """
    if is_duration(text):
        return start + duration(text, "--until")
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        why = f"{text!r}; expected {IN_SYNC}, a duration such as 24h, or a time such as 2026-11-25T09:00Z"
        raise InputError("--until", why) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Watch:
    """The interval at which a run is repeated, and the end of the watch."""

    every: timedelta
    until_reached: bool
    deadline: datetime | None

    @staticmethod
    def of(every: str, until: tuple[str, ...], start: datetime) -> Watch:
        """Return what `--watch` and `--until` ask for; durations count from `start`, and both kinds of end may be set.

        Raises:
            InputError: one of them is wrong.
        """
        ends = [deadline(end, start) for end in until if end != IN_SYNC]
        return Watch(duration(every, "--watch"), IN_SYNC in until or not until, min(ends, default=None))


@dataclass(frozen=True)
class WatchStart:
    """The start of a watch, kept on disk: durations count from it if the watch is restarted with the same arguments."""

    file: Path

    @staticmethod
    def of(first: Earlier) -> WatchStart:
        """Return where the watch of the run `first` keeps its start, a file beside the run's folder."""
        path = first.folder.path.resolve()
        return WatchStart(path.with_name(f".watch-{path.name}.json"))

    def at(self, arguments: list[str], now: datetime) -> datetime:
        """Return when the watch with these arguments began: `now`, unless it began earlier."""
        try:
            kept = json.loads(self.file.read_bytes())
            if kept["words"] == arguments:
                return datetime.fromisoformat(kept["begun"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # no start on disk, or an unreadable one: the watch begins now
        with suppress(OSError):  # where it can't be kept, a restarted watch begins from now
            write_whole(self.file, json.dumps({"words": arguments, "begun": now.isoformat()}).encode(), mode=0o600)
        return now

    def forget(self) -> None:
        """Remove the stored start, because the watch is over."""
        with suppress(OSError):
            self.file.unlink(missing_ok=True)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass
class Timer:
    """Waits for a point in time, or until a signal stops it."""

    now: Callable[[], datetime] = _utc
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    stopped_by: str | None = None
    """Name of the signal that stopped it; None if none did."""

    def stop(self, signal: str) -> None:
        """End the wait, and prevent any further wait."""
        self.stopped_by = signal
        self.stopped.set()

    async def until(self, moment: datetime) -> bool:
        """Wait until `moment`; return False if stopped before then."""
        left = (moment - self.now()).total_seconds()
        if left <= 0:
            return not self.stopped.is_set()
        try:
            await asyncio.wait_for(self.stopped.wait(), left)
        except TimeoutError:
            return True
        return False


async def watched(
    last: Earlier,
    watch: Watch,
    run: Callable[[Earlier], Awaitable[Earlier]],
    timer: Timer,
    waiting: Callable[[datetime], None] = lambda due: None,  # noqa: ARG005
) -> Earlier:
    """Repeat the run every `watch.every` until the goal is reached or the watch ends; return the last run.

    The watch also ends if a run was stopped by something that only a person can change, and it does not begin after
    such a run: a refused password is never sent again automatically. Each run is on disk when it ends: a watch that
    is stopped and restarted continues after the newest run.

    Args:
        run: makes the run that follows the given one.
        waiting: called before each wait, with the time of the next run.
    """
    with handling(timer.stop):
        while not (last.waits_for_a_person or (watch.until_reached and last.reached)):
            due = (last.record.finished or last.record.started) + watch.every
            if watch.deadline and max(due, timer.now()) > watch.deadline:
                break
            waiting(due)
            if not await timer.until(due):
                break
            last = await run(last)
            if last.record.interrupted_by in NUMBERS:
                break
    return last
