"""The `troubleshooter run` command, and what all commands that perform a run share: from options to the exit code."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from troubleshooter.cli.console import answer, answer_path, guarded, use
from troubleshooter.cli.options import OF_RUN, Given, Output, merged, with_options
from troubleshooter.cli.progress import conclude, watching
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunRequest

if TYPE_CHECKING:
    from troubleshooter.model.records import Record
    from troubleshooter.run.execute import Finished
    from troubleshooter.run.prepared import PreparedRun
    from troubleshooter.tenant.tenant import Tenant


@guarded
@with_options(OF_RUN)
def run(given: Given) -> None:
    """Run one scenario for one user."""
    run_and_exit(given)


def run_and_exit(given: Given) -> None:
    """Perform one run, print its result, and exit with the code of its verdict."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415

    if is_sandbox(given["tenant"]):
        _check_before_start(given)
    with opened(given["tenant"]) as tenant:
        options = merged(given, tenant.options, tenant.file)
        output = validated(Output, options)
        prepared = prepared_run(validated(RunRequest, options), tenant)
        finished = asyncio.run(make_run(prepared, output))
    print_result(finished.record, finished.report, output)
    raise typer.Exit(exit_code(finished.record))


def _check_before_start(given: Given) -> None:
    """Check what can be checked before a sandbox is started, which takes a while.

    Raises:
        InputError: something in it is wrong.
    """
    from scenarios import SCENARIOS  # noqa: PLC0415
    from troubleshooter.run.prepared import check  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import outline  # noqa: PLC0415

    validated(Output, given)
    check(validated(RunRequest, given), outline(), SCENARIOS)


def prepared_run(request: RunRequest, tenant: Tenant) -> PreparedRun:
    """Return a run that is ready to start; from then on, none of its secrets are printed.

    Raises:
        InputError: something in the request is wrong.
    """
    from scenarios import SCENARIOS  # noqa: PLC0415
    from troubleshooter.run.prepared import prepare  # noqa: PLC0415 - loads what reads pixels

    prepared = prepare(request, tenant, SCENARIOS, None if request.non_interactive else AtTerminal())
    use(prepared.redactor)
    return prepared


async def make_run(
    prepared: PreparedRun, output: Output, earlier: Record | None = None, known: Record | None = None
) -> Finished:
    """Perform a run and print how it went; `earlier` and `known` are the records that `execute.run` takes."""
    from troubleshooter.run import execute  # noqa: PLC0415 - loads Playwright

    with watching(output, prepared.operator) as observer:
        finished = await execute.run(prepared, observer, earlier, known)
    if not output.quiet:
        conclude(finished.record, verbose=output.verbose)
    return finished


def print_result(record: Record, report: Path, output: Output) -> None:
    """Print the record as one line of JSON, or the report's path."""
    if output.as_json:
        answer(record.model_dump_json(by_alias=True))
    else:
        answer_path(report)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run")(run)
