"""Writes the files of a finished run of many users, all in one place: `verify` and `merge` write the same ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from troubleshooter.batch.results import write_results, write_summary
from troubleshooter.diagnose.patterns import patterns
from troubleshooter.errors import CannotWrite
from troubleshooter.evidence.redacted import for_file
from troubleshooter.evidence.run_folder import RunFolder, write_own
from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.redaction.printable import well_formed
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.report import many
from troubleshooter.report.formats import actions_csv, ctrf, findings_csv, junit, markdown

_FORMATS = {"junit.xml": junit, "ctrf.json": ctrf, "findings.csv": findings_csv, "actions.csv": actions_csv}
_JOB_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file that GitHub shows as a job's summary."""


def publish(
    folder: Path, summary: Summary, results: Sequence[UserResult], redactor: Redactor, lang: str = "en"
) -> Path:
    """Write what is made of the results into `folder`, the manifest last; return the file that a person opens.

    The journal has to be closed by then.

    Raises:
        CannotWrite: the disk is full, or the folder is gone or not writable.
    """
    summary = for_file(redactor, summary.model_copy(update={"patterns": patterns(results), "lang": lang}))
    results = [for_file(redactor, result) for result in results]
    write_results(folder, results, redactor)
    write_summary(folder, summary, redactor)
    for name, made in _FORMATS.items():
        _write(folder / name, made(summary, results, lang=lang))
    text = markdown(summary, results, lang=lang)
    _write(folder / "summary.md", text)
    for name, page in many.user_pages(summary, results, folder, lang=lang):
        (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        _write(folder / name, page)
    report = RunFolder(folder).write_report(many.render(summary, results, folder, lang=lang))
    RunFolder(folder).seal()
    _add_to_job(text)
    return report


def _write(path: Path, text: str) -> None:
    write_own(path, well_formed(text).encode())


def _add_to_job(text: str) -> None:
    """Add the Markdown summary to that of a job on GitHub, if this is one."""
    path = os.environ.get(_JOB_SUMMARY)
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(well_formed(text))
    except OSError as error:
        raise CannotWrite(Path(path), error) from error
