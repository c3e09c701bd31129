"""The same run again: what it was asked to do, from its record; its chain on the disk; and looking again and again."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from troubleshooter.errors import InputError
from troubleshooter.evidence.run_folder import RECORD, RunFolder, write_whole
from troubleshooter.model.enums import Verdict
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
IN_SYNC = "in-sync"
_LONGEST = 3650 * UNITS["d"]
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_OPTIONS = (
    "lang",
    "ticket",
    "show_others",
    "browser",
    "executable",
    "headed",
    "ui_locale",
    "timeout",
    "proxy",
    "changed_at",
    "also_profile",
)
"""Inputs that are options of the command line as well: given again, they win."""


@dataclass(frozen=True)
class Earlier:
    """A run that was made."""

    folder: RunFolder
    record: Record

    def input(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """Return what the run was given as `name`, None where nothing."""
        return self.record.inputs.get(name)

    @property
    def tenant(self) -> str:
        """What `--tenant` named.

        Raises:
            InputError: the record does not say.
        """
        spec = self.input("tenant")
        if not isinstance(spec, str) or not spec:
            raise InputError("RUN_DIR", f"{self.folder.path / RECORD} does not say which tenant the run was made in")
        return spec

    def options(self) -> dict[str, object]:
        """Return the options of that run."""
        found = {name: value for name in _OPTIONS if (value := self.input(name)) is not None}
        return {name.replace("_", "-"): value for name, value in found.items()}

    def file(self, name: str, kept: str | None) -> Path | None:
        """Return the file that was given as `name`, else its copy in the evidence.

        Raises:
            InputError: both are gone.
        """
        given = self.input(name)
        if not given:
            return None
        copy = self.folder.path / kept if kept else None
        for path in (Path(str(given)), copy):
            if path and path.is_file():
                return path
        raise InputError(f"--{name}", f"{given} is gone, and so is its copy in {self.folder.path}")

    @property
    def sent(self) -> bool:
        """Whether this run, or one before it in its chain, sent the photo."""
        return RecordView(self.record).sent is not None

    @property
    def reached(self) -> bool:
        """Whether what was wanted is there: in sync, or the outcome that the scenario is for."""
        return self.record.verdict is Verdict.IN_SYNC or RecordView(self.record).reached


def read(run_dir: Path) -> Earlier:
    """Return the run in `run_dir`.

    Raises:
        InputError: there is none.
    """
    folder = RunFolder(run_dir)
    return Earlier(folder, folder.read_record())


def latest(of: Earlier, out: Path) -> Earlier:
    """Return the newest run of the chain that `of` belongs to: itself, or a later one in `out` or beside it."""
    first = of.record.previous.first if of.record.previous else of.record.id
    newest = of
    for parent in {out.resolve(), of.folder.path.resolve().parent}:
        for path in sorted(parent.glob(f"*Z-{of.record.scenario}*")) if parent.is_dir() else ():
            try:
                found = read(path)
            except InputError:
                continue  # no run, or one that died before it had a record
            chain = found.record.previous
            whole = found.record.finished and not found.record.interrupted_by
            if whole and chain and chain.first == first and found.record.started > newest.record.started:
                newest = found
    return newest


def duration(text: str, option: str) -> timedelta:
    """Return the span that `30m`, `6h` or `24h` names.

    Raises:
        InputError: it names none, or none that is longer than nothing.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None or float(match[1]) <= 0:
        raise InputError(option, f"{text!r}; allowed: a number and s, m, h or d, such as 30m, 6h or 24h")
    seconds = float(match[1]) * UNITS[match[2]]
    if seconds > _LONGEST:
        raise InputError(option, f"{text!r}; allowed: at most {_LONGEST // UNITS['d']}d")
    return timedelta(seconds=seconds)


def deadline(text: str, start: datetime) -> datetime:
    """Return the time that `--until` names: a span from `start`, or a time with its zone (UTC where it has none).

    Raises:
        InputError: it is neither.
    """
    if _DURATION.fullmatch(text.strip()):
        return start + duration(text, "--until")
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        why = f"{text!r}; allowed: {IN_SYNC}, a span such as 24h, or a time such as 2026-11-25T09:00Z"
        raise InputError("--until", why) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Watch:
    """How often to look, and until when."""

    every: timedelta
    until_reached: bool
    deadline: datetime | None

    @staticmethod
    def of(every: str, until: tuple[str, ...], start: datetime) -> Watch:
        """Return what `--watch` and `--until` ask for, a span counted from `start`; both ends may be given.

        Raises:
            InputError: one of them is wrong.
        """
        ends = [deadline(one, start) for one in until if one != IN_SYNC]
        return Watch(duration(every, "--watch"), IN_SYNC in until or not until, min(ends, default=None))


@dataclass(frozen=True)
class Begun:
    """When a watch began, on the disk: stopped and begun anew with the same words, its spans are not counted anew."""

    file: Path

    @staticmethod
    def of(first: Earlier) -> Begun:
        """Return where the watch of the run `first` keeps its beginning: beside the run's folder."""
        path = first.folder.path.resolve()
        return Begun(path.with_name(f".watch-{path.name}.json"))

    def at(self, words: list[str], now: datetime) -> datetime:
        """Return when the watch asked for by `words` began: `now`, unless it did before."""
        try:
            kept = json.loads(self.file.read_bytes())
            if kept["words"] == words:
                return datetime.fromisoformat(kept["begun"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # none, or none that can be read: it begins now
        write_whole(self.file, json.dumps({"words": words, "begun": now.isoformat()}).encode())
        return now

    def over(self) -> None:
        """Forget the watch."""
        self.file.unlink(missing_ok=True)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass
class Timer:
    """Waits for a moment, or until it is told to stop."""

    now: Callable[[], datetime] = _utc
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    code: int = 0
    """The exit code of whoever told it to stop."""

    async def until(self, moment: datetime) -> bool:
        """Wait until `moment`; return False when told to stop before it."""
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
    again: Callable[[Earlier], Awaitable[Earlier]],
    timer: Timer,
    say: Callable[[datetime], None] = lambda due: None,  # noqa: ARG005
) -> Earlier:
    """Run again and again, each time after `watch.every`; return the last run.

    What has been done stands on the disk after each run: stopped and begun anew, it goes on where it was.

    Args:
        again: makes the next run.
        say: told when the next look is due.
    """
    while not (watch.until_reached and last.reached):
        due = (last.record.finished or last.record.started) + watch.every
        if watch.deadline and max(due, timer.now()) > watch.deadline:
            break
        say(due)
        if not await timer.until(due):
            break
        last = await again(last)
        if last.record.interrupted_by:
            break
    return last
