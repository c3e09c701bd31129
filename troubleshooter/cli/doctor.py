"""`troubleshooter doctor`"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from troubleshooter.cli._console import NOT_LET_IN, answer, clean, guarded, use
from troubleshooter.cli._options import Given, Settled, settle, with_options
from troubleshooter.cli._prompt import AtTerminal
from troubleshooter.cli._signals import until_ended
from troubleshooter.errors import InputError, Stopped
from troubleshooter.redaction.redactor import Redactor

if TYPE_CHECKING:
    from troubleshooter.browser import launch
    from troubleshooter.signin.credentials import Credentials
    from troubleshooter.tenant.tenant import Tenant

_OPTIONS = ("browser", "executable", "timeout", "proxy", "headed", "ui_locale", "non_interactive")
_Row = tuple[str, str, bool]
"""What was looked at, what there is to say, and whether it is fine."""


def _started_by(options: Settled) -> launch.Options:
    from troubleshooter.browser import launch  # noqa: PLC0415 - it loads the browser's library

    return launch.Options(
        browser=options.browser,
        executable=str(options.executable) if options.executable else None,
        headed=options.headed,
        ui_locale=options.ui_locale,
        timeout=options.timeout,
        proxy=options.proxy,
    )


async def _browser(options: launch.Options) -> str:
    """Start the browser that a run would take, once; return its name and version."""
    from troubleshooter.browser import launch  # noqa: PLC0415
    from troubleshooter.tenant.hosts import host_policy  # noqa: PLC0415

    async with launch.opened(options, host_policy("worldwide", ())) as (_, versions):
        return versions["browser"]


def _keyring() -> str:
    import keyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if backend.priority <= 0:
        raise InputError("keyring", "this computer has none that answers; secrets can come from env: variables")
    return str(backend.name)


def _computer(options: launch.Options) -> Iterator[_Row]:
    yield "python", f"{platform.python_version()} on {platform.platform()}", True
    try:
        yield "browser", until_ended(_browser(options)), True
    except Stopped as error:
        yield "browser", f"{error.what.text} {error.help.text}", False


def _account(tenant: Tenant, name: str, options: Settled, redactor: Redactor) -> _Row:
    """Sign in with one account."""
    from troubleshooter.signin.check import signs_in  # noqa: PLC0415
    from troubleshooter.signin.credentials import SignInSettings  # noqa: PLC0415

    what, upn = f"account {name}", tenant.account(name).username
    asked = tenant.account(name).password == "prompt"  # noqa: S105 - a word of the tenant file
    if asked and (options.non_interactive or not sys.stdin or not sys.stdin.isatty()):
        return what, f"{upn}: the password will be asked for; sign-in was not tried", True
    try:
        credentials = _credentials(tenant, name, redactor, ask=asked)
    except InputError as error:
        return what, f"{upn}: {error}", False
    operator = None if options.non_interactive else AtTerminal()
    settings = SignInSettings(options.timeout, redactor.learn, operator)
    stop = until_ended(signs_in(tenant, name, credentials, _started_by(options), settings))
    if stop is None:
        return what, f"{upn} signs in", True
    code = f" ({stop.code})" if stop.code else ""
    return what, f"{upn}: {stop.reason.value}{code}: {stop.what.text} {stop.help.text}", False


def _credentials(tenant: Tenant, name: str, redactor: Redactor, *, ask: bool) -> Credentials:
    from troubleshooter.signin.credentials import Credentials  # noqa: PLC0415
    from troubleshooter.tenant.secret_sources import password_of, totp_of  # noqa: PLC0415

    account, known = tenant.account(name), tenant.known_secrets
    totp = totp_of(account, name, known)
    password = password_of(account, name, known, ask=ask)
    for secret in (password, totp):
        if secret:
            redactor.learn(secret)
    return Credentials(account.username, password, totp)


def _learn_proxy(options: Settled, redactor: Redactor) -> None:
    from troubleshooter.run.request import proxy_secrets  # noqa: PLC0415

    for secret in proxy_secrets(options.proxy):
        redactor.learn(secret)


def _tenant(spec: str, given: Given, redactor: Redactor) -> Iterator[_Row]:
    from troubleshooter.tenant.open import opened  # noqa: PLC0415

    plain = settle(given, {}, "")  # what is wrong on the command line itself is no finding
    _learn_proxy(plain, redactor)
    try:
        with opened(spec) as tenant:
            options = settle(given, tenant.options, tenant.file)
            _learn_proxy(options, redactor)
            yield from _computer(_started_by(options))
            yield "tenant", f"{tenant.name} at {tenant.sharepoint}", True
            for name in tenant.accounts:
                yield _account(tenant, name, options, redactor)
    except InputError as error:
        yield from _computer(_started_by(plain))
        yield "tenant", str(error), False


def _without_tenant(options: Settled, redactor: Redactor) -> Iterator[_Row]:
    _learn_proxy(options, redactor)
    yield from _computer(_started_by(options))


def _doctor(
    given: Given,
    tenant: Annotated[
        str | None,
        typer.Option(
            "--tenant",
            envvar="TROUBLESHOOTER_TENANT",
            metavar="FILE",
            help="A tenant file, or `sandbox` or `sandbox:FAULT`: signs in with each of its accounts.",
        ),
    ] = None,
) -> None:
    """Say what is missing on this computer, or in a tenant file, and what stands in the way of its accounts."""
    missing, redactor = 0, Redactor()
    use(redactor)
    rows = _tenant(tenant, given, redactor) if tenant else _without_tenant(settle(given, {}, ""), redactor)
    for what, says, fine in rows:
        answer(clean(f"{'ok  ' if fine else 'MISS'} {what}: {says}"))
        missing += not fine
    try:
        answer(f"ok   keyring: {_keyring()}")
    except InputError as error:
        answer(f"note {error}")
    raise typer.Exit(NOT_LET_IN if missing else 0)


doctor = guarded(with_options(_doctor, _OPTIONS))


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("doctor")(doctor)
