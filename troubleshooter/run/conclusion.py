"""Concludes a run: compares, judges and diagnoses what was recorded, and publishes it."""

from __future__ import annotations

from pathlib import Path

from troubleshooter import report
from troubleshooter.compare.sightings import compared
from troubleshooter.diagnose import diagnosed, differing, judged, with_outcome
from troubleshooter.diagnose.outcome import JudgeOutcome
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.evidence.signer import Sign
from troubleshooter.model.records import Record
from troubleshooter.redaction.run_log import Event, Phase, timed
from troubleshooter.run.strangers import without_strangers


def make_ready(lang: str) -> None:
    """Do what publishing a report in `lang` takes and no record is needed for."""
    report.make_ready(lang)


def finish(record: Record, folder: RunFolder, judge: JudgeOutcome | None = None, known: Record | None = None) -> Record:
    """Return `record` after comparing, judging and diagnosing, with its outcome and the changes since `known`.

    Args:
        judge: how the outcome of the scenario is judged; None for a scenario that compares.
    """
    with timed(Phase.COMPARE, Event.COMPARED):
        record = compared(record, folder.path)
    with timed(Phase.JUDGE, Event.JUDGED):
        record = without_strangers(with_outcome(diagnosed(judged(record)), judge), folder)
        return differing(known, record)


def publish(record: Record, folder: RunFolder, lang: str, sign: Sign | None = None) -> Path:
    """Write the record, the report and, last, the manifest, signed with `sign`; return the report's path.

    Raises:
        CannotWrite: one of them could not be written; a report that is missing can be rendered from the others later.
    """
    folder.write_record(record)
    try:
        with timed(Phase.REPORT, Event.RENDERED):
            text = report.render(folder.for_report(record), folder.path, lang=lang)
            folder.write_style(report.style_file())
            return folder.write_report(text)
    finally:
        folder.seal(sign)
