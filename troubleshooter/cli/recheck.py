"""The `troubleshooter recheck` command."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from troubleshooter.cli.console import CODE_OF_SIGNAL, guarded, say
from troubleshooter.cli.options import COMMON, Given, Output, merged, with_options
from troubleshooter.cli.progress import with_times
from troubleshooter.cli.run import make_run, prepared_run, print_result
from troubleshooter.errors import InputError
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.model.records import Record
    from troubleshooter.run.recheck import Earlier


@guarded
@with_options(COMMON)
def recheck(
    given: Given,
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    watch: Annotated[
        str | None,
        typer.Option("--watch", metavar="EVERY", help="Repeat the check at this interval: 30m, 6h, 24h."),
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            "--until",
            metavar="in-sync|DEADLINE",
            help="When to end the watch: in-sync (default), a duration such as 24h, or a time. Both may be given.",
        ),
    ] = None,
) -> None:
    """Repeat a run with the same inputs, and report what has changed since.

    If the run was repeated before, its newest repetition is repeated, and the result is compared with the newest
    conclusive one. A run that was stopped or not conclusive compares nothing: the last known result still stands.

    With --watch it repeats the run until the photo is in sync (or the outcome is reached) or the deadline has passed.
    It also ends if a run is stopped by something that only a person can change, such as a refused password. If you
    stop it, the same command continues after the newest run. Each run has its own folder and report. A photo that
    add-photo has sent is not sent again; recheck only checks whether it has arrived.
    """
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.run import recheck as chain  # noqa: PLC0415 - loads the records
    from troubleshooter.run import watch as watches  # noqa: PLC0415

    if until and not watch:
        raise InputError("--until", "ends a watch, and there is none; add --watch EVERY")
    first = chain.read(run_dir)
    options = _options(given, first)
    output, repeat = validated(Output, options), _repeating(given, options)
    start, timer = watches.WatchStart.of(first), watches.Timer()
    newest = chain.chain_of(first, validated(RunSettings, options).out).newest
    if not watch:
        if newest.secret_refused:
            say(_once_more(newest))
        last = asyncio.run(repeat(newest))
    else:
        ends, now = tuple(until or ()), datetime.now(UTC)
        watches.Watch.of(watch, ends, now)  # invalid arguments leave nothing behind
        plan = watches.Watch.of(watch, ends, start.at([watch, *ends], now))
        last = asyncio.run(watches.watched(newest, plan, repeat, timer, _wait_printer(output)))
    print_result(last.record, last.folder.path / "index.html", output)
    if timer.stopped_by:
        raise typer.Exit(CODE_OF_SIGNAL[timer.stopped_by])
    if watch and last.record.interrupted_by not in CODE_OF_SIGNAL:
        start.forget()
        if last.waits_for_a_person:
            say(_watch_over(last))
    raise typer.Exit(exit_code(last.record))


def _once_more(earlier: Earlier) -> str:
    """Return the warning for a person who repeats a run that was stopped with a refused secret."""
    reason, run = earlier.record.reason, earlier.record.id
    return (
        f"The run {run} was stopped at sign-in ({reason}). Because you asked for it, this run signs in again; if "
        "nothing was corrected, that counts as another failed attempt."
    )


def _watch_over(last: Earlier) -> str:
    """Return why a watch ends or does not begin, and how to continue it."""
    folder, reason = shlex.quote(str(last.folder.path)), last.record.reason
    return (
        f"The watch ends here: the run {last.record.id} ended with {reason}, and only a person can change that. "
        f"Nothing is sent again automatically. Once it is fixed, `troubleshooter recheck {folder}` checks again, and "
        "the watch can continue from there."
    )


def _options(given: Given, earlier: Earlier) -> Given:
    """Return the options as given now, else as in the earlier run, else as the tenant file says."""
    from troubleshooter.evidence.record_file import RECORD  # noqa: PLC0415
    from troubleshooter.tenant.open import is_sandbox, read_tenant  # noqa: PLC0415

    file = {} if is_sandbox(earlier.tenant) else read_tenant(Path(earlier.tenant)).options
    return merged(given, {**file, **earlier.options()}, earlier.folder.path / RECORD)


def _repeating(given: Given, options: Given) -> Callable[[Earlier], Coroutine[Any, Any, Earlier]]:
    """Return a function that repeats a run, in a tenant opened for that run, and prints what has changed."""
    from troubleshooter.signin.totp import UsedCodes  # noqa: PLC0415 - loads what makes codes

    settings, output, used = validated(RunSettings, options), validated(Output, options), UsedCodes()

    async def repeat(earlier: Earlier) -> Earlier:
        from troubleshooter.run.recheck import Earlier as Finished  # noqa: PLC0415
        from troubleshooter.run.recheck import chain_of  # noqa: PLC0415
        from troubleshooter.tenant.open import opened  # noqa: PLC0415

        request = earlier.request(settings, given.get("photo"))  # before a sandbox starts, which takes a while
        with opened(earlier.tenant) as tenant:
            prepared = prepared_run(request, tenant)
            # A code is sent once, also where a watch looks again within the time step of its last code.
            prepared = replace(prepared, credentials=replace(prepared.credentials, used=used))
            known = chain_of(earlier, settings.out).known
            finished = await make_run(prepared, output, earlier.record, known.record if known else None)
        if not output.quiet:
            for line in _compared(finished.record):
                say(line)
        return Finished(finished.folder, finished.record)

    return repeat


def _compared(record: Record) -> Iterator[str]:
    """Yield what has changed since the last conclusive run; if this one is not conclusive, what still stands."""
    from troubleshooter.model.record_view import RecordView  # noqa: PLC0415
    from troubleshooter.report.repeated_advice import after_no_change  # noqa: PLC0415

    known, tells = record.last_known, RecordView(record).tells
    if known is None:
        yield "No earlier run was conclusive, so nothing is compared." if tells else _why_not(record)
        return
    when = f"{known.finished:%Y-%m-%d %H:%M} UTC"
    if not tells:
        said = ", ".join(part for part in (known.verdict.value, known.outcome, known.cause) if part)
        yield f"{_why_not(record)} Last known, from {when} ({known.run}): {said}."
        return
    yield f"{'Compared with' if record.changes else 'Nothing has changed since'} the run of {when} ({known.run})."
    for change in record.changes:
        yield f"Changed: {with_times(change.text)}"
    if not record.changes and (advice := after_no_change(record)):
        yield with_times(advice.text)


def _why_not(record: Record) -> str:
    """Return why a run that was not conclusive compares nothing."""
    from troubleshooter.model.record_view import RecordView  # noqa: PLC0415

    if record.stop and RecordView(record).could_not_look:
        return f"This run could not check anything: {record.stop.what.text} So nothing is compared."
    return "This run was not conclusive, so nothing is compared."


def _wait_printer(output: Output) -> Callable[[datetime], None]:
    def waiting(due: datetime) -> None:
        if not output.quiet:
            say(f"Next check after {due:%Y-%m-%d %H:%M:%S} UTC. Ctrl-C ends the watch; the same command resumes it.")

    return waiting


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("recheck")(recheck)
