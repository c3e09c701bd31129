"""What a run was asked to do, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from troubleshooter.browser import launch
from troubleshooter.browser.profile_copy import BrowserProfile, found
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.compare.upload import Checked, UnfitPhoto, checked
from troubleshooter.errors import InputError
from troubleshooter.model.records import rfc3339
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.scenario import Scenario
from troubleshooter.signin.operator import Operator
from troubleshooter.surfaces import SURFACES, WORDS
from troubleshooter.tenant.file import choice
from troubleshooter.tenant.secret_sources import password_of, totp_of
from troubleshooter.tenant.tenant import Tenant
from troubleshooter.urls import host_of, split


@dataclass(frozen=True)
class RunRequest:
    """What a run was asked to do."""

    scenario: str
    tenant: Tenant
    tenant_spec: str
    account: str | None = None
    subject: str | None = None
    pages: tuple[str, ...] = ()
    expect: Path | None = None
    photo: Path | None = None
    """The photo to add."""
    allow_changes: bool = False
    sent_before: bool = False
    """Whether an earlier run sent the photo: this one only looks whether it has arrived."""
    surfaces: tuple[str, ...] = ()
    """Names of surfaces, or `default`, or `all`; nothing is `default`."""
    also_profile: Path | None = None
    """A browser profile to compare the private session with."""
    find_pages: bool = False
    """Look for pages even where the tenant names some."""
    changed_at: datetime | None = None
    """When the user says that the photo was changed, with its zone."""
    out: Path = Path("reports")
    lang: str = "en"
    ticket: str | None = None
    show_others: bool = False
    non_interactive: bool = False
    hands_on: bool = False
    """Whether a person signs in alone, in a window (`--sign-in interactive`)."""
    person: Operator | None = None
    """Who can be told what to do on the phone; None: nobody."""
    browser: launch.Options = field(default_factory=launch.Options)


@dataclass
class PreparedRun:
    """An order that was found good, before anything ran."""

    order: RunRequest
    scenario: Scenario
    account: str
    subject: str
    pages: tuple[str, ...]
    password: Secret
    redactor: Redactor
    totp: Secret | None = None
    """The seed of the account's one-time codes, in base32."""
    profile: BrowserProfile | None = None
    """The browser profile to compare with."""
    photo: Checked | None = None
    """The photo to add, as it was when it was checked."""

    def inputs(self) -> dict[str, Any]:
        """Return everything that a second run needs, without secrets."""
        order = self.order
        return {
            "scenario": order.scenario,
            "tenant": _lasting(order.tenant_spec),
            "account": self.account,
            "subject": self.subject,
            "pages": list(self.pages),
            "expect": _lasting(order.expect),
            "photo": _lasting(order.photo),
            "allow_changes": order.allow_changes,
            "surfaces": list(order.surfaces) or ["default"],
            "also_profile": str(order.also_profile.resolve()) if order.also_profile else None,
            "changed_at": rfc3339(order.changed_at) if order.changed_at else None,
            "lang": order.lang,
            "ticket": order.ticket,
            "show_others": order.show_others,
            "browser": order.browser.browser,
            "executable": order.browser.executable,
            "headed": order.browser.headed,
            "sign_in": "interactive" if order.hands_on else "auto",
            "ui_locale": order.browser.ui_locale,
            "timeout": order.browser.timeout,
            "proxy": order.browser.proxy,
        }


def _lasting(path: Path | str | None) -> str | None:
    """Return `path` as it can be found from any folder; what names no file stays as it is."""
    return str(Path(path).resolve()) if path and Path(path).is_file() else (str(path) if path else None)


