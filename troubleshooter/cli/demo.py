"""`troubleshooter demo`"""

from __future__ import annotations

from typing import Annotated

import typer

from troubleshooter.cli._console import answer, guarded
from troubleshooter.cli._options import Given, with_options
from troubleshooter.cli._run import Asked, run_and_exit


@guarded
@with_options
def demo(
    given: Given,
    fault: Annotated[
        str, typer.Option(help="How the sandbox misbehaves; several faults with + between them.", metavar="NAME")
    ] = "healthy",
    list_faults: Annotated[bool, typer.Option("--list-faults", help="Print the faults, and do nothing else.")] = False,
) -> None:
    """Check a photo in the built-in sandbox tenant. Nothing to set up."""
    if list_faults:
        from troubleshooter.tenant.sandbox import faults  # noqa: PLC0415

        listed = faults()
        width = max(map(len, listed)) + 2
        for name, sentence in listed.items():
            answer(f"{name:<{width}}{sentence}")
        return
    run_and_exit(Asked("photo-differs", f"sandbox:{fault}"), given)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("demo")(demo)
