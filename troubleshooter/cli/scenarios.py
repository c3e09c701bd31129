"""The `troubleshooter scenarios` commands."""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import answer, guarded
from troubleshooter.errors import InputError

app = App(help="What can be run, with the steps of the support article.", no_args_is_help=True)


@app.command("list")
@guarded
def list_() -> None:
    """List the scenarios: id and title."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    for scenario in SCENARIOS.values():
        answer(f"{scenario.id:<18}{scenario.title}")


@app.command("show")
@guarded
def show(name: Annotated[str, typer.Argument(metavar="ID", help="A scenario's id.")]) -> None:
    """Show one scenario's steps, and what each does."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    if name not in SCENARIOS:
        raise InputError("ID", f"no scenario {name!r}; allowed: {', '.join(SCENARIOS)}")
    scenario = SCENARIOS[name]
    for line in (f"{scenario.id}: {scenario.title}", *scenario.summary.splitlines(), ""):
        answer(line)
    for step in scenario.steps:
        what = " ".join((inspect.getdoc(step.perform) or "").split())
        answer(f"{step.article_step or '–':<4}{step.title.replace('{', '').replace('}', '')}")
        answer(f"    {what.split(': ', 1)[-1]}")


@app.command("surfaces")
@guarded
def surfaces() -> None:
    """List the surfaces: id, whose avatar it shows, when it is checked, and which photo store feeds it."""
    from troubleshooter.surfaces import SURFACES  # noqa: PLC0415

    for surface in SURFACES.values():
        answer(f"{surface.surface.value:<18}{surface.whose.value:<11}{surface.default.value:<11}{surface.source.value}")


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="scenarios")
