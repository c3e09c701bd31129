"""`troubleshooter sandbox serve`"""

from __future__ import annotations

import shlex
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from troubleshooter.cli._console import answer, guarded, say
from troubleshooter.errors import InputError

app = typer.Typer(help="The stand-in tenant, kept up for several runs.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """The stand-in tenant, kept up for several runs."""


@app.command("serve")
@guarded
def serve(
    fault: Annotated[
        str, typer.Option(help="How it misbehaves; `demo --list-faults` names the faults; several with + between them.")
    ] = "healthy",
    write_tenant: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a tenant file that leads to it.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Loopback port; 0 takes a free one.")] = 0,
) -> None:
    """Keep the sandbox up until Ctrl-C. Prints how to run a scenario against it."""
    from troubleshooter.evidence.run_folder import write_whole  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import as_toml, sandbox, tenant_of  # noqa: PLC0415

    file = write_tenant or Path("sandbox.toml")
    ended = threading.Event()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: ended.set())
    with sandbox(fault, port=port) as box:
        tenant = tenant_of(box)
        try:
            write_whole(file, as_toml(tenant).encode())
        except OSError as error:
            raise InputError(
                "--write-tenant", f"{file}: {error.strerror or error}; allowed: a file that can be written"
            ) from error
        pages = " ".join(f"--page {shlex.quote(page)}" for page in tenant.default_pages)
        for variable, secret in tenant.known_secrets.items():
            answer(f"export {variable}={shlex.quote(secret.reveal())}")
        answer(
            f"troubleshooter run photo-differs --tenant {shlex.quote(str(file))} --as {tenant.default_account} {pages}"
        )
        say(f"The sandbox is up ({fault}); Ctrl-C ends it.")
        ended.wait()


_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_File = Annotated[Path, typer.Option("--tenant", metavar="FILE", help="The file that `sandbox serve` wrote.")]


@app.command("advance")
@guarded
def advance(
    duration: Annotated[str, typer.Argument(metavar="DURATION", help="How far: 25h, 90m, 2d.")], tenant: _File
) -> None:
    """Move the clock of a running sandbox forward."""
    from troubleshooter.tenant.open import read_tenant  # noqa: PLC0415
    from troubleshooter.tenant.sandbox import steer  # noqa: PLC0415

    number, unit = duration[:-1], duration[-1:]
    if unit not in _UNITS or not number.replace(".", "", 1).isdecimal():
        raise InputError("DURATION", f"{duration!r}; allowed: a number and s, m, h or d, such as 25h")
    steer(read_tenant(tenant), "advance", seconds=float(number) * _UNITS[unit])
    say(f"The sandbox's clock went forward by {duration}.")


@app.command("fault")
@guarded
def fault_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A fault's name, or several with + between them.")],
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
