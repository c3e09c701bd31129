"""The line on a terminal says what a run is doing, and what it has been waiting for."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.spinner import Spinner

from troubleshooter.browser import patience as module
from troubleshooter.browser.patience import Patience
from troubleshooter.cli.doing import Doing
from troubleshooter.model.message import message

PAGE = "Go to https://contoso.sharepoint.com/sites/communications/SitePages/Our-Team.aspx"
REQUESTS = message("the page’s requests to {hosts}", hosts="contoso.sharepoint.com")


class Clock:
    """A monotonic clock that is set."""

    at = 100.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which waits are measured."""
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def test_what_a_run_is_doing():
    """At first it starts; then each step is named."""
    doing = Doing("Starting the browser")
    assert "Starting the browser" == str(doing)
    doing.begin("B4", PAGE)
    assert f"B4 {PAGE}" == str(doing)
    doing.begin(None, "Check the pages again")
    assert "Check the pages again" == str(doing)


def test_a_wait_is_mentioned_once_it_has_lasted(clock: Clock):
    """It says for what, and how long still, as long as it lasts."""
    doing, waits = Doing(""), Patience(30.0)
    doing.ask(waits)
    doing.begin("B4", PAGE)
    with waits.wait(REQUESTS, 30.0):
        assert f"B4 {PAGE}" == str(doing)
        clock.at += 7
        expected = f"B4 Waiting up to 23 s more for the page’s requests to contoso.sharepoint.com – {PAGE}"
        assert expected == str(doing)
    assert f"B4 {PAGE}" == str(doing)


def test_a_narrow_terminal_shows_one_line(clock: Clock):
    """What does not fit is cut off, and what is waited for is not part of that."""
    doing, waits = Doing(""), Patience(30.0)
    doing.ask(waits)
    doing.begin("B4", PAGE)
    console = Console(width=80, force_terminal=True, file=io.StringIO(), color_system=None)
    with waits.wait(REQUESTS, 30.0):
        clock.at += 7
        console.print(Spinner("dots", text=doing))
    (line,) = console.file.getvalue().splitlines()
    assert "Waiting up to 23 s more for the page’s requests to contoso.sharepoint.com" in line
