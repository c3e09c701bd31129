"""The `troubleshooter report` command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import CANNOT_TELL, guarded, say
from troubleshooter.cli.options import Given, Output, named, with_options
from troubleshooter.cli.run import print_result
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.model.judgement_records import Discrepancy
    from troubleshooter.model.records import Record


@guarded
@with_options(named("lang"))
def report(
    given: Given,
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    json: Annotated[bool, typer.Option("--json", help="Print the record as one line of JSON on stdout.")] = False,
) -> None:
    """Render a run's report again from its record and evidence, without a browser.

    The exit code is that of the run, or 4 if a file is no longer as the run left it.
    """
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.evidence.integrity import discrepancies  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415
    from troubleshooter.report import render  # noqa: PLC0415

    lang = validated(RunSettings, given).lang
    folder = RunFolder(run_dir)
    record = folder.read_record()
    changed = [*_contradiction(record), *discrepancies(folder, record)]
    for wrong in changed:
        say(f"troubleshooter: {wrong.file}: {wrong.text}")
    path = folder.write_report(render(_completed(record), folder.path, lang=lang, discrepancies=changed))
    folder.renew_report_row()
    print_result(record, path, Output(as_json=json))
    raise typer.Exit(CANNOT_TELL if changed else exit_code(record))


def _contradiction(record: Record) -> Iterator[Discrepancy]:
    from troubleshooter.diagnose.consistency import contradicts_itself  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RECORD  # noqa: PLC0415
    from troubleshooter.model.judgement_records import Discrepancy  # noqa: PLC0415
    from troubleshooter.model.message import message  # noqa: PLC0415

    if contradicts_itself(record):
        said = message("was changed after the check: its verdict cannot follow from what it contains")
        yield Discrepancy.from_message(said, file=RECORD)


def _completed(record: Record) -> Record:
    """Return `record` with the details of its scenario; records of older versions lack them."""
    if record.scenario_details:
        return record
    from scenarios import SCENARIOS  # noqa: PLC0415 - it loads Playwright
    from troubleshooter.scenario import with_details  # noqa: PLC0415

    return with_details(record, SCENARIOS)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("report")(report)
