"""The requested browser is used; by default it is the first one installed, or else Playwright's own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from troubleshooter.browser.executable import Executable, find
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the only folder on the PATH of a simulated Linux."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("platform.system", lambda: "Linux")
    return tmp_path


def install(folder: Path, name: str) -> str:
    """Put a program into `folder`, and return its path."""
    program = folder / name
    program.write_text("")
    program.chmod(0o755)
    return str(program)


def playwright(folder: Path, name: str = "bundled") -> SimpleNamespace:
    """Return a fake of Playwright's browser type whose bundled browser, if installed, is `name` in `folder`."""
    return SimpleNamespace(executable_path=str(folder / name))


def first(*arguments: object) -> Executable:
    """Return the browser that is tried first."""
    return find(*arguments)[0]


def test_every_installed_browser_is_tried_in_turn(programs: Path):
    """A browser that is named is the only one; of those that are installed, the next is tried where one fails."""
    chrome, chromium = install(programs, "google-chrome"), install(programs, "chromium")
    bundled = install(programs, "bundled")
    assert [chrome, chromium, bundled] == [found.path for found in find(playwright(programs))]
    assert [chromium] == [found.path for found in find(playwright(programs), "chromium")]
    assert 1 == len(find(playwright(programs), None, "/opt/x"))


def test_a_named_program_is_taken_as_it_is(programs: Path):
    """A program given by path is used without checking that it is a browser."""
    assert Executable("x", "/opt/x") == first(playwright(programs), None, "/opt/x")
    assert Executable("chrome", "/opt/x") == first(playwright(programs), "chrome", "/opt/x")


def test_the_first_installed_browser_is_taken(programs: Path):
    """Chrome is preferred to Edge unless Edge is requested."""
    edge = install(programs, "microsoft-edge")
    assert Executable("msedge", edge) == first(playwright(programs))
    chrome = install(programs, "google-chrome-stable")
    assert Executable("chrome", chrome) == first(playwright(programs))
    assert Executable("msedge", edge) == first(playwright(programs), "msedge")


def test_playwrights_own_chromium_is_the_last_choice(programs: Path):
    """Playwright's own browser is used last, and counts only as Chromium."""
    bundled = install(programs, "bundled")
    assert Executable("chromium", bundled) == first(playwright(programs))
    assert Executable("chromium", bundled) == first(playwright(programs), "chromium")
    with pytest.raises(Stopped):
        find(playwright(programs), "chrome")


def test_no_browser_at_all_stops_the_run(programs: Path):
    """If no browser is found, the run stops with a message that lists the browsers that were looked for."""
    with pytest.raises(Stopped) as caught:
        find(playwright(programs))
    assert Reason.BROWSER_MISSING is caught.value.reason
    assert "chrome, msedge, chromium" in caught.value.what.text
