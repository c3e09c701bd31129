"""The `troubleshooter sandbox` commands."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import guarded, say
from troubleshooter.errors import InputError

LAYOUT_HELP = "How its home page looks: classic, today, flyout, collapsed, apps-page or direct. Add options with +."
_HELP = "The built-in tenant, kept running for several runs."
app = App(help=_HELP, no_args_is_help=True)


@app.callback(help=_HELP)
def _root() -> None:
    """Make typer keep the commands in one group, however many there are."""


@app.command("serve")
@guarded
def serve(
    fault: Annotated[
        str, typer.Option(help="How it misbehaves; `demo --list-faults` lists the faults. Join several with +.")
    ] = "healthy",
    write_tenant: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write its tenant file. Default: sandbox.toml.")
    ] = None,
    layout: Annotated[str, typer.Option(metavar="NAME", help=LAYOUT_HELP)] = "classic",
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A page that capture-page saved, to be shown again.")
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OLD=NEW",
            help="Rename an id, a class or the value of an attribute on every page, as Microsoft does. Repeatable.",
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Loopback port; 0 picks a free one.")] = 0,
    people: Annotated[
        int, typer.Option(metavar="N", min=0, max=200_000, help="How many people to generate beside the built-in ones.")
    ] = 0,
    write_users: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to list the generated people, as CSV: upn,page.")
    ] = None,
    write_truth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write what is true of each, as CSV: upn,verdict,cause."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Who they are, and who has which fault. Default: 0.")
    ] = None,
    fault_share: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0, max=1, help="Share of them that has a fault of its own. Default: 0.1."),
    ] = None,
    limits: Annotated[
        bool,
        typer.Option("--limits", help="Refuse more than 3000 requests of a user in 5 minutes, as SharePoint does."),
    ] = False,
    limits_size: Annotated[
        str, typer.Option(metavar="REQUESTS/SECONDSs", help="Refuse more than this, such as 60/10s.")
    ] = "",
) -> None:
    """Keep the sandbox running until Ctrl-C.

    Prints commands that can be pasted into another terminal: to check a photo, many users, or a sign-in there.
    """
    from troubleshooter.cli.sandbox_serve import Generated, Place, Shown, keep_running, names, saved_page  # noqa: PLC0415

    shown = Shown(layout, saved_page(page) if page else None, tuple(map(names, rename or ())))
    enforced = limits_size if limits or limits_size else None
    generated = Generated(people, seed, fault_share, write_users, write_truth, enforced)
    asyncio.run(keep_running(fault, shown, generated, Place(write_tenant or Path("sandbox.toml"), port)))


_File = Annotated[Path, typer.Option("--tenant", metavar="FILE", help="The file that `sandbox serve` wrote.")]


@app.command("advance")
@guarded
def advance(
    duration: Annotated[str, typer.Argument(metavar="DURATION", help="How far: 25h, 90m, 2d.")], tenant: _File
) -> None:
    """Move the clock of a running sandbox forward."""
    from troubleshooter.run.watch import span  # noqa: PLC0415
    from troubleshooter.tenant.open import read_tenant  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import steer  # noqa: PLC0415

    distance = span(duration)
    if distance is None:
        why = f"{duration!r} is not a valid duration; expected a number and s, m, h or d, such as 25h"
        raise InputError("DURATION", why)
    steer(read_tenant(tenant), "advance", seconds=distance.total_seconds())
    say(f"Moved the sandbox's clock forward by {duration}.")


@app.command("fault")
@guarded
def fault_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A fault's name. Join several with +.")],
    tenant: _File,
) -> None:
    """Make a running sandbox misbehave in another way."""
    from troubleshooter.tenant.open import read_tenant  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import check_fault, steer  # noqa: PLC0415

    check_fault(name, "NAME")
    steer(read_tenant(tenant), "fault", name=name)
    say(f"The sandbox now has the fault {name}.")


def register(root: typer.Typer) -> None:
    """Add the commands to `root`."""
    root.add_typer(app, name="sandbox")
