"""The `troubleshooter sign` command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer_path, guarded, say
from troubleshooter.cli.stamping import stamped
from troubleshooter.errors import InputError


@guarded
def sign(
    run: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="The folder of a run.")],
    key: Annotated[Path, typer.Option("--key", metavar="KEY", help="An Ed25519 private key (PEM).")],
    timestamp: Annotated[
        Optional[str],
        typer.Option("--timestamp", metavar="URL", help="A timestamp service (RFC 3161) that confirms when it was."),
    ] = None,
) -> None:
    """Sign a run that is already there, with an Ed25519 key, after checking that nothing was altered.

    Signatures by other keys of the same manifest are kept. Exit code: 0 signed; 4 not, because files were altered or
    there is no manifest, or signed without the timestamp that was asked for; 2 wrong input.
    """
    from troubleshooter.evidence.run_folder import ENVELOPE, RunFolder  # noqa: PLC0415
    from troubleshooter.evidence.signing import SigningKey  # noqa: PLC0415 - loads what signs
    from troubleshooter.evidence.timestamps import check_service  # noqa: PLC0415
    from troubleshooter.evidence.verification import before_signing, read  # noqa: PLC0415

    signing = SigningKey.read(key, "--key")
    if timestamp:
        check_service(timestamp)
    if not run.is_dir():
        raise InputError("RUN_DIR", f"{run} is not a folder; expected the folder of a run")
    found = before_signing(read(run))
    for wrong in found.wrong:
        say(f"troubleshooter: {wrong.file}: {wrong.what}")
    if not found.unaltered:
        why = found.cannot_tell or "files are not as the run left them"
        say(f"troubleshooter: the run is not signed: {why}")
        raise typer.Exit(CANNOT_TELL)
    folder = RunFolder(run)
    folder.sign(signing.sign)
    has_timestamp = stamped(folder.path, timestamp)
    answer_path(folder.path / ENVELOPE)
    raise typer.Exit(0 if has_timestamp else CANNOT_TELL)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("sign")(sign)
