"""The `troubleshooter doctor` command."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import NOT_LET_IN, answer, guarded, say, shown, use
from troubleshooter.cli.doctor_accounts import WrongCommandLine, agreed, not_tried, sign_ins
from troubleshooter.cli.options import Given, merged, named, with_options
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import InputError
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.checkup import Row, State, fail, note, ok
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.tenant.tenant import Tenant

HOME = "https://www.office.com"
"""What is opened through a proxy if no tenant file names another home page."""
_OPTIONS = named(
    "browser", "executable", "timeout", "proxy", "headed", "ui_locale", "non_interactive", "out", "locators"
)


def _computer(settings: RunSettings, tenant: Tenant | None = None) -> Iterator[Row]:
    """Yield the checks of this computer, and of the way to the tenant's home page or through the proxy."""
    from troubleshooter.run.browser_checks import Way, browser_rows  # noqa: PLC0415
    from troubleshooter.run.computer_checks import computer_rows  # noqa: PLC0415
    from troubleshooter.run.launch_options import launch_options  # noqa: PLC0415
    from troubleshooter.tenant.hosts import host_policy  # noqa: PLC0415

    yield ok("python", f"{platform.python_version()} on {platform.platform()}")
    yield from computer_rows(settings.out, headed=settings.headed)
    options = launch_options(settings, tenant.network if tenant else None)
    way = None
    if tenant:
        way = Way(tenant.home, tenant.hosts(), tenant.network)
    elif options.proxy:
        way = Way(HOME, host_policy("worldwide", (HOME,)))
    say(f"Checking the browser{f' and {way.home}' if way else ''} …")
    yield from until_ended(lambda: browser_rows(options, way))
    if not way:
        yield note("network", "not checked: clock, proxy and TLS are checked with --tenant FILE, or with --proxy URL")


def _learn_proxy(settings: RunSettings, redactor: Redactor) -> None:
    from troubleshooter.run.prepared import proxy_secrets  # noqa: PLC0415

    for secret in proxy_secrets(settings.proxy, os.environ):
        redactor.learn(secret)


def _tenant(spec: str, account: str | None, given: Given, redactor: Redactor) -> Iterator[Row]:
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415

    sandboxed = is_sandbox(spec)
    plain = validated(RunSettings, given)  # an error on the command line itself is not a finding
    _learn_proxy(plain, redactor)
    try:
        with opened(spec) as tenant:
            settings = validated(RunSettings, merged(given, tenant.options, tenant.file))
            names = [_known(account, tenant)] if account else list(tenant.accounts)
            # Here nobody signs in by hand, but a run needs a window for that.
            settings = settings.model_copy(update={"sign_in": "auto", "headed": settings.in_window})
            _learn_proxy(settings, redactor)
            yield from _computer(settings, tenant)
            yield ok("tenant", f"{tenant.name} at {tenant.sharepoint}")
            if sandboxed or agreed(names, settings):
                yield from sign_ins(tenant, names, settings, redactor, "" if sandboxed else tenant.file)
            else:
                yield from not_tried(names, tenant)
    except WrongCommandLine:
        raise
    except InputError as error:
        yield from _computer(plain)
        yield fail("tenant", str(error))


def _known(account: str, tenant: Tenant) -> str:
    if account not in tenant.accounts:
        raise WrongCommandLine("--as", f"no account {account!r}; allowed: {', '.join(tenant.accounts)}")
    return account


def _without_tenant(account: str | None, given: Given, redactor: Redactor) -> Iterator[Row]:
    if account:
        raise InputError("--as", "an account belongs to a tenant file; name it with --tenant")
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
            help="A tenant file, or `sandbox:FAULT`: sign in with its accounts; asks first on a terminal.",
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option("--as", envvar="TROUBLESHOOTER_AS", metavar="ACCOUNT", help="Sign in with this account only."),
    ] = None,
) -> None:
    """Check what is missing on this computer or in a tenant file, and whether its accounts can sign in."""
    failed, redactor = 0, Redactor()
    use(redactor)
    rows = _tenant(tenant, account, given, redactor) if tenant else _without_tenant(account, given, redactor)
    for row in rows:
        answer(shown(row.line))
        failed += row.state is State.FAIL
    raise typer.Exit(NOT_LET_IN if failed else 0)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("doctor")(doctor)
