"""The `troubleshooter causes` command."""

from __future__ import annotations

from typing import Annotated

import typer

from troubleshooter.cli.console import answer, guarded
from troubleshooter.errors import InputError, did_you_mean


@guarded
def causes(
    cause: Annotated[str | None, typer.Argument(metavar="[ID]", help="A cause, such as C1. Default: list all.")] = None,
) -> None:
    """Explain the causes: what users say, what to do, who can do it, and how long it takes."""
    from troubleshooter.diagnose.causes import CAUSES  # noqa: PLC0415 - loads the records
    from troubleshooter.diagnose.complaints import COMPLAINTS  # noqa: PLC0415
    from troubleshooter.report.user_actions import ACTIONS  # noqa: PLC0415

    if cause is None:
        for name, row in CAUSES.items():
            answer(f"{name:<5}{row.title.text}")
        return
    name = cause.upper()
    if name not in CAUSES:
        raise InputError("ID", f"no cause {cause!r}{did_you_mean(name, list(CAUSES))}")
    row = CAUSES[name]
    answer(f"{name}: {row.title.text}")
    answer(f"What users say: {COMPLAINTS[name]}")
    answer(f"What to do: {row.remedy.text}")
    answer(f"Who: {row.who.text}")
    answer(f"How long it takes: {row.wait.text}")
    answer(f"What would confirm it: {row.confirm.text}")
    for number, step in enumerate(ACTIONS.get(name, ()), 1):
        if number == 1:
            answer("What to tell the user:")
        answer(f"  {number}. {step.format(page='the page', user='yourself')}")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("causes")(causes)
