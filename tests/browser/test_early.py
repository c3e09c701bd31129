"""A browser that starts early is there when it is needed, and leaves nothing behind if it is not."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.left_over import files_left, processes_left, temporary_folder

from troubleshooter.browser.early import EarlyBrowser
from troubleshooter.browser.launch import Options
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.tenant.hosts import host_policy

from .test_starting import script

pytestmark = pytest.mark.browser


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the folder in which this process and those that it starts keep their temporary files."""
    with temporary_folder() as folder:
        monkeypatch.setenv("TMPDIR", str(folder))
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield folder


def left(temporary: Path) -> tuple[list[str], list[str]]:
    """Return the files and processes that are left."""
    return files_left(temporary), processes_left(temporary)


async def test_it_opens_nothing_before_it_is_asked(temporary: Path):
    """A started browser has no window; sessions are opened in it as in any other, and it is closed at the end."""
    browser = EarlyBrowser(Options())
    started = await browser.started()
    contexts_before = len(started.browser.contexts)
    session = await started.session(host_policy("worldwide", ()), Options())
    assert (0, 1) == (contexts_before, len(started.browser.contexts))
    assert "about:blank" == (await session.tab()).url
    assert {"playwright", "browser"} == set(started.versions)
    await browser.closed()
    assert not started.browser.is_connected()
    assert ([], []) == left(temporary)


@pytest.mark.parametrize("turns", [0, 3, 100])
async def test_what_is_not_needed_is_gone(turns: int, temporary: Path):
    """However far it had come, a browser that nobody asked for leaves neither a process nor a file."""
    browser = EarlyBrowser(Options())
    for _ in range(turns):
        await asyncio.sleep(0)
    await browser.closed()
    assert ([], []) == left(temporary)


async def test_nobody_waits_for_a_browser_that_hangs(tmp_path: Path):
    """A browser that does not respond is not waited for once it is not needed any more."""
    browser = EarlyBrowser(Options(executable=script(tmp_path, "hangs"), timeout=600))
    await asyncio.wait_for(browser.closed(), 60)


async def test_why_it_did_not_start_is_told_when_it_is_needed(tmp_path: Path):
    """A browser that does not start stops the run, and not what goes on before."""
    browser = EarlyBrowser(Options(executable=script(tmp_path, "exits"), timeout=10))
    with pytest.raises(Stopped) as stop:
        await browser.started()
    assert Reason.BROWSER_MISSING is stop.value.reason
    await browser.closed()
