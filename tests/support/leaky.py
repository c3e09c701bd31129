"""The program with one sink that redacts nothing, or with a planted defect: `python leaky.py WHAT ARGS…`.

`pytest` as the first of the arguments runs pytest with the plugin instead of a command.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

from pytest_troubleshooter import words
from troubleshooter.cli import main
from troubleshooter.pages.home import Home
from troubleshooter.redaction import run_log
from troubleshooter.redaction.sinks import SINKS
from troubleshooter.run import execute  # imported early, because its sinks have to be known before the program loads it

PASSWORD = os.environ.get("LEAK_PASSWORD", "")


def crash() -> None:
    """Make a step fail with the password in the error's text."""

    async def open_panel(self: Home) -> None:
        raise RuntimeError(f"the page said {PASSWORD!r} and {PASSWORD}")

    assert Home.open_panel, "the step that fails is gone"
    Home.open_panel = open_panel  # type: ignore[method-assign]


def write_to_log() -> None:
    """Write the password to the log, past everything that lets only the product's own words into it."""
    real = run_log.RunLog.add

    def add(self: run_log.RunLog, *given: Any) -> None:
        real(self, *given)
        self._write(f"the page said {PASSWORD}")

    run_log.RunLog.add = add  # type: ignore[method-assign]


if __name__ == "__main__":
    assert execute.run
    assert words.said
    what = sys.argv.pop(1)
    if what != "nothing":
        if what in ("crash", "console", "pytest"):  # only a crash makes these print the password
            crash()
        if what == "log":
            write_to_log()
        if what != "crash":
            SINKS.switch_off(what)
    sys.exit(pytest.main(sys.argv[2:])) if sys.argv[1] == "pytest" else main()
