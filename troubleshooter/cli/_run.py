"""From options to a run and its exit code: what `demo`, `run` and `recheck` share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from troubleshooter.cli._console import answer, use
from troubleshooter.cli._options import Given, Settled, moment, settle
from troubleshooter.cli._progress import conclude, watching
from troubleshooter.cli._prompt import AtTerminal

if TYPE_CHECKING:
    from troubleshooter.model.records import Record
    from troubleshooter.run.request import RunRequest
    from troubleshooter.tenant.tenant import Tenant


@dataclass(frozen=True)
class Asked:
    """What to run, as the command line says it."""

    scenario: str
    tenant: str
    account: str | None = None
    subject: str | None = None
    pages: tuple[str, ...] = ()
    expect: Path | None = None


def request_of(
    asked: Asked,
    where: Tenant,
    options: Settled,
    *,
    photo: Path | None = None,
    sent_before: bool = False,
    person: AtTerminal | None = None,
) -> RunRequest:
    """Return the order that the command line gives for a run in `where`."""
    from troubleshooter.browser import launch  # noqa: PLC0415 - they load the browser's library
    from troubleshooter.run import request  # noqa: PLC0415 - they load the browser's library

    return request.RunRequest(
        scenario=asked.scenario,
        tenant=where,
        tenant_spec=asked.tenant,
        account=asked.account,
        subject=asked.subject,
        pages=asked.pages,
        expect=asked.expect,
        photo=photo or options.photo,
        allow_changes=options.allow_changes,
        sent_before=sent_before,
        surfaces=options.surfaces,
        find_pages=options.find_pages,
        also_profile=options.also_profile,
        out=options.out,
        lang=options.lang,
        ticket=options.ticket,
        changed_at=moment(options.changed_at) if options.changed_at else None,
        show_others=options.show_others,
        non_interactive=options.non_interactive,
        hands_on=options.sign_in == "interactive",
        person=person,
        browser=launch.Options(
            browser=options.browser,
            executable=str(options.executable) if options.executable else None,
            headed=options.headed or options.sign_in == "interactive",
            ui_locale=options.ui_locale,
            timeout=options.timeout,
            proxy=options.proxy,
        ),
    )


def run_and_exit(asked: Asked, given: Given) -> None:
    """Make one run, print what there is to print, and leave with the verdict's exit code."""
    from scenarios import SCENARIOS  # noqa: PLC0415
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.run import execute, request  # noqa: PLC0415 - they load the browser's library
    from troubleshooter.tenant.open import opened  # noqa: PLC0415 - they load the browser's library

    with opened(asked.tenant) as where:
        options = settle(given, where.options, where.file)
        person = None if options.non_interactive else AtTerminal()
        prepared = request.prepare(request_of(asked, where, options, person=person), SCENARIOS)
        use(prepared.redactor)
        with watching(quiet=options.quiet, person=person) as watcher:
            finished = asyncio.run(execute.run(prepared, watcher))
    if not options.quiet:
        conclude(finished.record, verbose=options.verbose)
    print_result(finished.record, finished.report, json=options.json)
    raise typer.Exit(exit_code(finished.record))


def print_result(record: Record, report: Path, *, json: bool) -> None:
    """Print the record as one line of JSON, or the report's path."""
    answer(record.model_dump_json(by_alias=True) if json else str(report))
