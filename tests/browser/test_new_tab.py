"""A tab that is opened while the browser is killed is an error, not a wait without an end."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from troubleshooter.browser.executable import find
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.browser.new_tab import new_tab

pytestmark = [pytest.mark.browser, pytest.mark.skipif(sys.platform != "linux", reason="finds the process in /proc")]


def process_with(mark: str) -> int:
    """Return the browser's main process, by a part of its command line."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            line = (entry / "cmdline").read_text(errors="replace")
            if mark in line and "--type=" not in line and "--remote-debugging-pipe" in line:
                return int(entry.name)
    raise AssertionError("the browser is not there")


async def test_a_tab_opens_or_fails():
    """A healthy browser opens it; one that is stopped, and then killed, does not keep it waiting."""
    mark = f"--mark={secrets.token_hex(8)}"
    async with async_playwright() as playwright:
        path = find(playwright.chromium)[0].path
        browser = await playwright.chromium.launch(executable_path=path, args=[mark])
        context = await browser.new_context()
        assert "about:blank" == (await new_tab(context)).url
        process = process_with(mark)
        os.kill(process, signal.SIGSTOP)
        opening = asyncio.ensure_future(new_tab(context))
        done, _ = await asyncio.wait([opening], timeout=0.5)
        assert not done
        os.kill(process, signal.SIGKILL)
        with pytest.raises(BrowserFailure) as failure:
            await asyncio.wait_for(opening, 20)
        assert failure.value.ended
