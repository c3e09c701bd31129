"""The `troubleshooter run` command, and what all commands that perform a run share: from options to the exit code."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from troubleshooter.cli.console import answer, answer_path, guarded, use
from troubleshooter.cli.list_of_runs import refresh_index
from troubleshooter.cli.options import OF_RUN, Given, Output, merged, with_options
from troubleshooter.cli.progress import conclude, watching
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.sharing import share_after
from troubleshooter.cli.signals import until_ended
from troubleshooter.cli.stamping import stamped
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunRequest

if TYPE_CHECKING:
    from troubleshooter.browser.early import EarlyBrowser
    from troubleshooter.model.records import Record
    from troubleshooter.run.execute import Finished
    from troubleshooter.run.prepared import PreparedRun
    from troubleshooter.tenant.tenant import Tenant

_EXAMPLES = (
    "Examples:\n\n"
    "troubleshooter run photo-differs --tenant contoso.toml --as helpdesk --subject ana.popescu@contoso.com\n\n"
    "troubleshooter run photo-differs --tenant sandbox:stale-copy"
)
"""What a first run looks like, for the end of the help text."""


@guarded
@with_options(OF_RUN)
def run(given: Given) -> None:
    """Run one scenario for one user.

    A first run needs --tenant, --as, --subject and --page; everything else has a default.
    """
    run_and_exit(given)


def run_and_exit(given: Given) -> None:
    """Perform one run, print its result, and exit with the code of its verdict."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415

    if is_sandbox(given["tenant"]):
        _check_before_start(given)
    with opened(given["tenant"]) as tenant, asyncio.Runner() as loop:
        options = merged(given, tenant.options, tenant.file)
        output, request = validated(Output, options), validated(RunRequest, options)
        with _browser_for(request, tenant, loop) as browser:
            finished = loop.run(make_run(prepared_run(request, tenant), output, browser=browser))
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


@contextmanager
def _browser_for(request: RunRequest, tenant: Tenant, loop: asyncio.Runner) -> Iterator[EarlyBrowser | None]:
    """Start the browser of a run while the rest is loaded and checked; yield it, and close it on exit.

    A window opens only once everything is checked: the run starts that itself, and None is yielded.

    Raises:
        InputError: the proxy of the environment is not valid.
    """
    if request.in_window:
        yield None
        return
    browser = until_ended(lambda: _starting(request, tenant), loop)
    try:
        yield browser
    finally:
        loop.run(browser.closed())


async def _starting(request: RunRequest, tenant: Tenant) -> EarlyBrowser:
    """Begin to start a browser; return it once what a run needs is loaded."""
    from troubleshooter.browser.early import EarlyBrowser  # noqa: PLC0415
    from troubleshooter.run.launch_options import launch_options  # noqa: PLC0415

    browser = EarlyBrowser(launch_options(request, tenant.network), tenant.network)
    try:
        for name in ("troubleshooter.run.execute", "scenarios"):
            await asyncio.to_thread(import_module, name)
    except BaseException:
        await browser.closed()
        raise
    return browser


async def make_run(
    prepared: PreparedRun,
    output: Output,
    earlier: Record | None = None,
    known: Record | None = None,
    browser: EarlyBrowser | None = None,
) -> Finished:
    """Perform a run and print how it went; the other arguments are those that `execute.run` takes."""
    from troubleshooter.run import execute  # noqa: PLC0415 - loads Playwright

    with watching(output, prepared.operator) as observer:
        finished = await execute.run(prepared, observer, earlier, known, browser)
    if not output.quiet:
        conclude(finished.record, verbose=output.verbose)
    stamped(finished.folder.path, prepared.request.timestamp)
    if output.also:
        await share_after(finished, prepared, output)
    if not prepared.request.run_dir:
        refresh_index(prepared.request.out, prepared.request.lang)
    return finished


def print_result(record: Record, report: Path, output: Output) -> None:
    """Print the record as one line of JSON, or the report's path."""
    if output.as_json:
        where = {"folder": str(report.parent.absolute()), "report": str(report.absolute())}
        answer(record.model_copy(update=where).model_dump_json(by_alias=True))
    else:
        answer_path(report)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run", epilog=_EXAMPLES)(run)
