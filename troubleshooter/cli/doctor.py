"""The `troubleshooter doctor` command."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli.console import NOT_LET_IN, answer, guarded, say, shown, use
from troubleshooter.cli.options import Given, merged, named, with_options
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import InputError
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.checkup import Row, State, fail, note, ok
from troubleshooter.run.options import validated
from troubleshooter.run.request import RunSettings

if TYPE_CHECKING:
    from troubleshooter.redaction.secret import Secret
    from troubleshooter.tenant.tenant import Tenant

HOME = "https://www.office.com"
"""What is opened through a proxy if no tenant file names another home page."""
_OPTIONS = named(
    "browser", "executable", "timeout", "proxy", "headed", "ui_locale", "non_interactive", "out", "locators"
)


class _NoSuchAccount(InputError):
    """`--as` names no account of the tenant file."""


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
    yield from until_ended(browser_rows(options, way))
    if not way:
        yield note("network", "not checked: clock, proxy and TLS are checked with --tenant FILE, or with --proxy URL")


def _account(
    tenant: Tenant, name: str, settings: RunSettings, redactor: Redactor, refused: list[tuple[str, Secret]]
) -> Row:
    """Sign in with one account, and return the result as a row.

    Args:
        refused: user names with the passwords that were refused; a refused one is added.
    """
    from troubleshooter.model.enums import REFUSED_SECRET  # noqa: PLC0415
    from troubleshooter.run.launch_options import launch_options  # noqa: PLC0415
    from troubleshooter.run.prepared import credentials_of  # noqa: PLC0415
    from troubleshooter.signin.check import signs_in  # noqa: PLC0415
    from troubleshooter.signin.credentials import SignInSettings  # noqa: PLC0415

    what, upn = f"account {name}", tenant.account(name).username
    prompt = tenant.account(name).password == "prompt"  # noqa: S105 - a keyword of the tenant file
    if prompt and (settings.non_interactive or not sys.stdin or not sys.stdin.isatty()):
        return ok(what, f"{upn}: sign-in was not tried, because a run will ask for the password")
    try:
        credentials = credentials_of(tenant, name, redactor, ask=prompt)
    except InputError as error:
        return fail(what, f"{upn}: {error}")
    sent = (upn.lower(), credentials.password)
    if sent in refused:
        return fail(what, f"{upn}: the same password was just refused for this user, so it is not sent again")
    say(f"Signing in as {name} …")
    operator = None if settings.non_interactive else AtTerminal()
    how = SignInSettings(settings.timeout, redactor.learn, operator)
    stop = until_ended(signs_in(tenant, name, credentials, launch_options(settings, tenant.network), how))
    if stop is None:
        return ok(what, f"{upn} signs in")
    if stop.reason in REFUSED_SECRET:
        refused.append(sent)
    code = f" ({stop.code})" if stop.code else ""
    return fail(what, f"{upn}: {stop.reason.value}{code}: {stop.what.text} {stop.help.text}")


def _learn_proxy(settings: RunSettings, redactor: Redactor) -> None:
    from troubleshooter.run.prepared import proxy_secrets  # noqa: PLC0415

    for secret in proxy_secrets(settings.proxy, os.environ):
        redactor.learn(secret)


def _tenant(spec: str, account: str | None, given: Given, redactor: Redactor) -> Iterator[Row]:
    from troubleshooter.browser.locator_use import LocatorUse, using  # noqa: PLC0415
    from troubleshooter.run.repair_checks import repair_rows  # noqa: PLC0415
    from troubleshooter.run.repairs import repairs_for  # noqa: PLC0415
    from troubleshooter.tenant.open import is_sandbox, opened  # noqa: PLC0415

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
            refused: list[tuple[str, Secret]] = []
            repairs = LocatorUse(repairs_for(settings.locators, "" if is_sandbox(spec) else tenant.file))
            with using(repairs):
                for name in names:
                    yield _account(tenant, name, settings, redactor, refused)
            yield from repair_rows(repairs, settings.locators)
    except _NoSuchAccount:
        raise
    except InputError as error:
        yield from _computer(plain)
        yield fail("tenant", str(error))


def _known(account: str, tenant: Tenant) -> str:
    if account not in tenant.accounts:
        raise _NoSuchAccount("--as", f"no account {account!r}; allowed: {', '.join(tenant.accounts)}")
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
            help="A tenant file, or `sandbox` or `sandbox:FAULT`: sign in with each of its accounts.",
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
