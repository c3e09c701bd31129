"""The `troubleshooter verify-evidence` command."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from troubleshooter.cli.console import CANNOT_TELL, answer, guarded

if TYPE_CHECKING:
    from troubleshooter.evidence.verification import Verification

_LIMITS = (
    "A signature proves that these are the files that the owner of the key signed; it does not prove who that is, or "
    "(without a timestamp) when it was, or that the pages really showed what the pictures show."
)
_NO_SIGNATURE = (
    "Not signed: whoever changes a file can rewrite the manifest as well, so only careless changes are found."
)


@guarded
def verify_evidence(
    run: Annotated[Path, typer.Argument(metavar="DIR|ZIP", help="The folder of a run, or a zip file of it.")],
    key: Annotated[
        Optional[Path],
        typer.Option("--key", metavar="PUB", help="The public key (PEM) that the run has to be signed with."),
    ] = None,
    tsa: Annotated[
        Optional[Path],
        typer.Option("--tsa", metavar="CERT", help="The root certificate (PEM) of the timestamp service to trust."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one line of JSON on stdout.")] = False,
) -> None:
    """Check, offline, that no file of a run was altered, removed or added, and who signed it.

    Exit code: 0 unaltered, and signed with --key if that is given; 4 otherwise, or if nothing shows it; 2 if it is
    not a run.
    """
    from troubleshooter.evidence.signing import VerifyingKey  # noqa: PLC0415 - loads what signs
    from troubleshooter.evidence.timestamps import certificate  # noqa: PLC0415
    from troubleshooter.evidence.verification import read, verify  # noqa: PLC0415

    trusted = VerifyingKey.read(key, "--key") if key else None
    root = certificate(tsa, "--tsa") if tsa else None
    found = verify(read(run), trusted, root)
    if json:
        answer(_as_json(found))
    else:
        for line in _lines(found):
            answer(line)
    raise typer.Exit(0 if found.unaltered else CANNOT_TELL)


def _lines(found: Verification) -> Iterator[str]:
    from troubleshooter.evidence.verification import Signed  # noqa: PLC0415

    yield from (f"{wrong.file}: {wrong.what}" for wrong in found.wrong)
    keys = ", ".join(found.key_ids) or "none"
    yield {
        Signed.NO: _NO_SIGNATURE,
        Signed.NOT_CHECKED: f"Claims to be signed by the key {keys}; not checked: name its public key with --key.",
        Signed.BY_KEY: f"Signed by the key that you named (signatures: {keys}).",
        Signed.NOT_BY_KEY: f"Not signed by the key that you named (signatures: {keys}).",
    }[found.signed]
    yield from _when(found)
    if found.signed is not Signed.NO:
        yield _LIMITS
    if found.fingerprint:
        yield f"Fingerprint of the record and its evidence, as shown in the report: {found.fingerprint}"
    if found.unsigned_notes:
        yield f"Notes that were added after signing, and are not signed: {found.unsigned_notes}."
    if found.cannot_tell:
        yield f"Nothing shows whether files were changed: {found.cannot_tell}."
    elif found.wrong:
        yield f"Files that are not as the run left them: {len(found.wrong)} ({found.files} are in the manifest)."
    else:
        yield f"All {found.files} files are as the run left them."


def _when(found: Verification) -> Iterator[str]:
    """Yield what is known of the time of the signature."""
    from troubleshooter.evidence.timestamps import Checked  # noqa: PLC0415
    from troubleshooter.evidence.verification import Signed  # noqa: PLC0415

    if found.timestamp is None:
        if found.signed is not Signed.NO:
            yield "When it was signed is not confirmed by a timestamp service."
        return
    at = f"{found.timestamp.at:%Y-%m-%d %H:%M:%S} UTC" if found.timestamp.at else "at an unknown time"
    lines = {
        Checked.TRUSTED: f"Signed not later than {at}, as the timestamp service that you named confirms.",
        Checked.NOT_CHECKED: f"Timestamp: {at}; not checked: name the service's root certificate with --tsa.",
        Checked.NOT_TRUSTED: "There is no timestamp of the service that you named.",
        Checked.NO_READER: "Its timestamp was not read: pip install 'troubleshooter[timestamp]'.",
    }
    if said := lines.get(found.timestamp.checked):
        yield said


def _as_json(found: Verification) -> str:
    return json_format.dumps(
        {
            "unaltered": found.unaltered,
            "files": found.files,
            "wrong": [{"file": wrong.file, "what": wrong.what} for wrong in found.wrong],
            "signed": found.signed.value,
            "keys": found.key_ids,
            "fingerprint": found.fingerprint or None,
            "timestamp": _timestamp(found),
            "unsigned_notes": found.unsigned_notes,
            "cannot_tell": found.cannot_tell or None,
        }
    )


def _timestamp(found: Verification) -> dict[str, str | None] | None:
    if found.timestamp is None:
        return None
    at = found.timestamp.at
    return {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else None, "checked": found.timestamp.checked.value}


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("verify-evidence")(verify_evidence)
