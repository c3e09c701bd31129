"""What several rooms' tests stand on: a server that can lead astray, a private session in a real browser, an order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser
from support.order import turn
from support.private import kept, private
from support.stray import Stray, serving

from troubleshooter.browser import launch
from troubleshooter.browser.session import Session
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import host_policy
from troubleshooter.tenant.sandbox import sandbox, tenant_of


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let long tests begin first, so that all workers end together."""
    items.sort(key=lambda item: turn(item.nodeid))


@pytest.fixture(scope="session")
def stray_server() -> Iterator[Stray]:
    """Serve pages under any host name, as long as the process lives."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
async def stray_browser(stray_server: Stray) -> AsyncIterator[Browser]:
    """Keep a browser up that sees the server; what one test leaves in it no other finds."""
    network = Network(resolve=f"127.0.0.1:{stray_server.port}", spki=stray_server.spki)
    async with kept(network) as started:
        yield started


@pytest.fixture
def stray(stray_server: Stray) -> Stray:
    """Give the server, which was asked for nothing yet."""
    stray_server.asked.clear()
    return stray_server


@pytest.fixture
async def session(stray: Stray, stray_browser: Browser) -> AsyncIterator[Session]:
    """Give a guarded session that sees the server under the hosts of a tenant."""
    hosts = host_policy("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])
    async with private(stray_browser, hosts, launch.Options(timeout=10)) as opened:
        yield opened


@pytest.fixture(scope="session")
def served() -> Iterator[Running]:
    """Serve a tenant as long as the process lives; whoever uses it resets its state first."""
    with sandbox("healthy") as box:
        yield box


@pytest.fixture(scope="session")
async def sandbox_browser(served: Running) -> AsyncIterator[Browser]:
    """Keep a browser up that sees the tenant."""
    async with kept(tenant_of(served).network) as started:
        yield started
