"""The `troubleshooter demo` command."""

from __future__ import annotations

from typing import Annotated

import typer

from troubleshooter.cli.console import answer, guarded
from troubleshooter.cli.options import COMMON, Given, with_options
from troubleshooter.cli.run import run_and_exit
from troubleshooter.cli.sandbox import LAYOUT_HELP


@guarded
@with_options(COMMON)
def demo(
    given: Given,
    fault: Annotated[
        str, typer.Option(help="How the sandbox misbehaves. Join several faults with +.", metavar="NAME")
    ] = "healthy",
    layout: Annotated[str, typer.Option(metavar="NAME", help=LAYOUT_HELP)] = "today",
    list_faults: Annotated[bool, typer.Option("--list-faults", help="Only list the faults.")] = False,
) -> None:
    """Check a photo in the built-in sandbox tenant. Nothing to set up."""
    if list_faults:
        from troubleshooter.tenant.sandbox import faults  # noqa: PLC0415

        listed = faults()
        width = max(map(len, listed)) + 2
        for name, description in listed.items():
            answer(f"{name:<{width}}{description}")
        return
    run_and_exit({**given, "scenario": "photo-differs", "tenant": f"sandbox:{fault}@{layout}"})


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("demo")(demo)
