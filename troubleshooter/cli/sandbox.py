"""The `troubleshooter sandbox` commands."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.app import App
from troubleshooter.cli.console import answer, guarded, say
from troubleshooter.errors import InputError
from troubleshooter.run.signals import handling

if TYPE_CHECKING:
    from troubleshooter.tenant.tenant import Tenant

LAYOUT_HELP = "How its home page looks: classic, today, flyout, collapsed, apps-page or direct. Add options with +."
_LARGEST_PAGE = 40_000_000
"""Bytes of the largest page that is shown again."""
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
    port: Annotated[int, typer.Option(min=0, max=65535, help="Loopback port; 0 picks a free one.")] = 0,
) -> None:
    """Keep the sandbox running until Ctrl-C. Prints how to run a scenario against it."""
    saved = _saved_page(page) if page else None
    asyncio.run(_serve(fault, layout, write_tenant or Path("sandbox.toml"), port, saved))


async def _serve(fault: str, layout: str, file: Path, port: int, page: bytes | None) -> None:
    from troubleshooter.evidence.run_folder import write_whole  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import addresses_of_page, as_toml, sandbox, tenant_of  # noqa: PLC0415

    ended = asyncio.Event()
    with handling(lambda _: ended.set()), sandbox(fault, port=port, layout=layout, page=page) as box:
        tenant = tenant_of(box)
        try:
            write_whole(file, as_toml(tenant).encode())
        except OSError as error:
            why = f"{file}: {error.strerror or error}; expected a file that can be written"
            raise InputError("--write-tenant", why) from error
        _print_how_to_run(tenant, file)
        if page:
            for_runs, here = addresses_of_page(box)
            answer(for_runs)
            say(f"The saved page is shown at {for_runs} for runs, and at {here} for a browser on this computer.")
        say(f"The sandbox is running ({fault}, layout {layout}); Ctrl-C stops it.")
        await ended.wait()


def _saved_page(path: Path) -> bytes:
    """Return the bytes of a saved page.

    Raises:
        InputError: it can't be read, or it is none.
    """
    from troubleshooter.capture.page import is_saved_page  # noqa: PLC0415

    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST_PAGE else b""
    except OSError as error:
        raise InputError(
            "--page", f"{path}: {error.strerror or error}; expected a page that capture-page saved"
        ) from None
    if not is_saved_page(data):
        raise InputError("--page", f"{path} is not a saved page; expected a file that capture-page wrote")
    return data


def _print_how_to_run(tenant: Tenant, file: Path) -> None:
    pages = " ".join(f"--page {shlex.quote(page)}" for page in tenant.default_pages)
    for variable, secret in tenant.known_secrets.items():
        answer(f"export {variable}={shlex.quote(secret.reveal())}")
    answer(f"troubleshooter run photo-differs --tenant {shlex.quote(str(file))} --as {tenant.default_account} {pages}")


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
