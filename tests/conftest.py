"""Fixtures that several test folders share, the mark for tests that need a browser, and the order of the tests."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser
from support.private import kept, private
from support.stray import Stray, serving

from troubleshooter.browser import launch
from troubleshooter.browser.session import Session
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.sandbox import sandbox, tenant_of

_OPEN_A_BROWSER = frozenset({"stray_browser", "sandbox_browser", "browser"})
"""Fixtures that start a browser."""
_MAKE_A_RUN = frozenset({"rehearsed", "earlier"})
"""Fixtures that make a whole run."""


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests start, also if the tests were started in a shell's background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # which programs inherit
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need a browser, and sort whole runs first so that no worker is left alone with one at the end."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & _MAKE_A_RUN:
            item.add_marker(pytest.mark.run)
        if fixtures & _OPEN_A_BROWSER or item.get_closest_marker("run"):
            item.add_marker(pytest.mark.browser)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Return the sort key of a test; tests with a smaller key start earlier."""
    if item.get_closest_marker("run"):
        return 0
    return 1 if item.get_closest_marker("browser") else 2


@pytest.fixture(autouse=True)
def no_browser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to start a browser for a test without the mark `browser`, because `make check` promises to need none."""
    if not request.node.get_closest_marker("browser"):

        def refuse() -> None:
            raise AssertionError("mark this test with pytest.mark.browser, or pytest.mark.run for a whole run")

        monkeypatch.setattr(launch, "driver", refuse)


@pytest.fixture(scope="session")
def stray_server() -> Iterator[Stray]:
    """Serve pages under any host name, as long as the process lives."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
async def stray_browser(stray_server: Stray) -> AsyncIterator[Browser]:
    """Keep a browser open that reaches the server; every test has a private session in it."""
    network = Network(resolve=f"127.0.0.1:{stray_server.port}", spki=stray_server.spki)
    async with kept(network) as started:
        yield started


@pytest.fixture
def stray(stray_server: Stray) -> Stray:
    """Return the server with its record of requests cleared."""
    stray_server.asked.clear()
    stray_server.silent.clear()
    return stray_server


@pytest.fixture
async def session(stray: Stray, stray_browser: Browser) -> AsyncIterator[Session]:
    """Yield a guarded session that reaches the server under the host names of a tenant."""
    hosts = host_policy("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])
    async with private(stray_browser, hosts, launch.Options(timeout=10)) as opened:
        yield opened


@pytest.fixture(scope="session")
def served() -> Iterator[Running]:
    """Serve a sandbox tenant as long as the process lives; every user of this fixture resets its state first."""
    with sandbox("healthy") as box:
        yield box


@pytest.fixture(scope="session")
async def sandbox_browser(served: Running) -> AsyncIterator[Browser]:
    """Keep a browser open that reaches the sandbox."""
    async with kept(tenant_of(served).network) as started:
        yield started
