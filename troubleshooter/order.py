"""What a run was asked to do, checked before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from troubleshooter import browser
from troubleshooter.compare.picture import UnreadablePicture, load
from troubleshooter.errors import InputError
from troubleshooter.hosts import host_of, split
from troubleshooter.model import rfc3339
from troubleshooter.scenario import Scenario, scenarios
from troubleshooter.secret import Cleaner, Secret
from troubleshooter.signin.secrets import password_of, totp_of
from troubleshooter.tenant import Tenant


@dataclass(frozen=True)
class Order:
    """What a run was asked to do."""

    scenario: str
    tenant: Tenant
    tenant_spec: str
    account: str | None = None
    subject: str | None = None
    pages: tuple[str, ...] = ()
    expect: Path | None = None
    changed_at: datetime | None = None
    """When the user says that the photo was changed, with its zone."""
    out: Path = Path("reports")
    lang: str = "en"
    ticket: str | None = None
    show_others: bool = False
    non_interactive: bool = False
    browser: browser.Options = field(default_factory=browser.Options)


@dataclass
class Prepared:
    """An order that was found good, before anything ran."""

    order: Order
    scenario: Scenario
    account: str
    subject: str
    pages: tuple[str, ...]
    password: Secret
    cleaner: Cleaner
    totp: Secret | None = None
    """The seed of the account's one-time codes, in base32."""

    def inputs(self) -> dict[str, Any]:
        """Return everything that a second run needs, without secrets."""
        order = self.order
        return {
            "scenario": order.scenario,
            "tenant": order.tenant_spec,
            "account": self.account,
            "subject": self.subject,
            "pages": list(self.pages),
            "expect": str(order.expect) if order.expect else None,
            "changed_at": rfc3339(order.changed_at) if order.changed_at else None,
            "lang": order.lang,
            "ticket": order.ticket,
            "show_others": order.show_others,
            "browser": order.browser.browser,
            "executable": order.browser.executable,
            "headed": order.browser.headed,
            "ui_locale": order.browser.ui_locale,
            "timeout": order.browser.timeout,
            "proxy": order.browser.proxy,
        }


def prepare(order: Order) -> Prepared:
    """Check `order` before anything runs.

    Raises:
        InputError: something in it is wrong; the error says what, where, and what is allowed.
    """
    table = scenarios()
    if order.scenario not in table:
        raise InputError("SCENARIO", f"no scenario {order.scenario!r}; allowed: {', '.join(table)}")
    tenant = order.tenant
    name = order.account or tenant.default_account
    if not name:
        raise InputError("--as", f"which account signs in? allowed: {', '.join(tenant.accounts)}")
    account = tenant.account(name)
    subject = (order.subject or (tenant.default_subject if not order.account else None) or account.username).lower()
    if subject.count("@") != 1 or any(c.isspace() for c in subject) or subject.startswith("@") or subject.endswith("@"):
        raise InputError("--subject", f"{subject!r} is not a user; allowed: a UPN such as ana@contoso.com")
    pages = order.pages or tenant.default_pages
    if not pages:
        raise InputError("--page", "at least one is needed; allowed: the address of a SharePoint page")
    allowed = {host_of(tenant.sharepoint), host_of(tenant.my)}
    for page in pages:
        if host_of(page) not in allowed:
            raise InputError(
                "--page", f"{page} is outside the tenant; allowed: pages of {' and '.join(sorted(allowed))}"
            )
    if order.expect:
        read_expected(order.expect)
    if order.browser.executable and not Path(order.browser.executable).is_file():
        raise InputError("--executable", f"{order.browser.executable} is not a file; allowed: a browser's program")
    cleaner = Cleaner()
    password = password_of(account, name, tenant.known_secrets, ask=not order.non_interactive)
    totp = totp_of(account, name, tenant.known_secrets)
    for secret in (password, totp, _of_proxy(order.browser.proxy)):
        if secret:
            cleaner.learn(secret)
    return Prepared(order, table[order.scenario], name, subject, tuple(pages), password, cleaner, totp)


def _of_proxy(address: str | None) -> Secret | None:
    found = split(address or "").password
    return Secret(found) if found else None


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
