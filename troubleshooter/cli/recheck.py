"""`troubleshooter recheck`"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli._console import CTRL_C, INTERRUPTED, guarded, say, use
from troubleshooter.cli._options import Given, Settled, settle, with_options
from troubleshooter.cli._progress import conclude, watching
from troubleshooter.cli._prompt import AtTerminal
from troubleshooter.cli._run import Asked, print_result, request_of

if TYPE_CHECKING:
    from troubleshooter.run.recheck import Earlier, Timer, Watch


@guarded
@with_options
def recheck(
    given: Given,
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    watch: Annotated[
        str | None,
        typer.Option("--watch", metavar="EVERY", help="Look again and again, this far apart: 30m, 6h, 24h."),
    ] = None,
    until: Annotated[
        list[str] | None,
        typer.Option(
            "--until",
            metavar="in-sync|DEADLINE",
            help="When to end the watch: in-sync (default), a span such as 24h, or a time. Both may be given.",
        ),
    ] = None,
) -> None:
    """Make the same run again with the same inputs, and say what has changed since.

    With --watch it goes on until the photo is in sync (or the outcome is there) or the deadline is over. Stopped, it is
    begun again by the same command: it goes on after the newest run. Each run has a folder and a report of its own. A
    photo that add-photo has sent is not sent again: it is looked for.
    """
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.errors import InputError  # noqa: PLC0415
    from troubleshooter.run import recheck as chain  # noqa: PLC0415 - loads the records

    if until and not watch:
        raise InputError("--until", "ends a watch; allowed: together with --watch EVERY")
    first = chain.read(run_dir)
    options = _options(given, first)
    plan: Watch | None = None
    begun = chain.Begun.of(first)
    if watch:
        ends, now = tuple(until or ()), datetime.now(UTC)
        chain.Watch.of(watch, ends, now)  # wrong words leave nothing behind
        plan = chain.Watch.of(watch, ends, begun.at([watch, *ends], now))
    timer = chain.Timer()
    last = asyncio.run(_look(first, given, options, plan, timer))
    print_result(last.record, last.folder.path / "index.html", json=options.json)
    if timer.stopped.is_set():
        raise typer.Exit(timer.code)
    if plan and not last.record.interrupted_by:
        begun.over()
    raise typer.Exit(exit_code(last.record))


def _options(given: Given, earlier: Earlier) -> Settled:
    """Return the options that hold: as given now, else as in the earlier run, else as the tenant file says."""
    from troubleshooter.tenant.open import read_tenant  # noqa: PLC0415

    spec = earlier.tenant
    file = {} if spec.partition(":")[0] == "sandbox" else dict(read_tenant(Path(spec)).options)
    return settle(given, {**file, **earlier.options()}, str(earlier.folder.path / "record.json"))


async def _look(first: Earlier, given: Given, options: Settled, plan: Watch | None, timer: Timer) -> Earlier:
    from troubleshooter.run import recheck as chain  # noqa: PLC0415

    async def again(earlier: Earlier) -> Earlier:
        return await _once(earlier, given, options)

    if plan is None:
        return await again(first)
    newest = chain.latest(first, options.out)
    loop = asyncio.get_running_loop()

    def stop(code: int) -> None:
        timer.code = code
        timer.stopped.set()

    def due(moment: datetime) -> None:
        # Before each wait: a run takes the signals for itself, and gives them back to nobody.
        for name, code in (("SIGINT", CTRL_C), ("SIGTERM", INTERRUPTED)):
            with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows: Ctrl-C ends it as an exception
                loop.add_signal_handler(getattr(signal, name), stop, code)
        if not options.quiet:
            say(f"Next look after {moment:%Y-%m-%d %H:%M:%S} UTC. Ctrl-C ends the watch; the same command goes on.")

    return await chain.watched(newest, plan, again, timer, due)


async def _once(earlier: Earlier, given: Given, options: Settled) -> Earlier:
    """Make the run after `earlier`, in a tenant that is opened for it."""
    from scenarios import SCENARIOS  # noqa: PLC0415
    from troubleshooter.run import execute, request  # noqa: PLC0415
    from troubleshooter.run.recheck import Earlier as Made  # noqa: PLC0415
    from troubleshooter.tenant.open import opened  # noqa: PLC0415

    record = earlier.record
    with opened(earlier.tenant) as where:
        asked = Asked(
            scenario=record.scenario,
            tenant=earlier.tenant,
            account=record.account,
            subject=record.subject,
            pages=tuple(earlier.input("pages") or ()),
            expect=earlier.file("expect", record.expected.shot if record.expected else None),
        )
        photo = given.photo or earlier.file("photo", record.photo.shot if record.photo else None)
        person = None if options.non_interactive else AtTerminal()
        wanted = request_of(asked, where, options, photo=photo, sent_before=earlier.sent, person=person)
        prepared = request.prepare(wanted, SCENARIOS)
        use(prepared.redactor)
        with watching(quiet=options.quiet, person=person) as watcher:
            finished = await execute.run(prepared, watcher, record)
    if not options.quiet:
        conclude(finished.record, verbose=options.verbose)
        for change in finished.record.changes:
            say(f"Changed: {change.text}")
        if not finished.record.changes:
            say("Nothing has changed since the run before.")
    return Made(finished.folder, finished.record)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("recheck")(recheck)
