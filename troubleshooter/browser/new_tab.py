"""Opens a tab, also where the browser may end at any moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Page

_ENDED = "Target page, context or browser has been closed"


async def new_tab(context: BrowserContext) -> Page:
    """Return a new tab of `context`.

    Playwright waits forever for a tab if the browser is killed while the tab opens; here that is an error.

    Raises:
        BrowserFailure: the browser has ended.
    """
    ended = asyncio.Event()
    context.once("close", lambda _: ended.set())
    if context.browser:
        context.browser.once("disconnected", lambda _: ended.set())
    opening, ending = asyncio.ensure_future(context.new_page()), asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait([opening, ending], return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            raise BrowserFailure(_ENDED)
        return await opening
    finally:
        for task in (opening, ending):
            task.cancel()
        await asyncio.gather(opening, ending, return_exceptions=True)
