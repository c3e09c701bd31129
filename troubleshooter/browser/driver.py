"""Starts and stops Playwright's driver, the process through which browsers are controlled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Playwright


@asynccontextmanager
async def driver() -> AsyncIterator[Playwright]:
    """Yield Playwright; its driver is stopped on exit, also if it was still starting."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - takes a while to load

    manager = async_playwright()
    starting = asyncio.ensure_future(manager.__aenter__())
    try:
        yield await asyncio.shield(starting)
    finally:
        await asyncio.wait([starting])
        if not starting.exception():  # Ctrl-C in a terminal ends the driver as well, so that it never starts
            await manager.__aexit__()
