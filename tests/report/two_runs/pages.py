"""Two stored runs of one user, and the page that compares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from troubleshooter.diagnose import differing
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record
from troubleshooter.report.two_runs import render
from troubleshooter.run.two_runs import two_runs

from ..outcomes import SAMPLES
from ..samples import Folder
from ..unusual import UNUSUAL

ALL: dict[str, Callable[[Folder], Record]] = SAMPLES | UNUSUAL


def stored_run(path: Path, sample: str, **fields: Any) -> Path:
    """Write the sealed folder of a run like the sample; return it."""
    path.mkdir()
    record = ALL[sample](Folder(path))
    later = fields.get("started", record.started) - record.started
    due = tuple(
        d.model_copy(update={"recheck_after": d.recheck_after and d.recheck_after + later}) for d in record.diagnoses
    )
    record = record.model_copy(update={"id": path.name, "tenant": "Contoso", "diagnoses": due, **fields})
    folder = RunFolder(path)
    folder.write_record(record)
    folder.seal()
    return path


def page_of(a: Path, b: Path, lang: str = "en") -> str:
    """Return the page that compares two runs."""
    before, after = (RunFolder(path).read_record() for path in (a, b))
    return render(two_runs((a, b), (before, after), differing(before, after).changes), lang=lang)
