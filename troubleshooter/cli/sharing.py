"""Passes a report on: the options that name its forms and files, and writing them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel

from troubleshooter.cli.console import say
from troubleshooter.errors import CannotWrite, InputError, Stopped
from troubleshooter.run.options import Option
from troubleshooter.run.output_names import OUTPUTS

if TYPE_CHECKING:
    from troubleshooter.cli.options import Output
    from troubleshooter.evidence.run_folder import RunFolder
    from troubleshooter.model.records import Record
    from troubleshooter.run.execute import Finished
    from troubleshooter.run.prepared import PreparedRun
    from troubleshooter.run.request import RunSettings

_FILE = "[FILE]"
"""A file that need not be named."""


class Sharing(BaseModel):
    """Options for the forms in which `report` passes a report on. Without FILE, a file goes beside the run's folder."""

    pdf: Annotated[
        str | None, Option("Write the report as a PDF, with everything unfolded; needs a browser.", metavar=_FILE)
    ] = None
    zip: Annotated[
        str | None, Option("Pack the run's folder for a ticket: report, record, evidence, manifest.", metavar=_FILE)
    ] = None
    mail: Annotated[str | None, Option("Write a mail (.eml) with small pictures, at most 100 KB.", metavar=_FILE)] = (
        None
    )
    user_page: Annotated[
        str | None,
        Option(
            "Write a short page (.html) for the person whose photo was checked: result, and what to do.", metavar=_FILE
        ),
    ] = None
    card: Annotated[str | None, Option("Write an Adaptive Card for Teams (.json), at most 28 KB.", metavar=_FILE)] = (
        None
    )
    markdown: Annotated[str | None, Option("Write the report in Markdown.", metavar=_FILE)] = None
    junit: Annotated[str | None, Option("Write the result as JUnit XML.", metavar=_FILE)] = None
    ctrf: Annotated[str | None, Option("Write the result as CTRF (JSON).", metavar=_FILE)] = None
    csv: Annotated[str | None, Option("Write the sightings as CSV, one a row.", metavar=_FILE)] = None
    redact_subject: Annotated[
        bool, Option("Make a copy for outside the company in --out, without names, addresses and photos.")
    ] = False
    out: Annotated[
        Path | None,
        Option("The folder in which the copy of --redact-subject is made. Default: reports/.", metavar="DIR"),
    ] = None

    def files(self, also: tuple[str, ...]) -> dict[str, Path | None]:
        """Return the file for each form that is wanted; None for the usual place.

        Raises:
            InputError: there is a folder for a copy, and no copy is wanted.
        """
        if self.out and not self.redact_subject:
            raise InputError("--out", "is for the copy of --redact-subject; a form has its own FILE")
        given = {name: value for name in OUTPUTS if (value := getattr(self, name.replace("-", "_"))) is not None}
        return {**dict.fromkeys(also), **{name: Path(value) if value else None for name, value in given.items()}}


def only_for_one_user(wanted: Mapping[str, Path | None], *, copy: bool) -> None:
    """Refuse what a run of many users does not have: every form but a ZIP file, and a copy for outside the company.

    Raises:
        InputError: something else is wanted.
    """
    for name in (*wanted, *(["redact-subject"] if copy else [])):
        if name != "zip":
            why = "RUN_DIR is a run of many users; its folder has files of its own; expected the run of one user"
            raise InputError(f"--{name}", why)


def share(record: Record, folder: RunFolder, files: Mapping[str, Path], settings: RunSettings) -> None:
    """Write the report in the forms that `files` names.

    Raises:
        CannotWrite, Stopped: as `run.outputs.write`.
    """
    if not files:
        return
    from troubleshooter.run.launch_options import launch_options  # noqa: PLC0415
    from troubleshooter.run.outputs import FinishedRun, write  # noqa: PLC0415 - loads what writes them

    asyncio.run(write(FinishedRun(record, folder, settings.lang, launch_options(settings, None)), files))
    _say_where(files)


async def share_after(finished: Finished, prepared: PreparedRun, output: Output) -> None:
    """Write the report of a run that has just ended in the forms of `--also`; a failure changes nothing else."""
    from troubleshooter.run.output_names import targets  # noqa: PLC0415
    from troubleshooter.run.outputs import FinishedRun, write  # noqa: PLC0415 - loads what writes them

    run = FinishedRun(finished.record, finished.folder, prepared.request.lang, prepared.browser)
    try:
        files = targets(finished.folder.path, dict.fromkeys(output.also))
        await write(run, files)
    except (CannotWrite, InputError) as error:
        say(f"troubleshooter: --also: {error}")
    except Stopped as error:
        say(f"troubleshooter: --also: {error.what.text} {error.help.text}")
    else:
        if not output.quiet:
            _say_where(files)


def _say_where(files: Mapping[str, Path]) -> None:
    for name, path in files.items():
        say(f"{name}: {path}")
