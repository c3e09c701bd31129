"""Prints a run on stderr: one line per step while it works, with rich on a terminal, and its result."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.cli.console import say, shown
from troubleshooter.cli.doing import Doing
from troubleshooter.cli.prompt import AtTerminal

if TYPE_CHECKING:
    from troubleshooter.cli.options import Output
    from troubleshooter.model.judgement_records import OutcomeDetails
    from troubleshooter.model.message import Message
    from troubleshooter.model.records import Record, Step
    from troubleshooter.run.runner import Observer, PlannedStep
    from troubleshooter.signin.operator import Operator

_WIDTH = 56
_MOMENT = re.compile(r"\b20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|\+00:00)")


def step_title(said: Message | None, title: str) -> str:
    """Return a step's title with the names of pages instead of their addresses, whose ends a line cuts off."""
    if said is None or not said.template:
        return title
    from troubleshooter.locale import fill  # noqa: PLC0415 - a run has loaded both
    from troubleshooter.report.wording import is_address, page_name  # noqa: PLC0415

    return fill(said.template, {k: page_name(v) if is_address(v) else v for k, v in said.args.items()})


def with_times(text: str) -> str:
    """Return `text` with its times as a person reads them: to the minute, in UTC, which is named."""
    return _MOMENT.sub(lambda found: f"{datetime.fromisoformat(found[0]):%d %b %Y, %H:%M} UTC", text)


def line_of(step: Step) -> str:
    """Return one step's line: article step, title, dots, status, seconds."""
    title = step_title(step.said, step.title)
    title = title if len(title) <= _WIDTH else title[: _WIDTH - 1] + "…"
    took = f"{(step.finished - step.started).total_seconds():5.1f} s" if step.started and step.finished else ""
    return (
        f"{step.article_step or '  ':<3}{title} {'.' * (_WIDTH + 2 - len(title))} {step.status.value:<8}{took}".rstrip()
    )


@contextmanager
def watching(output: Output, operator: Operator | None = None) -> Iterator[Observer]:
    """Yield an observer that prints a line per step, and the log's if verbose; nothing if quiet."""
    from troubleshooter.run.runner import Observer  # noqa: PLC0415 - loads Playwright

    if output.quiet:
        yield Observer(line=_keep_quiet if output.verbose else None)
    elif sys.stderr is not None and sys.stderr.isatty():
        yield from _rich(Observer, operator, verbose=output.verbose)
    else:
        yield Observer(done=_plain, line=say if output.verbose else None)


def _keep_quiet(line: str) -> None:
    """Print nothing: the log is only kept."""


def _plain(step: Step) -> None:
    say(line_of(step))
    if step.note:
        say(f"   {with_times(step.note.text)}")


def _rich(observer: type[Observer], operator: Operator | None, *, verbose: bool) -> Iterator[Observer]:
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True, highlight=False)
    colours = {"passed": "green", "failed": "red", "skipped": "yellow"}
    doing = Doing("Starting the browser")
    with console.status(doing) as status:
        if isinstance(operator, AtTerminal):
            operator.share_terminal(
                count_down=lambda line: status.update(escape(shown(line))),
                step_aside=lambda aside: status.stop() if aside else status.start(),
            )

        def begin(planned: PlannedStep) -> None:
            doing.begin(planned.definition.article_step, step_title(planned.title, planned.title.text))
            status.update(doing)

        def done(step: Step) -> None:
            line = escape(shown(line_of(step))).replace(
                step.status.value, f"[{colours[step.status]}]{step.status.value}[/]", 1
            )
            console.print(line)
            if step.note:
                console.print(f"   {escape(shown(with_times(step.note.text)))}")

        def tell(line: str) -> None:
            console.print(escape(shown(line)), style="dim")

        yield observer(begin, done, tell if verbose else None, doing.ask)


def _result(record: Record) -> str:
    """Return the report's headline, and the exit code that follows from it."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.redaction.one_line import one_line  # noqa: PLC0415
    from troubleshooter.report.context import report_context  # noqa: PLC0415
    from troubleshooter.report.headline import headline  # noqa: PLC0415

    return f"{one_line(headline(report_context(record, Path(), 'en')).sentence)}. Exit code: {exit_code(record)}."


def _say_outcome(record: Record, details: OutcomeDetails | None) -> None:
    if record.outcome:
        say(f"Outcome: {record.outcome}")
        for reason in record.outcome_why:
            say(f"   {with_times(reason.text)}")
        if record.outcome_recheck_after:
            say(f"Check again after {record.outcome_recheck_after:%Y-%m-%d %H:%M} UTC.")
    if details:
        say(f"What to do: {details.action}")


def conclude(record: Record, *, verbose: bool) -> None:
    """Print the verdict, the most certain diagnoses and what to do, on stderr."""
    from troubleshooter.model.record_view import RecordView  # noqa: PLC0415 - loads the records

    if verbose:
        for seen in record.sightings:
            subject = seen.subject or "an unidentified user"
            say(f"   found {seen.surface.value}: {seen.kind.value} of {subject} from {seen.source.value}")
    if record.sandbox:
        say(f"This run used a sandbox, not a real tenant ({record.sandbox}).")
    view = RecordView(record)
    if view.repairs_used:
        say(view.repairs_used.text)
    say(f"Result: {_result(record)}")
    say(f"Verdict: {record.verdict.value}" + (f" ({record.reason.value})" if record.reason else ""))
    for finding in record.findings:
        if record.reason and finding.id == record.reason.value:
            say(with_times(finding.text))
    _say_outcome(record, view.outcome_details)
    for number, diagnosis in enumerate((*record.diagnoses[:1], *record.beside)):
        label = "Also" if number else "Why"
        say(f"{label}: {diagnosis.cause} {diagnosis.title} (confidence {diagnosis.confidence.value})")
        if not view.outcome_details:  # else, what to do about the outcome comes first, as in the report
            say(f"What to do: {diagnosis.remedy} Who: {diagnosis.who}. Wait: {diagnosis.wait}.")
    if record.verdict.value == "out-of-sync" and not record.diagnoses:
        say("No known cause fits. Give the report to your Microsoft 365 administrator.")
    if record.stop:
        say(f"{record.stop.what.text}" + (f" ({record.stop.code})" if record.stop.code else ""))
        say(record.stop.help.text)
