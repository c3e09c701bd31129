"""Writes the report of a run in the forms in which it is passed on, each into a file beside the run's folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.evidence.archive import archive
from troubleshooter.evidence.run_folder import REPORT, RunFolder, report_in, write_own
from troubleshooter.model.records import Record
from troubleshooter.report import outputs

if TYPE_CHECKING:
    from troubleshooter.browser.launch import Options


@dataclass(frozen=True)
class FinishedRun:
    """A run with the report that is passed on."""

    record: Record
    folder: RunFolder
    lang: str
    browser: Options
    """How to start a browser, for what needs one."""


async def write(run: FinishedRun, files: Mapping[str, Path]) -> None:
    """Write the report in the forms that `files` names, each into its file.

    Raises:
        CannotWrite: a file could not be written; those before it are complete.
        Stopped: a PDF was asked for, and no browser started.
    """
    for name, path in sorted(files.items(), key=lambda item: item[0] == "pdf"):  # what may fail comes last
        data = await _pdf(run) if name == "pdf" else _MAKERS[name](run)
        write_own(path, data)


async def _pdf(run: FinishedRun) -> bytes:
    from troubleshooter.browser.printing import printed  # noqa: PLC0415 - loads Playwright

    other = run.folder.path / report_in(run.lang)  # beside the report in the run's own language
    report = (other if other.is_file() else run.folder.path / REPORT).resolve().as_uri()
    labels = outputs.print_labels(run.record, run.folder.path, lang=run.lang)
    return await printed(report, (labels.alarm, labels.head, labels.foot), run.browser)


def _mail(run: FinishedRun) -> bytes:
    from troubleshooter.evidence.thumbnail import thumbnail  # noqa: PLC0415 - loads what reads pictures

    return outputs.mail(run.record, run.folder.path, thumbnail, lang=run.lang)


_MAKERS: Mapping[str, Callable[[FinishedRun], bytes]] = {
    "zip": lambda run: archive(run.folder, run.record.started),
    "mail": _mail,
    "user-page": lambda run: outputs.user_page(run.record, run.folder.path, lang=run.lang).encode(),
    "card": lambda run: outputs.card(run.record, run.folder.path, lang=run.lang).encode(),
    "markdown": lambda run: outputs.markdown(run.record, run.folder.path, lang=run.lang).encode(),
    "junit": lambda run: outputs.junit(run.record, lang=run.lang).encode(),
    "ctrf": lambda run: outputs.ctrf(run.record, lang=run.lang).encode(),
    "csv": lambda run: outputs.sightings_csv(run.record, lang=run.lang).encode(),
}
