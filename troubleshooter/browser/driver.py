"""Starts and stops Playwright's driver, the process through which browsers are controlled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message

if TYPE_CHECKING:
    from playwright.async_api import Playwright

_PATIENCE = 60.0
"""Seconds allowed for the driver to start. It takes less than one, or a few where a virus scanner checks it first."""
_ENDING = 5.0
"""Seconds that a driver which is no longer needed gets to finish starting, so that it can be stopped cleanly."""


@asynccontextmanager
async def driver() -> AsyncIterator[Playwright]:
    """Yield Playwright. Its driver is stopped on exit; one that is still starting gets a few seconds, and is then left.

    Raises:
        Stopped: it did not start in time (`browser-missing`).
    """
    from playwright.async_api import async_playwright  # noqa: PLC0415 - takes a while to load

    manager = async_playwright()
    starting = asyncio.ensure_future(manager.__aenter__())
    try:
        await asyncio.wait([starting], timeout=_PATIENCE)
        if not starting.done():
            raise _too_slow()
        yield starting.result()
    finally:
        await asyncio.wait([starting], timeout=_ENDING)
        if not starting.done():
            starting.cancel()  # the driver ends when its input is closed, at the latest as this process ends
        elif not starting.exception():  # Ctrl-C in a terminal ends the driver as well, so that it never starts
            await manager.__aexit__()


def _too_slow() -> Stopped:
    return Stopped(
        Reason.BROWSER_MISSING,
        message(
            "Playwright’s driver, which controls the browser, did not start within {seconds} s.",
            seconds=f"{_PATIENCE:g}",
        ),
        message(
            "A virus scanner or a policy on this computer may be blocking or delaying Playwright’s driver. Run "
            "`troubleshooter doctor`, or ask whoever manages this computer."
        ),
    )
