"""The `troubleshooter doctor` command."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import NOT_LET_IN, answer, guarded, shown, use
from troubleshooter.cli.options import Given, merged, named, with_options
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import InputError, Stopped
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.browser import launch
    from troubleshooter.browser.starting import Refusal
    from troubleshooter.redaction.secret import Secret
    from troubleshooter.tenant.file import Network
    from troubleshooter.tenant.tenant import Tenant

HOME = "https://www.office.com"
"""What is opened through a proxy if no tenant file names another home page."""
_OPTIONS = named("browser", "executable", "timeout", "proxy", "headed", "ui_locale", "non_interactive")
_Row = tuple[str, str, bool]
"""What was checked, the result in words, and whether it is fine."""


async def _browser(options: launch.Options, refused: Callable[[Refusal], None]) -> str:
    """Start the browser that a run would use; return its name and version."""
    from troubleshooter.browser import launch  # noqa: PLC0415
    from troubleshooter.tenant.hosts import host_policy  # noqa: PLC0415

    async with launch.opened(options, host_policy("worldwide", ()), refused=refused) as (_, versions):
        return versions["browser"]


def _keyring() -> str:
    import keyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if backend.priority <= 0:
        raise InputError("keyring", "this computer has none that works; secrets can come from env: variables")
    return str(backend.name)


def _computer(settings: RunSettings, home: str = HOME, network: Network | None = None) -> Iterator[_Row]:
    from troubleshooter.run.prepared import launch_options  # noqa: PLC0415

    yield "python", f"{platform.python_version()} on {platform.platform()}", True
    options = launch_options(settings, network)
    refusals: list[Refusal] = []
    try:
        started = until_ended(_browser(options, refusals.append))
        yield "browser", " ".join([started, *(f"({refusal.what.text})" for refusal in refusals)]), True
    except Stopped as error:
        yield "browser", f"{error.what.text} {error.help.text}", False
        return
    if options.proxy:
        yield _through_proxy(options, options.proxy.server, home)


def _through_proxy(options: launch.Options, server: str, home: str) -> _Row:
    """Open the home page through the proxy."""
    from troubleshooter.signin.check import opens  # noqa: PLC0415

    stop = until_ended(opens(home, options))
    if stop is None:
        return "proxy", f"{server} connects to {home}", True
    return "proxy", f"{server}: {stop.what.text} {stop.help.text}", False


def _account(
    tenant: Tenant, name: str, settings: RunSettings, redactor: Redactor, refused: list[tuple[str, Secret]]
) -> _Row:
    """Sign in with one account, and return the result as a row.

    Args:
        refused: user names with the passwords that were refused; a refused one is added.
    """
    from troubleshooter.model.enums import REFUSED_SECRET  # noqa: PLC0415
    from troubleshooter.run.prepared import credentials_of, launch_options  # noqa: PLC0415
    from troubleshooter.signin.check import signs_in  # noqa: PLC0415
    from troubleshooter.signin.credentials import SignInSettings  # noqa: PLC0415

    what, upn = f"account {name}", tenant.account(name).username
    prompt = tenant.account(name).password == "prompt"  # noqa: S105 - a keyword of the tenant file
    if prompt and (settings.non_interactive or not sys.stdin or not sys.stdin.isatty()):
        return what, f"{upn}: sign-in was not tried, because a run will ask for the password", True
    try:
        credentials = credentials_of(tenant, name, redactor, ask=prompt)
    except InputError as error:
        return what, f"{upn}: {error}", False
    sent = (upn.lower(), credentials.password)
    if sent in refused:
        return what, f"{upn}: the same password was just refused for this user, so it is not sent again", False
    operator = None if settings.non_interactive else AtTerminal()
    how = SignInSettings(settings.timeout, redactor.learn, operator)
    stop = until_ended(signs_in(tenant, name, credentials, launch_options(settings, tenant.network), how))
    if stop is None:
        return what, f"{upn} signs in", True
    if stop.reason in REFUSED_SECRET:
        refused.append(sent)
    code = f" ({stop.code})" if stop.code else ""
    return what, f"{upn}: {stop.reason.value}{code}: {stop.what.text} {stop.help.text}", False


def _learn_proxy(settings: RunSettings, redactor: Redactor) -> None:
    from troubleshooter.run.prepared import proxy_secrets  # noqa: PLC0415

    for secret in proxy_secrets(settings.proxy, os.environ):
        redactor.learn(secret)


def _tenant(spec: str, given: Given, redactor: Redactor) -> Iterator[_Row]:
    from troubleshooter.tenant.open import opened  # noqa: PLC0415

    plain = validated(RunSettings, given)  # an error on the command line itself is not a finding
    _learn_proxy(plain, redactor)
    try:
        with opened(spec) as tenant:
            settings = validated(RunSettings, merged(given, tenant.options, tenant.file))
            settings = settings.model_copy(update={"sign_in": "auto"})  # nobody signs in by hand here
            _learn_proxy(settings, redactor)
            yield from _computer(settings, tenant.home, tenant.network)
            yield "tenant", f"{tenant.name} at {tenant.sharepoint}", True
            refused: list[tuple[str, Secret]] = []
            for name in tenant.accounts:
                yield _account(tenant, name, settings, redactor, refused)
    except InputError as error:
        yield from _computer(plain)
        yield "tenant", str(error), False


def _without_tenant(given: Given, redactor: Redactor) -> Iterator[_Row]:
    settings = validated(RunSettings, given)
    _learn_proxy(settings, redactor)
    yield from _computer(settings)


@guarded
@with_options(_OPTIONS)
def doctor(
    given: Given,
    tenant: Annotated[
        str | None,
        typer.Option(
            "--tenant",
            envvar="TROUBLESHOOTER_TENANT",
            metavar="FILE",
            help="A tenant file, or `sandbox` or `sandbox:FAULT`: sign in with each of its accounts.",
        ),
    ] = None,
) -> None:
    """Check what is missing on this computer or in a tenant file, and whether its accounts can sign in."""
    failed, redactor = 0, Redactor()
    use(redactor)
    for what, says, fine in _tenant(tenant, given, redactor) if tenant else _without_tenant(given, redactor):
        answer(shown(f"{'ok  ' if fine else 'FAIL'} {what}: {says}"))
        failed += not fine
    try:
        answer(f"ok   keyring: {_keyring()}")
    except InputError as error:
        answer(f"note {error}")
    raise typer.Exit(NOT_LET_IN if failed else 0)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("doctor")(doctor)
