"""What every part of the page is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from troubleshooter.locale import catalogue
from troubleshooter.model.records import Record
from troubleshooter.report.anchors import Anchors
from troubleshooter.report.pictures import Album
from troubleshooter.report.wording import Speech


@dataclass(frozen=True)
class Desk:
    """A record, its pictures, where things stand on the page, and the language."""

    record: Record
    album: Album
    anchors: Anchors
    speech: Speech


def desk(record: Record, folder: Path, lang: str) -> Desk:
    """Return what a report of `record` in `lang` is made from."""
    speech = Speech(catalogue(lang), record)
    return Desk(record, Album(folder), Anchors(record, speech), speech)
