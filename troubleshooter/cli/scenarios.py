"""`troubleshooter scenarios list / show`"""

from __future__ import annotations

import inspect
from typing import Annotated

import typer

from troubleshooter.cli._console import answer, guarded
from troubleshooter.errors import InputError

app = typer.Typer(help="What can be run, with the article's steps.", no_args_is_help=True)


@app.command("list")
@guarded
def list_() -> None:
    """List the scenarios: id and title."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    for one in SCENARIOS.values():
        answer(f"{one.id:<18}{one.title}")


@app.command("show")
@guarded
def show(scenario: Annotated[str, typer.Argument(metavar="ID", help="A scenario's id.")]) -> None:
    """Show one scenario's steps, and what each does."""
    from scenarios import SCENARIOS  # noqa: PLC0415

    if scenario not in SCENARIOS:
        raise InputError("ID", f"no scenario {scenario!r}; allowed: {', '.join(SCENARIOS)}")
    one = SCENARIOS[scenario]
    answer(f"{one.id}: {one.title}\n{one.summary}\n")
    for step in one.steps:
        words = " ".join((inspect.getdoc(step.perform) or "").split())
        answer(f"{step.article_step or '–':<4}{step.title.replace('{', '').replace('}', '')}")
        answer(f"    {words.split(': ', 1)[-1]}")


@app.command("surfaces")
@guarded
def surfaces() -> None:
    """List the surfaces: where, whose avatar, looked at by default or only when asked, and what feeds it."""
    from troubleshooter.surfaces import SURFACES  # noqa: PLC0415

    for spot in SURFACES.values():
        answer(f"{spot.surface.value:<18}{spot.whose.value:<11}{spot.default.value:<11}{spot.source.value}")


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="scenarios")
