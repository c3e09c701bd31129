"""Provides the built-in sandbox as a tenant. No other module imports the sandbox."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from troubleshooter.errors import InputError
from troubleshooter.redaction.secret import Secret
from troubleshooter.tenant.file import Account, Network
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from troubleshooter.sandbox import Scale
    from troubleshooter.sandbox.server import Running

SANDBOX_PASSWORD = "TROUBLESHOOTER_SANDBOX_PASSWORD"  # noqa: S105 - the name of a variable, not a password
SANDBOX_TOTP = "TROUBLESHOOTER_SANDBOX_TOTP"


def faults() -> Mapping[str, str]:
    """Return the sandbox's faults: a one-sentence description by name."""
    from troubleshooter.sandbox import FAULTS  # noqa: PLC0415 - the sandbox is loaded only where it is used

    return FAULTS


def check_fault(written: str, where: str) -> None:
    """Validate the name of a fault, or of several joined with `+`.

    Raises:
        InputError: a name is unknown or repeated.
    """
    from troubleshooter.sandbox import FAULTS, named  # noqa: PLC0415

    for name in written.replace(",", "+").split("+"):
        if name.strip() not in FAULTS:
            raise InputError(where, f"no fault {name.strip()!r}{_near(name.strip(), list(FAULTS))}")
    try:
        named(written)
    except ValueError as error:
        raise InputError(where, str(error)) from error


def _near(name: str, known: list[str]) -> str:
    """Return the end of a message about an unknown fault. All of them would fill the screen."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5) or [other for other in known if name in other][:3]
    meant = f". Did you mean {' or '.join(map(repr, near))}?" if name and near else "."
    return f"{meant} `troubleshooter demo --list-faults` lists all {len(known)}."


def check_layout(written: str, where: str) -> None:
    """Validate the name of a layout, with the options after it.

    Raises:
        InputError: it is not known.
    """
    from troubleshooter.sandbox.layouts import layout_named  # noqa: PLC0415

    try:
        layout_named(written)
    except ValueError as error:
        raise InputError(where, str(error)) from error


@contextmanager
def sandbox(
    fault: str, *, port: int = 0, layout: str = "classic", page: bytes | None = None, scale: Scale | None = None
) -> Iterator[Running]:
    """Yield a running sandbox; stop it on exit.

    Args:
        page: a saved page, which it shows as well.
        layout: how its home page looks, as `--layout` takes it.
        scale: how many people are generated, and which limits are enforced; None for neither.

    Raises:
        InputError: there is no such fault or layout.
    """
    from troubleshooter.sandbox import Scale, running  # noqa: PLC0415

    check_fault(fault, "sandbox")
    check_layout(layout, "sandbox")
    with running(fault, port=port, layout=layout, page=page, scale=scale or Scale()) as box:
        yield box


def addresses_of_page(box: Running) -> tuple[str, str]:
    """Return where `box` shows its saved page: for a run, and for a browser on this computer."""
    from troubleshooter.sandbox.hosts.saved_page import PATH  # noqa: PLC0415

    return f"{box.sharepoint}{PATH}", f"https://localhost:{box.port}{PATH}"


def rename(box: Running, first: tuple[str, str], *more: tuple[str, str]) -> None:
    """Rename ids, classes or values of attributes on the pages of `box`, each from its first name to its second."""
    from troubleshooter.sandbox.interference import Mutation  # noqa: PLC0415

    box.state.mutations[""] = Mutation("token", name=first[0], to=first[1], also=more)


def outline() -> Tenant:
    """Return a tenant with only what all sandboxes have in common; nothing is started."""
    from troubleshooter.sandbox.server import Running  # noqa: PLC0415

    return Tenant(
        name=Running.name,
        home=Running.home,
        sharepoint=Running.sharepoint,
        my=Running.my,
        cloud="worldwide",
        sign_in_hosts=(),
        accounts={name: Account(username=upn) for name, upn in Running.accounts.items()},
        default_account="ana",
        default_pages=Running.pages,
    )


def tenant_of(box: Running) -> Tenant:
    """Return the tenant that `box` serves, with the defaults of `demo`."""
    known = {SANDBOX_PASSWORD: Secret(box.password)}
    if box.totp_seed:
        known[SANDBOX_TOTP] = Secret(box.totp_seed)
    accounts = {
        name: Account(
            username=upn,
            password=f"env:{SANDBOX_PASSWORD}",
            totp=f"env:{SANDBOX_TOTP}" if box.totp_seed else None,
            federated_hosts=box.federated_hosts,
        )
        for name, upn in box.accounts.items()
    }
    return Tenant(
        name=box.name,
        home=box.home,
        sharepoint=box.sharepoint,
        my=box.my,
        cloud="worldwide",
        sign_in_hosts=(),
        accounts=accounts,
        network=Network(resolve=f"127.0.0.1:{box.port}", spki=box.spki, sandbox=box.fault),
        default_account="ana",
        default_subject=box.subject,
        default_pages=tuple(box.pages),
        known_secrets=known,
    )


def as_toml(tenant: Tenant) -> str:
    """Return `tenant` as the text of a tenant file, without any secret."""
    lines = [f'{key} = "{getattr(tenant, key)}"' for key in ("name", "home", "sharepoint", "my")]
    for name, account in tenant.accounts.items():
        lines += ["", f"[accounts.{name}]", f'username = "{account.username}"', f'password = "{account.password}"']
        lines += [f'totp = "{account.totp}"'] if account.totp else []
        hosts = ", ".join(f'"{host}"' for host in account.federated_hosts)
        lines += [f"federated_hosts = [{hosts}]"] if hosts else []
    if tenant.network:
        lines += ["", "[network]", f'resolve = "{tenant.network.resolve}"', f'spki = "{tenant.network.spki}"']
        lines += [f'sandbox = "{tenant.network.sandbox}"'] if tenant.network.sandbox else []
    return "\n".join(lines) + "\n"


def steer(tenant: Tenant, action: str, **what: object) -> str:
    """Control the sandbox of `tenant`: `advance` (seconds) or `fault` (name). Return its response.

    Raises:
        InputError: `tenant` is not a sandbox, or it does not respond, or it refuses.
    """
    from troubleshooter.tenant.sandbox_control import command  # noqa: PLC0415

    if tenant.network is None or tenant.network.sandbox is None:
        raise InputError("--tenant", f"{tenant.file} is not a sandbox's; expected a file that `sandbox serve` wrote")
    return command(tenant.network.resolve, tenant.network.spki, action, what)
