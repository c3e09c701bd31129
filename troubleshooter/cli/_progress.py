"""What a run says while it runs: a line a step on stderr, with rich on a terminal, plain elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from troubleshooter.cli._console import clean, say

if TYPE_CHECKING:
    from troubleshooter.cli._prompt import AtTerminal
    from troubleshooter.model.records import Record, Step
    from troubleshooter.run.execute import Watcher
    from troubleshooter.run.runner import Planned

_WIDTH = 56


def line_of(step: Step) -> str:
    """Return one step's line: article step, title, dots, how it ended, seconds."""
    title = step.title if len(step.title) <= _WIDTH else step.title[: _WIDTH - 1] + "…"
    took = f"{(step.finished - step.started).total_seconds():5.1f} s" if step.started and step.finished else ""
    return (
        f"{step.article_step or '  ':<3}{title} {'.' * (_WIDTH + 2 - len(title))} {step.status.value:<8}{took}".rstrip()
    )


@contextmanager
def watching(*, quiet: bool, person: AtTerminal | None = None) -> Iterator[Watcher]:
    """Give a watcher that prints each step's line; nothing when `quiet`."""
    from troubleshooter.run.execute import Watcher  # noqa: PLC0415 - loads the browser's library

    if quiet:
        yield Watcher()
    elif sys.stderr is not None and sys.stderr.isatty():
        yield from _rich(Watcher, person)
    else:
        yield Watcher(done=_plain)


def _plain(step: Step) -> None:
    say(line_of(step))
    if step.note:
        say(f"   {step.note.text}")


def _rich(watcher: type[Watcher], person: AtTerminal | None) -> Iterator[Watcher]:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True, highlight=False)
    colours = {"passed": "green", "failed": "red", "skipped": "yellow"}
    with console.status("Starting the browser") as status:
        if person:
            person.count_down = lambda line: status.update(escape(line))
            person.step_aside = lambda aside: status.stop() if aside else status.start()

        def begin(planned: Planned) -> None:
            status.update(escape(clean(f"{planned.instruction.article_step or '':<3}{planned.said.text}")))

        def done(step: Step) -> None:
            line = escape(clean(line_of(step))).replace(
                step.status.value, f"[{colours[step.status]}]{step.status.value}[/]", 1
            )
            console.print(line)
            if step.note:
                console.print(f"   {escape(clean(step.note.text))}")

        yield watcher(begin, done)


def conclude(record: Record, *, verbose: bool) -> None:
    """Print the verdict, the surest diagnoses and what to do, on stderr."""
    if verbose:
        for s in record.sightings:
            say(f"   saw {s.surface.value}: {s.kind.value} of {s.subject or 'nobody known'} from {s.source.value}")
    if record.sandbox:
        say(f"This was a rehearsal in a sandbox ({record.sandbox}).")
    say(f"Verdict: {record.verdict.value}" + (f" ({record.reason.value})" if record.reason else ""))
    if record.outcome:
        say(f"Outcome: {record.outcome}")
        for reason in record.outcome_why:
            say(f"   {reason.text}")
        if record.outcome_recheck_after:
            say(f"Look again after {record.outcome_recheck_after:%Y-%m-%d %H:%M} UTC.")
    for number, diagnosis in enumerate((*record.diagnoses[:1], *record.beside)):
        why = "Beside it" if number else "Why"
        say(f"{why}: {diagnosis.cause} {diagnosis.title} (confidence {diagnosis.confidence.value})")
        say(f"What to do: {diagnosis.remedy} Who: {diagnosis.who}. Wait: {diagnosis.wait}.")
    if record.verdict.value == "out-of-sync" and not record.diagnoses:
        say("No known cause fits. Show this report to the administrator of Microsoft 365.")
    if record.stop:
        say(f"{record.stop.what.text}" + (f" ({record.stop.code})" if record.stop.code else ""))
        say(record.stop.help.text)
