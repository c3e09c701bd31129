"""`troubleshooter report`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli._console import guarded, say
from troubleshooter.cli._options import LANGUAGES
from troubleshooter.cli._run import print_result
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from troubleshooter.model.records import Record


@guarded
def report(
    run_dir: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    lang: Annotated[str, typer.Option(envvar="TROUBLESHOOTER_LANG", help="The report's language: en or ro.")] = "en",
    json: Annotated[bool, typer.Option("--json", help="Print the record as one line of JSON on stdout.")] = False,
) -> None:
    """Render a run's report again from its record and evidence, without a browser."""
    from troubleshooter.diagnose import exit_code  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415
    from troubleshooter.report import render  # noqa: PLC0415

    if lang not in LANGUAGES:
        raise InputError("--lang", f"{lang!r}; allowed: {', '.join(LANGUAGES)}")
    folder = RunFolder(run_dir)
    record = folder.read_record()
    changed = folder.discrepancies()
    for name in changed:
        say(f"troubleshooter: {name} is not what the manifest says")
    path = folder.write_report(render(_completed(record), folder.path, lang=lang, discrepancies=changed))
    folder.renew_report_row()
    print_result(record, path, json=json)
    raise typer.Exit(exit_code(record))


def _completed(record: Record) -> Record:
    """Return `record` with the details of its scenario; only records of older versions lack them."""
    if record.scenario_details:
        return record
    from scenarios import SCENARIOS  # noqa: PLC0415 - it loads Playwright
    from troubleshooter.scenario import with_details  # noqa: PLC0415

    return with_details(record, SCENARIOS)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("report")(report)
