"""The `troubleshooter merge` command."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer, answer_path, guarded, say
from troubleshooter.cli.options import Given, named, with_options
from troubleshooter.cli.stamping import stamped
from troubleshooter.errors import InputError
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.batch.merging import Merged
    from troubleshooter.batch.stored_run import StoredRun
    from troubleshooter.model.batch_records import UserResult

_MOST_LINES = 20
"""The number of lines about files or users that are printed; summary.json names all users that are missing."""


@guarded
@with_options(named("sign", "timestamp"))
def merge(
    given: Given,
    dirs: Annotated[
        list[Path], typer.Argument(metavar="DIR…", help="Folders of runs, or folders that contain some, in any order.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write: a new one, or an empty one.")],
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one line of JSON on stdout.")] = False,
) -> None:
    """Join the parts of a run that several machines checked (verify --shard).

    If a part is there twice, the newest result of each user counts. Parts and users that are missing are named.

    Exit code: 0 all in sync or accepted, 1 somebody out of sync or without photo, 3 nobody let in, 4 somebody could
    not be determined, a part ended early, or a part, a user or a file is missing or changed; in the order 3, 1, 4, 0.
    2 wrong input.
    """
    from troubleshooter.batch.merging import merged  # noqa: PLC0415 - loads the records
    from troubleshooter.batch.parts import read_parts  # noqa: PLC0415
    from troubleshooter.diagnose import verify_exit_code  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415
    from troubleshooter.evidence.signer import signer  # noqa: PLC0415
    from troubleshooter.model.what_changed import what_changed  # noqa: PLC0415

    _refuse_taken(out)
    settings = validated(RunSettings, given)
    signing = signer(settings.sign)
    parts = read_parts(dirs)
    found = merged(parts, out.resolve().name)
    altered = list(_altered(parts))
    path, results = _written(parts, found, out)
    if signing and not altered:
        RunFolder(out).sign(signing)
        stamped(out, settings.timestamp)
    elif signing:
        say("troubleshooter: the joined run is not signed, because files of its parts were changed")
    _say_some(found.notes)
    _say_some(altered)
    say(what_changed(found.summary).text)
    if json:
        answer(found.summary.model_dump_json(by_alias=True))
    else:
        answer_path(path)
    code = verify_exit_code(results, found.summary)
    raise typer.Exit(CANNOT_TELL if altered and not code else code)


def _refuse_taken(out: Path) -> None:
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise InputError("--out", f"{out} is not empty; expected a folder that does not exist, or an empty one")
    except OSError as error:
        raise InputError("--out", f"{out}: {error.strerror or error}; expected a folder that can be written") from error


def _written(parts: Iterable[StoredRun], found: Merged, out: Path) -> tuple[Path, list[UserResult]]:
    """Write the joined run; return the file to open, and the results. If that fails, nothing is left."""
    from troubleshooter.batch.evidence_copies import copy_evidence, relocated  # noqa: PLC0415
    from troubleshooter.batch.publication import publish  # noqa: PLC0415
    from troubleshooter.redaction.redactor import Redactor  # noqa: PLC0415

    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("--out", f"{out}: {error.strerror or error}; expected a folder that can be written") from error
    try:
        results = list(relocated(found.chosen, copy_evidence(parts, out), out))
        return publish(out, found.summary, results, Redactor()), results
    except BaseException:
        shutil.rmtree(out, ignore_errors=True)
        raise


def _altered(parts: Iterable[StoredRun]) -> Iterator[str]:
    from troubleshooter.evidence.integrity import altered  # noqa: PLC0415
    from troubleshooter.evidence.run_folder import RunFolder  # noqa: PLC0415

    for part in parts:
        yield from (f"{part.path / name} was changed after the check" for name in altered(RunFolder(part.path)))


def _say_some(lines: Iterable[str]) -> None:
    lines = list(lines)
    for line in lines[:_MOST_LINES]:
        say(f"troubleshooter: {line}")
    if len(lines) > _MOST_LINES:
        say(f"troubleshooter: … and {len(lines) - _MOST_LINES} more")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("merge")(merge)
