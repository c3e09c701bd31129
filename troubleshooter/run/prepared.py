"""Checks a request against the tenant, and bundles everything that the run needs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.launch import Options
from troubleshooter.browser.profile_copy import BrowserProfile, profile_at
from troubleshooter.browser.proxy import proxy_of
from troubleshooter.errors import InputError
from troubleshooter.evidence.signer import Sign, signer
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.run.given_pages import given_pages
from troubleshooter.run.launch_options import launch_options
from troubleshooter.run.repairs import Repairs, repairs_for
from troubleshooter.run.request import RunRequest
from troubleshooter.run.user_names import meant, user_name
from troubleshooter.scenario import Scenario
from troubleshooter.signin.credentials import Credentials
from troubleshooter.signin.operator import Operator
from troubleshooter.tenant.open import is_sandbox
from troubleshooter.tenant.secret_sources import password_of, totp_of
from troubleshooter.tenant.tenant import Tenant

if TYPE_CHECKING:
    from troubleshooter.compare.upload import Checked


@dataclass(frozen=True)
class PreparedRun:
    """A run that is ready to start."""

    request: RunRequest
    tenant: Tenant
    scenario: Scenario
    account: str
    """Name of the account that signs in."""
    subject: str
    """UPN, in lower case."""
    pages: tuple[str, ...]
    credentials: Credentials
    redactor: Redactor
    profile: BrowserProfile | None = None
    """The browser profile to check as well."""
    photo: Checked | None = None
    """The photo to add, as checked."""
    operator: Operator | None = None
    """The person who can be asked to do something during sign-in; None if nobody can."""
    repairs: Repairs = field(default_factory=Repairs)
    """Selectors to try first."""
    user_agent: str | None = None
    """What the browser calls itself; None for its own name."""
    sign: Sign | None = None
    """What signs the manifest; None if nothing does."""

    @property
    def browser(self) -> Options:
        """The options with which the browser is started."""
        return replace(launch_options(self.request, self.tenant.network), user_agent=self.user_agent)

    def inputs(self) -> dict[str, Any]:
        """Return what is needed to repeat the run, without secrets, as JSON values."""
        names = {"account": self.account, "subject": self.subject, "pages": self.pages, "locators": self.repairs.file}
        return self.request.model_copy(update=names).inputs()


@dataclass(frozen=True)
class _Given:
    """What a request means in its tenant; the fields are those of `PreparedRun`."""

    scenario: Scenario
    account: str
    subject: str
    pages: tuple[str, ...]
    profile: BrowserProfile | None
    photo: Checked | None
    sign: Sign | None


def prepare(
    request: RunRequest, tenant: Tenant, scenarios: Mapping[str, Scenario], operator: Operator | None = None
) -> PreparedRun:
    """Check `request` before anything runs.

    Args:
        scenarios: the scenarios that can be run, by id.
        operator: who can be asked to do something during sign-in.

    Raises:
        InputError: something in the request is wrong; the error says what, where, and what is expected.
    """
    given = check(request, tenant, scenarios)
    redactor = Redactor()
    for secret in proxy_secrets(request.proxy, {} if tenant.network else os.environ):
        redactor.learn(secret)
    if request.interactive:
        credentials = Credentials(tenant.account(given.account).username, Secret(""))
    else:
        credentials = credentials_of(tenant, given.account, redactor, ask=not request.non_interactive)
    return PreparedRun(
        request,
        tenant,
        given.scenario,
        given.account,
        given.subject,
        given.pages,
        credentials,
        redactor,
        given.profile,
        given.photo,
        operator,
        repairs_for(request.locators, "" if is_sandbox(request.tenant) else tenant.file),
        sign=given.sign,
    )


def check(request: RunRequest, tenant: Tenant, scenarios: Mapping[str, Scenario]) -> _Given:
    """Return what `request` means in `tenant`, which need not be reachable yet; no secret is read.

    Raises:
        InputError: something in the request is wrong.
    """
    if request.scenario not in scenarios:
        raise InputError("SCENARIO", f"no scenario {request.scenario!r}; allowed: {', '.join(scenarios)}")
    scenario = scenarios[request.scenario]
    name = request.account or tenant.default_account
    if not name:
        raise InputError("--as", f"name the account that signs in; allowed: {', '.join(tenant.accounts)}")
    username = tenant.account(name).username.lower()
    subject = _subject(request, tenant, username)
    pages = given_pages(request, tenant) if scenario.pages else ()
    if request.expect:
        read_expected(request.expect)
    profile = profile_at(request.also_profile) if request.also_profile and scenario.pages else None
    photo = _photo_to_send(request, scenario, subject, username)
    return _Given(scenario, name, subject, pages, profile, photo, signer(request.sign))


def _subject(request: RunRequest, tenant: Tenant, username: str) -> str:
    """Return the UPN of the user whose photo is checked."""
    default = tenant.default_subject if not request.account else None
    try:
        return user_name(request.subject or default or username)
    except ValueError as error:
        accounts = {name: account.username for name, account in tenant.accounts.items()}
        hint = meant(request.subject or "", accounts, username.partition("@")[2])
        raise InputError("--subject", f"{error}{hint}") from None


def _photo_to_send(request: RunRequest, scenario: Scenario, subject: str, username: str) -> Checked | None:
    """Return the photo to add, checked; None for a scenario that changes nothing."""
    if not scenario.changes:
        if request.photo:
            why = f"{scenario.id} adds no photo: add-photo does; --expect names the photo to compare with"
            raise InputError("--photo", why)
        return None
    if subject != username:
        why = (
            f"{scenario.id} changes the photo of the account that signs in, {username}, not of {subject}; "
            "leave out --subject"
        )
        raise InputError("--subject", why)
    if request.photo is None:
        raise InputError("--photo", f"{scenario.id} needs the photo to add; name a picture file")
    from troubleshooter.compare.upload import UnfitPhoto, checked  # noqa: PLC0415 - takes a while to load

    try:
        photo = checked(request.photo, strict=request.strict)
    except UnfitPhoto as error:
        raise InputError("--photo", f"{request.photo}: {error}") from error
    if not request.allow_changes and not request.sent_before:
        raise InputError("--allow-changes", f"{scenario.id} changes the photo in the tenant; add --allow-changes")
    return photo


def credentials_of(tenant: Tenant, name: str, redactor: Redactor, *, ask: bool) -> Credentials:
    """Return what the account `name` signs in with, and give its secrets to `redactor`.

    Args:
        ask: whether the user may be prompted for the password.

    Raises:
        InputError: a secret is missing or not valid.
    """
    account, known = tenant.account(name), tenant.known_secrets
    totp = totp_of(account, name, known)
    password = password_of(account, name, known, ask=ask)
    for secret in (password, totp):
        if secret:
            redactor.learn(secret)
    return Credentials(account.username, password, totp)


def proxy_secrets(given: str | None, environment: Mapping[str, str]) -> tuple[Secret, ...]:
    """Return the password of the proxy `given` or of the environment's, as written there and as the proxy receives it.

    Raises:
        InputError: the proxy of the environment is not valid.
    """
    proxy = proxy_of(given, environment)
    return proxy.secrets if proxy else ()


def read_expected(path: Path) -> bytes:
    """Return the bytes of the photo that `--expect` names.

    Raises:
        InputError: it is missing, or not a picture.
    """
    from troubleshooter.compare.picture import UnreadablePicture, load, read_file  # noqa: PLC0415 - as above

    try:
        data = read_file(path)
        load(data)
    except OSError as error:
        raise InputError("--expect", f"{path}: {error.strerror or error}; expected a picture file") from error
    except UnreadablePicture as error:
        raise InputError("--expect", f"{path}: {error.why}; expected a JPEG, PNG, GIF, BMP or WebP picture") from error
    return data
