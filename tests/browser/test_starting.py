"""The first browser that responds is used, and the error quotes why the others did not start."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from troubleshooter.browser import launch
from troubleshooter.browser.executable import Executable
from troubleshooter.browser.starting import Refusal, first_started
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.tenant.hosts import host_policy

SCRIPTS = {
    "exits": "echo 'libnss3.so: cannot open \x1b[31mshared object' >&2; exit 127",
    "says-nothing": "exit 1",
    "hangs": "exec sleep 60",
    "forbids": "echo noise >&2; echo 'DevTools remote debugging is disallowed by the system admin.' >&2; exec sleep 60",
    "already-open": "echo 'Opening in existing browser session.'; exit 0",
}


def script(folder: Path, name: str, as_name: str = "") -> str:
    """Put the program `name` into `folder`, and return its path."""
    program = folder / (as_name or name)
    program.write_text(f"#!/bin/sh\n{SCRIPTS[name]}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("name", "says", "help_"),
    [
        ("exits", "did not start. It reported: libnss3.so: cannot open", "by hand"),
        ("says-nothing", "says-nothing did not start.", "RemoteDebuggingAllowed at chrome://policy"),
        ("hangs", "did not respond within 2 s.", "RemoteDebuggingAllowed at chrome://policy"),
        ("forbids", "It reported: DevTools remote debugging is disallowed", "A policy on this computer forbids"),
        ("already-open", "It reported: Opening in existing browser session.", "by hand"),
    ],
)
@pytest.mark.browser
async def test_a_browser_that_does_not_start_is_quoted(tmp_path: Path, name: str, says: str, help_: str):
    """It stops the run with what the browser said, without control characters, and names the policy."""
    options = launch.Options(executable=script(tmp_path, name), timeout=2)
    with pytest.raises(Stopped) as stop:
        async with launch.opened(options, host_policy("worldwide", ())):
            raise AssertionError("it started")
    assert Reason.BROWSER_MISSING is stop.value.reason
    assert says in stop.value.what.text
    assert help_ in stop.value.help.text
    assert stop.value.what.text.isprintable()


@pytest.mark.browser
async def test_the_next_browser_is_tried(tmp_path: Path):
    """If a browser is forbidden or exits, that is reported and the next one is used."""
    browsers = [Executable(name, script(tmp_path, name)) for name in ("forbids", "exits")]
    refusals: list[Refusal] = []
    async with async_playwright() as playwright:

        async def start(browser: Executable, seconds: float) -> str:
            if browser.name == "mine":
                return "started"
            await playwright.chromium.launch(executable_path=browser.path, timeout=2000)
            raise AssertionError("it started")

        found = await first_started([*browsers, Executable("mine", "x")], 3, start, refusals.append)
    assert ("started", "mine") == (found[0], found[1].name)
    assert [("forbids", True), ("exits", False)] == [(r.executable.name, r.is_forbidden) for r in refusals]


@pytest.mark.browser
async def test_a_browser_that_is_forbidden_leaves_the_installed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On the search path: Chrome says no, Chromium starts."""
    script(tmp_path, "exits", "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    refusals: list[Refusal] = []
    options = launch.Options(timeout=30)
    async with launch.opened(options, host_policy("worldwide", ()), refused=refusals.append) as (_, versions):
        assert versions["browser"].startswith("chromium")
    assert ["chrome"] == [refusal.executable.name for refusal in refusals]
