"""The `troubleshooter note` command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

from troubleshooter.cli.console import answer_path, guarded, say


@guarded
def note(
    run: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be noted, in quotes.")],
    by: Annotated[Optional[str], typer.Option("--by", metavar="NAME", help="Who notes it.")] = None,
) -> None:
    """Add a dated note to a run; it does not change what was seen.

    Notes are only ever added. `troubleshooter report` shows them. A signature that is already there does not cover the
    new one; the next signature does.
    """
    from troubleshooter.errors import InputError  # noqa: PLC0415
    from troubleshooter.evidence.note_file import add_note  # noqa: PLC0415 - loads the records
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415
    from troubleshooter.model.notes import Note  # noqa: PLC0415
    from troubleshooter.redaction.printable import well_formed  # noqa: PLC0415

    if by is not None and not 0 < len(by.strip()) <= 200:
        raise InputError("--by", "expected a name of 1 to 200 characters")
    added = Note(at=datetime.now(UTC), by=well_formed(by.strip()) if by else None, text=well_formed(text))
    path = add_note(RunFolder(run), added)
    say("The note is added. `troubleshooter report` shows it in the report.")
    answer_path(path)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("note")(note)
