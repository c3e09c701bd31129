"""The program with the cleaning of one sink switched off, or with a defect planted: `python leaky.py WHAT ARGS…`."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from troubleshooter import folder, run, secret, session, sight
from troubleshooter.cli import _exits, main
from troubleshooter.pages.home import Home

PASSWORD = os.environ.get("LEAK_PASSWORD", "")


def _record() -> None:
    folder.Folder.cleaned = lambda self, record: record
    real = run.render
    # The report is another sink: it keeps its own cleaning.
    run.render = lambda record, *a, **k: real(folder._cleaned(record, _cleaners[-1]), *a, **k)


_cleaners: list[secret.Cleaner] = []
_learn = secret.Cleaner.learn


def _learned(self: secret.Cleaner, value: secret.Secret) -> None:
    _cleaners.append(self)
    _learn(self, value)


def _report() -> None:
    raw: list[Any] = []
    write, real = folder.Folder.write_record, run.render

    def noted(self: folder.Folder, record: Any) -> None:
        raw.append(record)
        write(self, record)

    folder.Folder.write_record = noted
    run.render = lambda record, *a, **k: real(raw[-1], *a, **k)


def _page() -> None:
    secret.Cleaner.page = lambda self, html: html


def _console() -> None:
    _exits.clean = lambda text: text
    _crash()


def _addresses() -> None:
    for module in (secret, session, sight):
        module.clean_address = lambda text: text
    sight.clean_picture_address = lambda text: text


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
    secret.Cleaner.learn = _learned
    WHAT[sys.argv.pop(1)]()
    assert re.search("leaky", sys.argv[0])
    main()
