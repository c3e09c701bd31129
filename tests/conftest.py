"""What several rooms' tests stand on: a server that can lead astray, and a private session in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from support.stray import Stray, serving

from troubleshooter import browser
from troubleshooter.hosts import hosts_of
from troubleshooter.session import Session
from troubleshooter.tenant_file import Network


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
