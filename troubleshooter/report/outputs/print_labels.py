"""Says what is printed at the top and at the bottom of every page of the report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from troubleshooter.model.records import Record
from troubleshooter.report.many.texts import plain
from troubleshooter.report.outputs.digest import digest


@dataclass(frozen=True)
class PrintLabels:
    """The texts on every page, as plain text."""

    alarm: str
    """What nobody may overlook: that it ran in a sandbox; empty for a real tenant."""
    head: str
    foot: str


def print_labels(record: Record, folder: Path, *, lang: str = "en") -> PrintLabels:
    """Return what is printed on every page.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    said = digest(record, folder, lang)
    alarm = plain(said.where) if record.sandbox is not None else ""
    head = " · ".join(filter(None, (said.page.heading, "" if alarm else said.where, said.record.ticket or "")))
    return PrintLabels(alarm=alarm, head=plain(head), foot=plain(f"{said.record.id} · {said.page.date.utc}"))
