"""A browser that somebody else has started is guarded like one of our own, or is not used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from troubleshooter.browser import remote as module
from troubleshooter.browser.executable import find
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.launch import Options
from troubleshooter.browser.remote import Remote
from troubleshooter.errors import Stopped
from troubleshooter.sandbox.server import Running
from troubleshooter.tenant.sandbox import sandbox, tenant_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box() -> Iterator[Running]:
    """Keep a sandbox."""
    with sandbox("healthy") as running:
        yield running


@pytest.fixture
async def program() -> str:
    """Return the path of an installed browser."""
    async with async_playwright() as playwright:
        return find(playwright.chromium)[0].path


@contextmanager
def chromium(program: str, box: Running, folder: Path) -> Iterator[str]:
    """Yield the debugging address of a Chromium that finds all hosts in the sandbox."""
    line = [program, "--headless", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0", *_rules(box)]
    with subprocess.Popen(
        [*line, f"--user-data-dir={folder}", "about:blank"], stderr=subprocess.PIPE, text=True
    ) as run:
        try:
            assert run.stderr
            said = next(text for text in run.stderr if "DevTools listening on " in text)
            yield said.partition("listening on ")[2].strip()
        finally:
            run.kill()


@contextmanager
def server(program: str, box: Running, folder: Path) -> Iterator[str]:
    """Yield the address of a Playwright server with such a browser."""
    settings = {"executablePath": program, "headless": True, "args": [*_rules(box), "--no-sandbox"]}
    file = folder / "server.json"
    file.write_text(json.dumps(settings), encoding="utf-8")
    line = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium", "--config", str(file)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, start_new_session=True) as run:
        try:
            assert run.stdout
            yield next(text for text in run.stdout if text.startswith("ws://")).strip()
        finally:
            os.killpg(run.pid, signal.SIGTERM)  # the server is a child of what was started here


def _rules(box: Running) -> list[str]:
    network = tenant_of(box).network
    assert network
    return [f"--host-resolver-rules=MAP * {network.resolve}", f"--ignore-certificate-errors-spki-list={network.spki}"]


@pytest.mark.parametrize("way", ["cdp", "connect"])
async def test_a_remote_browser_is_guarded(way: str, program: str, box: Running, tmp_path: Path):
    """It opens what a session may visit, and nothing else, although it could find it; the record says which it is."""
    tenant = tenant_of(box)
    hosts = tenant.hosts(tenant.account("ana"))
    with (chromium if way == "cdp" else server)(program, box, tmp_path) as url:
        async with Remote.of(way, url).started(Options(timeout=20)) as browser:
            assert browser.versions["browser"].startswith(f"the remote browser ({way}, ")
            session = await browser.session(hosts, Options(timeout=20))
            tab = await session.tab()
            assert (await tab.goto(tenant.home)).ok
            assert not session.guard.trouble.done()
            with pytest.raises(BrowserFailure), browser_failures():
                await tab.goto("https://elsewhere.example/")
            assert session.guard.trouble.done()
            session.guard.trouble.exception()


async def test_a_browser_that_cannot_be_guarded_is_not_used(
    program: str, box: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """If an address that is not allowed is not noticed, nothing is opened."""
    monkeypatch.setattr(module, "_FORBIDDEN", "about:blank")  # which no guard sees
    with chromium(program, box, tmp_path) as url, pytest.raises(Stopped) as caught:
        async with Remote.of("cdp", url).started(Options(timeout=20)):
            pytest.fail("it was used")
    assert "can’t be controlled" in caught.value.what.text


async def test_a_browser_that_is_not_there_is_named():
    """The line says which, and what to check."""
    with pytest.raises(Stopped) as caught:
        async with Remote.of("cdp", "http://127.0.0.1:9").started(Options(timeout=5)):
            pytest.fail("it was used")
    assert "the remote browser (cdp, 127.0.0.1:9) can’t be used." == caught.value.what.text
