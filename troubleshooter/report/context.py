"""Bundles what every part of the report is made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from troubleshooter.locale import catalogue
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record
from troubleshooter.report.anchors import Anchors
from troubleshooter.report.picture_files import PictureFiles
from troubleshooter.report.wording import Wording


@dataclass(frozen=True)
class ReportContext:
    """A record, its pictures, its places on the page, and the language."""

    view: RecordView
    pictures: PictureFiles
    anchors: Anchors
    wording: Wording

    @property
    def record(self) -> Record:
        """Return the record itself."""
        return self.view.record


def report_context(record: Record, folder: Path, lang: str) -> ReportContext:
    """Return what a report of `record` in `lang` is made from."""
    view, wording = RecordView(record), Wording(catalogue(lang), record)
    return ReportContext(view, PictureFiles(folder), Anchors(view, wording), wording)
