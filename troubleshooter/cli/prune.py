"""The `troubleshooter prune` command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from troubleshooter.cli.console import answer, guarded
from troubleshooter.cli.list_of_runs import refresh_index
from troubleshooter.errors import InputError

if TYPE_CHECKING:
    from troubleshooter.evidence.pruning import Prunable
    from troubleshooter.model.enums import Verdict


@guarded
def prune(
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="SPAN", help="How long ago a run has to have ended: 30d, 12h.")
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder of the reports. Default: reports/.", show_default=False)
    ] = Path("reports"),
    keep: Annotated[
        Optional[list[str]],
        typer.Option("--keep", metavar="VERDICT", help="Keep runs with this verdict, such as out-of-sync. Repeatable."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete them; without it, they are only listed.")] = False,
) -> None:
    """List the runs that ended before a given time; delete them with --yes.

    Only the folders of runs are deleted, directly inside DIR, with the PDF and the other formats beside them, and
    nothing that a link leads to. A run of many users is kept if one of its users has a verdict of --keep.
    """
    from troubleshooter.evidence.pruning import prunable, remove  # noqa: PLC0415 - loads the records
    from troubleshooter.run.output_names import OUTPUTS  # noqa: PLC0415
    from troubleshooter.run.watch import duration  # noqa: PLC0415

    before = datetime.now(UTC) - duration(older_than, "--older-than")
    found = prunable(folder, before, _verdicts(keep or ()))
    for one in found:
        if yes:
            remove(one, OUTPUTS.values())
        answer(_line(one))
    runs = f"{len(found)} run{'' if len(found) == 1 else 's'}, {_megabytes(sum(one.size for one in found))}"
    if yes:
        refresh_index(folder, only_if_there=True)
        answer(f"Deleted {runs}.")
    else:
        answer(f"{runs}, would be deleted." + (" Nothing is deleted without --yes." if found else ""))


def _verdicts(keep: list[str] | tuple[()]) -> list[Verdict]:
    """Return the verdicts with these names.

    Raises:
        InputError: there is no such verdict.
    """
    from troubleshooter.model.enums import Verdict  # noqa: PLC0415

    allowed = [verdict.value for verdict in Verdict]
    for name in keep:
        if name not in allowed:
            raise InputError("--keep", f"no verdict {name!r}; allowed: {', '.join(allowed)}")
    return [Verdict(name) for name in keep]


def _line(one: Prunable) -> str:
    users = f" ({one.run.total} users)" if one.run.many else ""
    return f"{one.path}  {_megabytes(one.size):>10}  {one.run.verdict.value}{users}  {one.run.when:%Y-%m-%d}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("prune")(prune)
