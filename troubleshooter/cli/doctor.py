"""`troubleshooter doctor`"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Iterator
from typing import Annotated

import typer

from troubleshooter.cli._exits import NOT_LET_IN, answer, guarded
from troubleshooter.errors import InputError, Stopped


async def _browser() -> str:
    """Start the browser that a run would take, once; return its name and version."""
    from troubleshooter import browser  # noqa: PLC0415
    from troubleshooter.hosts import hosts_of  # noqa: PLC0415

    async with browser.opened(browser.Options(), hosts_of("worldwide", ())) as (_, versions):
        return versions["browser"]


def _keyring() -> str:
    import keyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if backend.priority <= 0:
        raise InputError("keyring", "this computer has none that answers; secrets can come from env: variables")
    return str(backend.name)


def _tenant(spec: str) -> Iterator[tuple[str, str, bool]]:
    from troubleshooter.signin.secrets import password_of  # noqa: PLC0415
    from troubleshooter.tenant import opened  # noqa: PLC0415

    try:
        with opened(spec) as tenant:
            yield "tenant", f"{tenant.name} at {tenant.sharepoint}", True
            for name, account in tenant.accounts.items():
                try:
                    if account.password == "prompt":  # noqa: S105 - a word of the tenant file
                        yield f"account {name}", f"{account.username}: the password will be asked for", True
                        continue
                    password_of(account, name, tenant.known_secrets, ask=False)
                    yield f"account {name}", f"{account.username}: the password is there", True
                except InputError as error:
                    yield f"account {name}", str(error), False
    except InputError as error:
        yield "tenant", str(error), False


@guarded
def doctor(
    tenant: Annotated[
        str | None, typer.Option("--tenant", envvar="TROUBLESHOOTER_TENANT", metavar="FILE", help="A tenant file.")
    ] = None,
) -> None:
    """Say what is missing on this computer, or in a tenant file. Never prints a secret."""
    rows = [("python", f"{platform.python_version()} on {platform.platform()}", True)]
    try:
        rows.append(("browser", asyncio.run(_browser()), True))
    except Stopped as error:
        rows.append(("browser", f"{error.what.text} {error.help.text}", False))
    missing = 0
    for what, says, fine in (*rows, *(_tenant(tenant) if tenant else ())):
        answer(f"{'ok  ' if fine else 'MISS'} {what}: {says}")
        missing += not fine
    try:
        answer(f"ok   keyring: {_keyring()}")
    except InputError as error:
        answer(f"note {error}")
    raise typer.Exit(NOT_LET_IN if missing else 0)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("doctor")(doctor)
