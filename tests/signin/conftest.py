"""Fixtures that sign in on a page in a real browser."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support import stray as strays
from support.stray import Stray

from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.driver import SignIn
from troubleshooter.tenant.hosts import host_policy

from .odd_pages import ANA, HOME, PASSWORD, SENT


def _forget(secret) -> None:
    """Ignore a secret, because these tests write nothing that needs redaction."""


@pytest.fixture
def through(session: Session, stray: Stray, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable:
    """Return a function that signs in on a page and returns the stop, or None if sign-in succeeds."""
    stray.bodies.clear()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests send the codes of the same seed

    async def start(html: str, *, url: str = "https://login.microsoftonline.com/odd", timeout: float = 8, **more):
        monkeypatch.setitem(strays.PAGES, "/odd", html)
        monkeypatch.setitem(strays.PAGES, "/sent", SENT)
        monkeypatch.setitem(strays.PAGES, "/home", more.pop("home", "<button id=O365_MainLink_Me>x</button>"))
        tab = await session.tab()
        await tab.goto(url, wait_until="commit")
        given = {name: more.pop(name) for name in ("totp", "used") if name in more}
        settings = SignInSettings(timeout, _forget, **more)
        signing = SignIn(tab, session.guard, Credentials(ANA, Secret(PASSWORD), **given), settings)
        try:
            await signing.run()
        except Stopped as stop:
            return stop
        assert tab.url == f"{HOME}home"
        return None

    return start


@pytest.fixture
def provider(session: Session):
    """Allow the password on the company's own provider, too."""
    session.guard.hosts = host_policy("worldwide", [HOME], federated_hosts=["sts.contoso.com"])
