"""The `troubleshooter index` command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from troubleshooter.cli.console import answer_path, guarded
from troubleshooter.cli.options import Given, named, with_options
from troubleshooter.errors import InputError
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings


@guarded
@with_options(named("lang"))
def index(
    given: Given,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the reports. Default: reports/.", show_default=False)
    ] = Path("reports"),
) -> None:
    """List the runs in a folder of reports on one page that can be searched.

    The page, `index.html` in that folder, is renewed at the end of every run in the language that it already has;
    --lang changes that.
    """
    from troubleshooter.evidence.pruning import refuse_run  # noqa: PLC0415 - loads the records
    from troubleshooter.run.reports_index import write_index  # noqa: PLC0415 - loads what renders

    lang = validated(RunSettings, given).lang
    refuse_run(folder)
    try:
        page = write_index(folder, datetime.now(UTC), lang=lang if "lang" in given else None)
    except OSError as error:
        raise InputError("DIR", f"{folder}: {error.strerror or error}; expected the folder of the reports") from error
    answer_path(page)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("index")(index)