def prepare(order: RunRequest, scenarios: Mapping[str, Scenario]) -> PreparedRun:
    """Check `order` before anything runs.

    Args:
        scenarios: the scenarios that can be run, by id.

    Raises:
        InputError: something in it is wrong; the error says what, where, and what is allowed.
    """
    if order.scenario not in scenarios:
        raise InputError("SCENARIO", f"no scenario {order.scenario!r}; allowed: {', '.join(scenarios)}")
    tenant = order.tenant
    name = order.account or tenant.default_account
    if not name:
        raise InputError("--as", f"which account signs in? allowed: {', '.join(tenant.accounts)}")
    account = tenant.account(name)
    subject = (order.subject or (tenant.default_subject if not order.account else None) or account.username).lower()
    if subject.count("@") != 1 or any(c.isspace() for c in subject) or subject.startswith("@") or subject.endswith("@"):
        raise InputError("--subject", f"{subject!r} is not a user; allowed: a UPN such as ana@contoso.com")
    check_surfaces(order.surfaces)
    scenario = scenarios[order.scenario]
    pages = (order.pages or (() if order.find_pages else tenant.default_pages)) if scenario.pages else ()
    allowed = {host_of(tenant.sharepoint), host_of(tenant.my)}
    for page in pages:
        if host_of(page) not in allowed:
            raise InputError(
                "--page", f"{page} is outside the tenant; allowed: pages of {' and '.join(sorted(allowed))}"
            )
    if order.expect:
        read_expected(order.expect)
    profile = found(order.also_profile) if order.also_profile and scenario.pages else None
    photo = _photo_to_send(order, scenario, subject, account.username.lower())
    if order.browser.executable and not Path(order.browser.executable).is_file():
        raise InputError("--executable", f"{order.browser.executable} is not a file; allowed: a browser's program")
    redactor = Redactor()
    password, totp = Secret(""), None
    if not order.hands_on:
        password = password_of(account, name, tenant.known_secrets, ask=not order.non_interactive)
        totp = totp_of(account, name, tenant.known_secrets)
    for secret in (password, totp, *proxy_secrets(order.browser.proxy)):
        if secret:
            redactor.learn(secret)
    return PreparedRun(order, scenario, name, subject, tuple(pages), password, redactor, totp, profile, photo)


def _photo_to_send(order: RunRequest, scenario: Scenario, subject: str, own: str) -> Checked | None:
    """Return the photo to add, checked; None for a scenario that changes nothing."""
    if not scenario.changes:
        if order.photo:
            why = (
                f"{scenario.id} adds no photo; allowed: with add-photo; the photo to compare with is named by --expect"
            )
            raise InputError("--photo", why)
        return None
    if subject != own:
        why = f"{scenario.id} changes the photo of who signs in, {own}, not of {subject}; allowed: to leave it out"
        raise InputError("--subject", why)
    if order.photo is None:
        raise InputError("--photo", f"{scenario.id} needs the photo to add; allowed: a picture file")
    try:
        photo = checked(order.photo)
    except UnfitPhoto as error:
        raise InputError("--photo", f"{order.photo}: {error}") from error
    if not order.allow_changes and not order.sent_before:
        why = f"{scenario.id} changes the photo in the tenant, and sends nothing without it; allowed: --allow-changes"
        raise InputError("--allow-changes", why)
    return photo


def proxy_secrets(address: str | None) -> list[Secret]:
    """Return the password in a proxy's address, as it stands there and as the proxy gets it."""
    found = split(address or "").password
    return [Secret(found), Secret(unquote(found))] if found else []


def check_surfaces(names: Iterable[str]) -> None:
    """Raise InputError where one of `names` is no surface."""
    allowed = [*WORDS, *(surface.value for surface in SURFACES)]
    for name in names:
        if name not in allowed:
            raise InputError("--surfaces", f"no surface {name!r}{choice(name, allowed)}")


def read_expected(path: Path) -> bytes:
    """Return the bytes of the photo that `--expect` names.

    Raises:
        InputError: it is missing, or no picture.
    """
    try:
        data = path.read_bytes()
        load(data)
    except OSError as error:
        raise InputError("--expect", f"{path}: {error.strerror or error}; allowed: a picture file") from error
    except UnreadablePicture as error:
        raise InputError("--expect", f"{path}: {error.why}; allowed: a JPEG, PNG, GIF, BMP or WebP picture") from error
    return data
