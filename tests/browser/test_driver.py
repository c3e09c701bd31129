"""Playwright's driver ends in order, also while it is starting."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from troubleshooter.browser import driver as driver_module
from troubleshooter.browser.driver import driver
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason


async def entered() -> None:
    """Start the driver, which these tests never let finish."""
    async with driver():
        raise AssertionError("it started")


@pytest.fixture
def pid_of_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a driver that starts forever in the place of Playwright's; return the pipe that it writes its pid to."""
    pipe = tmp_path / "pid"
    os.mkfifo(pipe)
    program = tmp_path / "node"
    program.write_text(f"#!/bin/sh\necho $$ > '{pipe}'\nexec cat\n")
    program.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(program))
    return pipe


@pytest.mark.browser
async def test_ctrl_c_while_the_driver_starts_is_an_interruption_and_no_error(pid_of_driver: Path):
    """In a terminal, Ctrl-C ends the driver too; that it didn't start for that reason isn't reported as an error."""
    start = asyncio.create_task(entered())
    pid = int(await asyncio.to_thread(pid_of_driver.read_text))
    start.cancel()
    os.kill(pid, signal.SIGTERM)
    with pytest.raises(asyncio.CancelledError):
        await start


@pytest.mark.browser
async def test_a_driver_that_ends_by_itself_is_an_error(pid_of_driver: Path):
    """Without an interruption, the driver's end while it starts is raised as what it is."""
    start = asyncio.create_task(entered())
    os.kill(int(await asyncio.to_thread(pid_of_driver.read_text)), signal.SIGTERM)
    with pytest.raises(Exception, match="closed"):
        await start


@pytest.mark.browser
async def test_a_driver_that_never_starts_stops_the_run(pid_of_driver: Path, monkeypatch: pytest.MonkeyPatch):
    """The wait has a limit, and the message says what was waited for."""
    monkeypatch.setattr(driver_module, "_PATIENCE", 0.5)
    monkeypatch.setattr(driver_module, "_ENDING", 0.1)
    start = asyncio.create_task(entered())
    pid = int(await asyncio.to_thread(pid_of_driver.read_text))
    with pytest.raises(Stopped, match=r"did not start within 0\.5 s") as stopped:
        await start
    assert Reason.BROWSER_MISSING == stopped.value.reason
    os.kill(pid, signal.SIGTERM)


@pytest.mark.browser
async def test_ctrl_c_does_not_wait_for_a_driver_that_never_starts(
    pid_of_driver: Path, monkeypatch: pytest.MonkeyPatch
):
    """If only the main process is interrupted, it ends a few seconds later, although the driver is still starting."""
    monkeypatch.setattr(driver_module, "_ENDING", 0.1)
    start = asyncio.create_task(entered())
    pid = int(await asyncio.to_thread(pid_of_driver.read_text))
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(start, 20)
    os.kill(pid, signal.SIGTERM)
