"""The program with one sink that redacts nothing, or with a defect planted: `python leaky.py WHAT ARGS…`."""

from __future__ import annotations

import os
import sys

from troubleshooter.cli import main
from troubleshooter.pages.home import Home
from troubleshooter.redaction.sinks import SINKS
from troubleshooter.run import execute  # the program loads it later: its sinks have to be known here

PASSWORD = os.environ.get("LEAK_PASSWORD", "")


def crash() -> None:
    """Let a step fail with the password in the error's text."""

    async def open_panel(self: Home) -> None:
        raise RuntimeError(f"the page said {PASSWORD!r} and {PASSWORD}")

    assert Home.open_panel, "the step that fails is gone"
    Home.open_panel = open_panel  # type: ignore[method-assign]


if __name__ == "__main__":
    assert execute.run
    what = sys.argv.pop(1)
    if what != "nothing":
        if what in ("crash", "console"):  # the console has something to print only then
            crash()
        if what != "crash":
            SINKS.switch_off(what)
    main()
