"""Every sign-in that the sandbox offers ends as expected, in a real browser; each secret is sent once."""

import asyncio
from dataclasses import replace

import pytest
from support.private import private

from troubleshooter.browser import launch
from troubleshooter.model.enums import Reason
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import check
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.tenant.sandbox import tenant_of
from troubleshooter.tenant.secret_sources import password_of, totp_of

LOCALES = ("en-US", "ro-RO", "de-DE", "ja-JP")
IN = None
ENDS = {
    "healthy": IN,
    "mfa-number": IN,
    "mfa-number-changes": IN,
    "mfa-push": IN,
    "mfa-totp": IN,
    "mfa-totp-wrong": Reason.MFA_DENIED,
    "mfa-code-unknown": Reason.MFA_NEEDED,
    "mfa-sms": Reason.MFA_NEEDED,
    "mfa-methods": IN,
    "mfa-methods-totp": IN,
    "mfa-other-way": IN,
    "mfa-denied": Reason.MFA_DENIED,
    "mfa-timeout": Reason.MFA_TIMEOUT,
    "proofup-skippable": IN,
    "proofup-required": Reason.REGISTRATION_NEEDED,
    "action-required": IN,
    "campaign": IN,
    "setup-wizard": IN,
    "blocked-by-policy": Reason.BLOCKED_BY_POLICY,
    "locked": Reason.ACCOUNT_LOCKED,
    "device-required": Reason.BLOCKED_BY_POLICY,
    "account-disabled": Reason.ACCOUNT_DISABLED,
    "not-assigned": Reason.NOT_ASSIGNED,
    "unknown-refusal": Reason.SIGN_IN_ERROR,
    "password-expired": Reason.PASSWORD_EXPIRED,
    "adfs": IN,
    "adfs-paged": IN,
    "adfs-not-allowed": Reason.UNEXPECTED_HOST,
    "ping": IN,
    "okta": IN,
    "lookalike-host": Reason.UNEXPECTED_HOST,
    "lookalike-homograph": Reason.UNEXPECTED_HOST,
    "lookalike-midway": Reason.UNEXPECTED_HOST,
    "lookalike-frame": Reason.UNEXPECTED_HOST,
    "session-control-sign-in": Reason.SESSION_CONTROL,
    "picker": IN,
    "picker-other": IN,
    "work-or-personal": IN,
    "unknown-user": Reason.UNKNOWN_USER,
    "passwordless": IN,
    "access-pass": Reason.MFA_NEEDED,
    "passkey": IN,
    "passkey-picker": IN,
    "passkey-only": Reason.MFA_NEEDED,
    "no-kmsi": IN,
    "kmsi-hidden-checkbox": IN,
    "consent": Reason.CONSENT_NEEDED,
    "app-confirm": IN,
    "terms-of-use": Reason.CONSENT_NEEDED,
    "first-sign-in-interrupts": IN,
    "unknown-screen": Reason.UNKNOWN_SIGN_IN_SCREEN,
    "unknown-layout": Reason.UNKNOWN_SIGN_IN_SCREEN,
    "sign-in-error": Reason.SIGN_IN_ERROR,
    "sign-in-loop": Reason.SIGN_IN_ERROR,
    "swallowed-clicks": IN,
    "password-box-shown": IN,
    "password-checked": IN,
    "late-config": IN,
    "slow-sign-in": IN,
    "password-notice": IN,
    "wrong-password": Reason.WRONG_PASSWORD,
}
CODES = {
    "device-required": "AADSTS530003",
    "account-disabled": "AADSTS50057",
    "not-assigned": "AADSTS50105",
    "unknown-refusal": "AADSTS399217",
}
BEFORE_THE_PASSWORD = {
    *("adfs-not-allowed", "lookalike-host", "lookalike-homograph", "lookalike-frame", "unknown-user", "unknown-layout"),
    "session-control-sign-in",
}
WITHOUT_ONE = BEFORE_THE_PASSWORD | {"access-pass", "passkey-only"}
PROVIDERS = {"adfs": "sts.contoso.com", "adfs-paged": "sts.contoso.com"}


class Somebody:
    """An operator who is shown what to do, while the sandbox acts as the phone."""

    terminal = False

    def __init__(self) -> None:
        self.tasks = []

    def show(self, task, seconds) -> None:
        assert seconds > 0
        if task not in self.tasks:
            self.tasks.append(task)

    def clear(self) -> None:
        pass

    async def ask(self, what, *, hidden):
        raise AssertionError("nobody is at this terminal")


@pytest.fixture
def learned() -> list[Secret]:
    """Return the list that collects the secrets generated during sign-in."""
    return []


