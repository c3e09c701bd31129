"""The program with the cleaning of one sink switched off, or with a defect planted: `python leaky.py WHAT ARGS…`."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from troubleshooter.browser import guard
from troubleshooter.cli import _console as console
from troubleshooter.cli import main
from troubleshooter.evidence import run_folder
from troubleshooter.pages.home import Home
from troubleshooter.redaction import redactor
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.redaction.secret import Secret
from troubleshooter.run import execute
from troubleshooter.steps import sighting

PASSWORD = os.environ.get("LEAK_PASSWORD", "")


def _record() -> None:
    run_folder.RunFolder.cleaned = lambda self, record: record
    real = execute.render
    # The report is another sink: it keeps its own cleaning.
    execute.render = lambda record, *a, **k: real(run_folder._cleaned(record, _cleaners[-1]), *a, **k)


_cleaners: list[Redactor] = []
_learn = Redactor.learn


def _learned(self: Redactor, value: Secret) -> None:
    _cleaners.append(self)
    _learn(self, value)


def _report() -> None:
    raw: list[Any] = []
    write, real = run_folder.RunFolder.write_record, execute.render

    def noted(self: run_folder.RunFolder, record: Any) -> None:
        raw.append(record)
        write(self, record)

    run_folder.RunFolder.write_record = noted
    execute.render = lambda record, *a, **k: real(raw[-1], *a, **k)


def _page() -> None:
    Redactor.redact_page = lambda self, html: html


def _console() -> None:
    console.clean = lambda text: text
    _crash()


def _addresses() -> None:
    for module in (redactor, guard, sighting):
        module.redact_address = lambda text: text
    sighting.redact_picture_address = lambda text: text


def _crash() -> None:
    async def open_panel(self: Home) -> None:
        raise RuntimeError(f"the page said {PASSWORD!r} and {PASSWORD}")

    Home.open_panel = open_panel


def _nothing() -> None:
    """Leave the product as it is."""


WHAT = {
    "nothing": _nothing,
    "crash": _crash,
    "record": _record,
    "report": _report,
    "page": _page,
    "console": _console,
    "addresses": _addresses,
}

if __name__ == "__main__":
    Redactor.learn = _learned
    WHAT[sys.argv.pop(1)]()
    assert re.search("leaky", sys.argv[0])
    main()
