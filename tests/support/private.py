"""Private sessions in a browser that is kept up: starting one takes longer than most tests do in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from troubleshooter.browser import launch
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.session import Session
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import HostPolicy, host_policy


@asynccontextmanager
async def kept(network: Network | None) -> AsyncIterator[Browser]:
    """Give the browser that the product starts for `network`; it ends with the block."""
    async with launch.opened(launch.Options(timeout=60), host_policy("worldwide", ()), network) as (first, _):
        started = first.context.browser
        assert started
        yield started


@asynccontextmanager
async def private(started: Browser, hosts: HostPolicy, options: launch.Options) -> AsyncIterator[Session]:
    """Give a session like those of the product, which knows nothing of any other in `started`."""
    context = await started.new_context(
        viewport={"width": launch.VIEWPORT[0], "height": launch.VIEWPORT[1]},
        device_scale_factor=launch.DEVICE_PIXEL_RATIO,
        locale=options.ui_locale,
        reduced_motion="reduce",
        service_workers="block",
    )
    context.set_default_timeout(options.timeout * 1000)
    session = Session(context, Guard(hosts), options.timeout)
    await session.forbid_windows()
    try:
        yield session
    finally:
        await context.close()
