"""A browser that crashes, or whose driver does, is replaced; what was done in it is done again."""

from __future__ import annotations

import sys

import pytest

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.launch import Options, Started

from .ending import kill

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no ps"),
]


async def title(browser: Started) -> str:
    """Return the title of an empty page."""
    with browser_failures():
        page = await browser.browser.new_page()
        return await page.title()


@pytest.mark.parametrize("what", ["browser", "driver"])
async def test_work_is_done_again_in_another_browser(what: str):
    """Whoever works in the browser when it ends gets another one."""
    slot, tried = BrowserSlot(Options(), None), []

    async def work(browser: Started) -> str:
        tried.append(browser)
        if len(tried) == 1:
            kill(what)
        return await title(browser)

    try:
        assert "" == await slot.tried(work)
        first, second = tried
        assert first is not second
        assert slot.is_up
        assert second is await slot.browser()
    finally:
        await slot.close()
    assert not slot.is_up


async def test_work_that_always_ends_the_browser_is_given_up():
    """A failure that comes each time is raised."""
    slot = BrowserSlot(Options(), None)

    async def work(browser: Started) -> str:
        kill("browser")
        return await title(browser)

    try:
        with pytest.raises(BrowserFailure):
            await slot.tried(work)
    finally:
        await slot.close()