@pytest.fixture
def tried(served, sandbox_browser, learned):
    """Return a function that signs in under a fault, and returns the stop (None after success) and the journal."""

    async def sign_in(
        fault: str, locale: str = "en-US", operator: Somebody | None = None, visit_hosts: tuple[str, ...] = ()
    ):
        served.state.reset()
        served.set_fault(fault)
        where = replace(tenant_of(served), visit_hosts=visit_hosts)
        account = where.account("ana")
        credentials = Credentials(
            account.username,
            password_of(account, "ana", where.known_secrets, ask=False),
            totp_of(account, "ana", where.known_secrets),
        )
        settings = SignInSettings(30, learned.append, operator=operator)
        options = launch.Options(timeout=30, ui_locale=locale)
        async with private(sandbox_browser, where.hosts(account), options) as session:
            stop = await check.lets_in(session, where.home, credentials, settings)
        return stop, served.journal

    return sign_in


@pytest.mark.parametrize("fault", ENDS)
async def test_signin_ends_as_expected(fault, tried, learned):
    """The account is let in, or the reason says why not; the password was sent once, to its own host."""
    operator = Somebody()
    locale = LOCALES[list(ENDS).index(fault) % len(LOCALES)]
    stop, journal = await tried(fault, locale, operator)
    assert ENDS[fault] == (stop and stop.reason)
    assert CODES.get(fault) in (None, stop and stop.code)
    submitted = [sent for sent in journal.credentials if sent.path != "/common/checker"]
    passwords = [sent for sent in submitted if sent.kind == "password"]
    assert (0 if fault in WITHOUT_ONE else 1) == len(passwords)
    assert [] == [request for request in journal.requests if request.kind == "unexpected"]
    codes = [secret for secret in learned if secret.reveal().isdigit()]
    assert {"mfa-totp-wrong": 2, "mfa-other-way": 1, "campaign": 1}.get(fault, 1 if "totp" in fault else 0) == len(
        codes
    )
    if fault in PROVIDERS:
        assert PROVIDERS[fault] == passwords[0].host
    shown = [task.number for task in operator.tasks]
    if "number" in fault:
        assert all(number.isdigit() for number in shown)
        assert (2 if fault == "mfa-number-changes" else 1) == len(shown)


async def test_signin_tolerates_seamless_single_sign_on(tried):
    """The hidden frame of seamless single sign-on may load, gets nothing, and stops nothing."""
    stop, journal = await tried("seamless-sso")
    assert stop is None
    asked = [request for request in journal.requests if request.host == "autologon.microsoftazuread-sso.com"]
    assert [("GET", "image"), ("GET", "iframe")] == [(request.method, request.dest) for request in asked]
    assert {"login.microsoftonline.com"} == {sent.host for sent in journal.credentials}


async def test_signin_types_nothing_behind_session_control_that_may_be_visited(tried):
    """With `visit_hosts`, the page that asks there is opened, gets nothing, and ends the sign-in."""
    stop, journal = await tried("session-control-sign-in", visit_hosts=("mcas.ms",))
    assert stop
    assert Reason.SESSION_CONTROL is stop.reason
    asked = [request.method for request in journal.requests if request.host == "login.microsoftonline.com.mcas.ms"]
    assert "GET" in asked and "POST" not in asked
    assert ([], []) == (journal.credentials, journal.names)


@pytest.mark.parametrize("fault", ["mfa-number", "mfa-push"])
async def test_signin_does_not_wait_without_an_operator(fault, tried):
    """Without an operator, a sign-in that needs one stops immediately."""
    stop, _ = await tried(fault)
    assert stop
    assert Reason.MFA_NEEDED is stop.reason


async def _by_hand(box, started, operator: Somebody) -> None:
    """Let an operator (the test) sign in on a page that the product only watches."""
    where = tenant_of(box)
    account = where.account("ana")
    async with private(started, where.hosts(account), launch.Options(timeout=30, ui_locale="en-US")) as session:
        page = await session.tab()
        await page.goto(where.home, wait_until="commit")
        credentials = Credentials(account.username, _Unasked("x"))
        settings = SignInSettings(30, _never, operator=operator, interactive=True)
        watching = SignIn(page, session.guard, credentials, settings)
        watched = asyncio.ensure_future(watching.run())
        await page.locator("[id^=hero-banner-sign-in]").click()
        await page.locator("#i0116").fill(account.username)
        assert not watched.done()
        await page.locator("#idSIButton9").click()
        await page.locator("#i0118:not(.moveOffScreen)").fill(box.password)
        await page.locator("#idSIButton9").click()
        await page.locator("#KmsiDescription").wait_for()
        await page.locator("#idSIButton9").click()
        await watched


def _never(*_):
    raise AssertionError("the operator signs in by hand: nothing is typed, and no secret is read")


class _Unasked(Secret):
    """A password that must not be read."""

    reveal = _never


async def test_signin_by_hand_is_only_watched(served, sandbox_browser):
    """An operator signs in by hand and answers "stay signed in?" freely; the product takes over on the home page."""
    operator = Somebody()
    served.state.reset()
    await _by_hand(served, sandbox_browser, operator)
    assert [True] == [sent.right for sent in served.journal.credentials]
    assert ["Sign in as ana.popescu@contoso.com in the browser window that opened."] == [
        task.what.text for task in operator.tasks
    ]
