"""Says how a run of many users goes: a line that is renewed on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from troubleshooter.batch.journal_schema import UserState
from troubleshooter.cli.console import say, shown
from troubleshooter.model.batch_records import EndedBy, UserResult
from troubleshooter.model.enums import Verdict

if TYPE_CHECKING:
    from rich.text import Text

    from troubleshooter.batch.plan import Ending
    from troubleshooter.batch.start import Begun
    from troubleshooter.cli.options import Output

_EVERY = 60.0
"""Seconds between two lines, where there is no terminal."""
Done = Callable[[UserResult, "Ending"], None]


class BatchProgress:
    """How far a run is."""

    def __init__(self, total: int, done: int, most_failures: int | None = None) -> None:
        """Begin with `done` of `total` users checked."""
        self._total = total
        self._before = done
        self._counts: Counter[str] = Counter()
        self._failures = 0
        self._most_failures = most_failures
        self._began = time.monotonic()

    def note(self, result: UserResult) -> bool:
        """Count a result, with what is accepted of it; return whether that was one failure too many."""
        self._counts[result.verdict.value] += 1
        self._failures += not result.good
        return self._most_failures is not None and self._failures >= self._most_failures

    @property
    def _checked(self) -> int:
        return self._before + self._counts.total()

    def _per_minute(self) -> float:
        return 60 * self._counts.total() / max(time.monotonic() - self._began, 1.0)

    def __str__(self) -> str:
        """Return the line: the most important first, because a narrow terminal cuts off its end."""
        rate, left = self._per_minute(), self._total - self._checked
        counted = ", ".join(f"{count} {verdict}" for verdict in Verdict if (count := self._counts[verdict.value]))
        time_left = f", about {_said(60 * left / rate)} left" if rate and left else ""
        speed = f", {rate:.0f} a minute" if rate else ""
        return f"{self._checked} of {self._total} users checked{speed}{time_left}" + (f": {counted}" if counted else "")

    def __rich__(self) -> Text:
        """Return the line as rich draws it."""
        from rich.text import Text  # noqa: PLC0415 - only a terminal needs it

        return Text(shown(str(self)), no_wrap=True, overflow="ellipsis")


def _said(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "1 min"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def watching_many(begun: Begun, output: Output) -> Iterator[Done]:
    """Yield what is to be called with each result; say how the run goes until the end of the block."""
    counts = begun.journal.counts()
    progress = BatchProgress(
        sum(counts.values()), counts[UserState.DONE] + counts[UserState.SET_ASIDE], begun.request.max_failures
    )
    said = time.monotonic()

    def done(result: UserResult, ending: Ending) -> None:
        nonlocal said
        if progress.note(begun.acceptances.applied(result, datetime.now(UTC).date())):
            ending.end(EndedBy.FAILURES)
        if output.verbose:
            say(f"{result.upn}: {result.verdict.value}" + (f" ({result.reason.value})" if result.reason else ""))
        elif not live and not output.quiet and time.monotonic() - said >= _EVERY:
            said = time.monotonic()
            say(str(progress))

    live = sys.stderr.isatty() and not output.quiet and not output.verbose
    if live:
        from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
        from rich.live import Live  # noqa: PLC0415

        with Live(progress, console=Console(stderr=True), refresh_per_second=4):
            yield done
    else:
        yield done
    if not output.quiet:
        say(str(progress))
