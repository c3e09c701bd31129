"""What several rooms' tests stand on: a server that can lead astray, a private session in a real browser, an order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from support.order import turn
from support.stray import Stray, serving

from troubleshooter import browser
from troubleshooter.hosts import hosts_of
from troubleshooter.session import Session
from troubleshooter.tenant_file import Network


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let long tests begin first, so that all workers end together."""
    items.sort(key=lambda item: turn(item.nodeid))


@pytest.fixture
def stray() -> Iterator[Stray]:
    """Serve pages under any host name."""
    with serving() as server:
        yield server


@pytest.fixture
async def session(stray: Stray) -> AsyncIterator[Session]:
    """Give a guarded session that sees the server under the hosts of a tenant."""
    network = Network(resolve=f"127.0.0.1:{stray.port}", spki=stray.spki)
    hosts = hosts_of("worldwide", ["https://www.office.com", "https://contoso.sharepoint.com"])
    async with browser.opened(browser.Options(timeout=10), hosts, network) as (opened, _):
        yield opened
