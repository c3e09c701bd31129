"""Signs in with the accounts of a tenant file, for `troubleshooter doctor`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

from troubleshooter.cli.console import say, shown
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.errors import InputError
from troubleshooter.run.checkup import Row, fail, note, ok

if TYPE_CHECKING:
    from troubleshooter.redaction.redactor import Redactor
    from troubleshooter.redaction.secret import Secret
    from troubleshooter.run.request import RunSettings
    from troubleshooter.tenant.tenant import Tenant


class WrongCommandLine(InputError):
    """The command line itself is wrong, which is not a finding: `--as` names no account, or there was no answer."""


def agreed(names: list[str], settings: RunSettings) -> bool:
    """Ask on a terminal whether to sign in with each of several accounts; return whether to.

    A sign-in may send a request to the phone of the account's owner, who does not expect it.

    Raises:
        WrongCommandLine: nobody answered.
    """
    if len(names) < 2 or settings.non_interactive or not (sys.stdin and sys.stdin.isatty()):
        return True
    listed = shown(", ".join(names))
    question = f"Sign in with {len(names)} accounts ({listed})? Their owners' phones may ask for approval"
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        raise WrongCommandLine("--as", "no answer; name one account") from None


def not_tried(names: list[str], tenant: Tenant) -> Iterator[Row]:
    """Yield that no sign-in was tried, for each account."""
    for name in names:
        upn = tenant.account(name).username
        yield note(f"account {name}", f"{upn}: sign-in was not tried; --as {name} tries it")


def sign_ins(
    tenant: Tenant, names: list[str], settings: RunSettings, redactor: Redactor, tenant_file: str
) -> Iterator[Row]:
    """Sign in with each account, with the repairs unless one of them is wrong; yield the results, then the repairs'."""
    from troubleshooter.browser.locator_use import LocatorUse, using  # noqa: PLC0415
    from troubleshooter.run.launch_options import launch_options  # noqa: PLC0415
    from troubleshooter.run.repair_checks import repair_rows, wrong_repair  # noqa: PLC0415
    from troubleshooter.run.repairs import repairs_for  # noqa: PLC0415

    use, wrong = LocatorUse(), ""
    try:
        use = repairs_for(settings.locators, tenant_file).use()
        if use.repairs:
            options = launch_options(settings, tenant.network)
            wrong = until_ended(lambda: wrong_repair(use, tenant, options))
    except InputError as error:
        wrong = str(error)
    if wrong:
        yield fail("locators", f"{wrong}; a run would end here, the checks below do without the file")
        use = LocatorUse()
    attempts = _Attempts()
    with using(use):
        for name in names:
            yield _account(tenant, name, settings, redactor, attempts)
    yield from repair_rows(use)


@dataclass(frozen=True)
class _Attempts:
    """What the accounts so far have shown, so that no later one repeats it."""

    refused: list[tuple[str, Secret]] = field(default_factory=list)
    """User names with the passwords that were refused."""
    missing: dict[str, str] = field(default_factory=dict)
    """What is missing, with the first account that lacks it."""


def _once(error: InputError, name: str, attempts: _Attempts) -> str:
    """Return what is wrong with the secrets of the account `name`; only the first of several accounts explains it."""
    first = attempts.missing.setdefault(error.what, name)
    return str(error) if first == name else f"the same as for {first}"


def _account(tenant: Tenant, name: str, settings: RunSettings, redactor: Redactor, attempts: _Attempts) -> Row:
    """Sign in with one account, and return the result as a row; add what was refused, or is missing, to `attempts`."""
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
        return fail(what, f"{upn}: {_once(error, name, attempts)}")
    sent = (upn.lower(), credentials.password)
    if sent in attempts.refused:
        return fail(what, f"{upn}: the same password was just refused for this user, so it is not sent again")
    say(f"Signing in as {name} …")
    operator = None if settings.non_interactive else AtTerminal()
    how = SignInSettings(settings.timeout, redactor.learn, operator)
    options = launch_options(settings, tenant.network)
    stop = until_ended(lambda: signs_in(tenant, name, credentials, options, how))
    if stop is None:
        return ok(what, f"{upn} signs in")
    if stop.reason in REFUSED_SECRET:
        attempts.refused.append(sent)
    code = f" ({stop.code})" if stop.code else ""
    return fail(what, f"{upn}: {stop.reason.value}{code}: {stop.what.text} {stop.help.text}")
