"""Private sessions in a browser that stays open, because starting one takes longer than most tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from troubleshooter.browser import launch
from troubleshooter.browser.session import Session
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import HostPolicy, host_policy


@asynccontextmanager
async def kept(network: Network | None) -> AsyncIterator[Browser]:
    """Yield the browser that the product starts for `network`; close it on exit."""
    async with launch.opened(launch.Options(timeout=60), host_policy("worldwide", ()), network) as (first, _):
        started = first.context.browser
        assert started
        yield started


@asynccontextmanager
async def private(started: Browser, hosts: HostPolicy, options: launch.Options) -> AsyncIterator[Session]:
    """Yield a session as the product opens it, which shares nothing with any other session in `started`."""
    session = await launch.new_session(started, hosts, options)
    try:
        yield session
    finally:
        await session.context.close()
