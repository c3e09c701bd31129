"""The `troubleshooter verify` command."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from troubleshooter.batch.request import VerifyRequest
from troubleshooter.cli.console import answer, answer_path, guarded, say, use
from troubleshooter.cli.list_of_runs import refresh_index
from troubleshooter.cli.options import COMMON, Given, Output, merged, with_options
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.stamping import stamped
from troubleshooter.errors import InputError
from troubleshooter.evidence.signer import Sign, signer
from troubleshooter.model.batch_records import Depth, EndedBy
from troubleshooter.run.options import declared, validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.batch.start import Begun
    from troubleshooter.run.prepared import PreparedRun
    from troubleshooter.run.request import RunRequest
    from troubleshooter.run.watch import Watch
    from troubleshooter.tenant.tenant import Tenant

_LONG = 3600.0
"""Seconds from which a person is asked whether to start."""
_OWN = declared(VerifyRequest)
_NOT_FOR_MANY = ("photo", "strict", "allow_changes", "also_profile", "find_pages", "surfaces", "also")
_OPTIONS = (*_OWN, *(option for option in (*COMMON,) if option.name not in _NOT_FOR_MANY))


@guarded
@with_options(_OPTIONS)
def verify(given: Given) -> None:
    """Check many users in one run, which can be interrupted and resumed.

    Exit code: 0 all in sync or accepted; 1 at least one out of sync or without a photo; 4 at least one could
    not be determined, or the run ended early; 3 nobody was let in; 2 the list or the command line is wrong.
    """
    from troubleshooter.batch.conclusion import conclude, write_beginning  # noqa: PLC0415 - loads Playwright
    from troubleshooter.batch.place import place_of  # noqa: PLC0415
    from troubleshooter.cli.verify_work import Work, perform  # noqa: PLC0415
    from troubleshooter.diagnose import verify_exit_code  # noqa: PLC0415
    from troubleshooter.model.what_changed import what_changed  # noqa: PLC0415

    with _begun(given) as asked:
        begun, output = asked.begun, asked.output
        use(begun.redactor)
        place = place_of(begun.request, asked.settings, begun.tenant, say)
        for note in (*begun.notes, *place.notes):
            say(note)

        def announce() -> None:
            _announce(asked)
            write_beginning(begun)

        ended = perform(Work(begun, place, output, asked.deadline, asked.watch), announce)
        summary, results, report = conclude(begun, ended, asked.settings.lang, asked.sign)
    stamped(report.parent, asked.settings.timestamp)
    if not begun.request.run_dir:
        refresh_index(report.parent.parent, asked.settings.lang, only_if_there=begun.resumed)
    say(what_changed(summary).text)
    watched = asked.watch is not None and summary.ended_by is not EndedBy.DONE
    if (summary.missing or not summary.total or watched) and ended.by is not EndedBy.NOT_LET_IN:
        again = f"{report.parent} --watch {begun.request.watch}" if asked.watch else report.parent
        say(f"The run ended early ({summary.ended_by}). To continue it: troubleshooter verify --resume {again}")
    for note in ended.notes:
        say(note)
    for refused in ended.refused:
        say(refused.text)
    if output.as_json:
        answer(summary.model_dump_json(by_alias=True))
    else:
        answer_path(report)
    raise typer.Exit(verify_exit_code(results, summary))


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    begun: Begun
    output: Output
    settings: RunSettings
    deadline: datetime | None
    watch: Watch | None
    sign: Sign | None


@contextmanager
def _begun(given: Given) -> Iterator[_Asked]:
    """Yield a run that has begun, or is continued, in its tenant; close its journal on exit.

    Raises:
        InputError: something in the command line, the list or the folder is wrong.
    """
    from troubleshooter.batch import start  # noqa: PLC0415 - loads what reads the list
    from troubleshooter.batch.deadline import parse_deadline  # noqa: PLC0415
    from troubleshooter.batch.place import place_of  # noqa: PLC0415
    from troubleshooter.run.watch import Watch, duration  # noqa: PLC0415
    from troubleshooter.tenant.open import opened  # noqa: PLC0415

    folder = given.get("resume")
    earlier = start.resumed_inputs(folder) if folder else {"request": {}, "settings": {}}
    spec = given.get("tenant") or earlier["request"].get("tenant")
    if not spec:
        raise InputError("--tenant", "name the tenant file, or sandbox")
    with opened(spec) as tenant:
        options = merged({**earlier["settings"], **given, "tenant": spec}, tenant.options, tenant.file)
        output, settings = validated(Output, options), validated(RunSettings, options)
        request = validated(VerifyRequest, options)
        place_of(request, settings, tenant, say)  # refused before anything is written
        deadline = parse_deadline(request.deadline, datetime.now().astimezone()) if request.deadline else None
        watch = Watch(duration(request.watch, "--watch"), True, deadline) if request.watch else None
        sign = signer(settings.sign)
        begun = (
            start.resume(folder, request, settings, tenant, _preparer(settings, tenant))
            if folder
            else start.begin(request, settings, tenant, _preparer(settings, tenant))
        )
        with begun.journal:
            yield _Asked(begun, output, settings, deadline, watch, sign)


def _announce(asked: _Asked) -> None:
    """Say how long the run may take; on a terminal, ask whether to start if that is more than an hour.

    Raises:
        InputError: the answer was no; a run that has not begun leaves nothing.
    """
    from troubleshooter.batch.estimate import expected  # noqa: PLC0415

    begun, output = asked.begun, asked.output
    waiting = Counter[Depth]()
    for (_, depth), count in begun.journal.waiting().items():
        waiting[depth] += count
    estimate = expected(waiting, max(1, len(begun.accounts)), begun.workers, begun.request.rate)
    if not output.quiet and estimate.users:
        say(f"{estimate}. Whoever is not in sync takes longer.")
    silent = begun.request.yes or asked.settings.non_interactive or not sys.stdin.isatty()
    if estimate.seconds > _LONG and not silent and not typer.confirm("Start?", err=True):
        raise InputError("verify", "was not started")


def _preparer(settings: RunSettings, tenant: Tenant) -> Callable[[RunRequest], PreparedRun]:
    from scenarios import SCENARIOS  # noqa: PLC0415
    from troubleshooter.run.prepared import prepare  # noqa: PLC0415 - loads what reads pixels

    operator = None if settings.non_interactive else AtTerminal()
    return lambda request: prepare(request, tenant, SCENARIOS, operator)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("verify")(verify)
