"""Compares two stored runs of one user, place by place, for a page that shows both pictures of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from troubleshooter.compare.sightings import PictureCache
from troubleshooter.compare.two_runs import same_picture
from troubleshooter.diagnose.place_changes import place_changes
from troubleshooter.evidence.integrity import discrepancies
from troubleshooter.evidence.run_folder import RunFolder, is_rendered
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Change, Record
from troubleshooter.report.two_runs import StoredRun, TwoRuns


def two_runs(folders: tuple[Path, Path], records: tuple[Record, Record], changes: Sequence[Change]) -> TwoRuns:
    """Return what the comparison of two runs shows.

    Args:
        changes: what `differing` found.
    """
    was, now = RecordView(records[0]), RecordView(records[1])
    alike = partial(same_picture, pictures=(PictureCache(folders[0]), PictureCache(folders[1])))
    a, b = (_stored(folder, record) for folder, record in zip(folders, records, strict=True))
    return TwoRuns(a, b, place_changes(was, now, alike), tuple(changes))


def _stored(path: Path, record: Record) -> StoredRun:
    """Return a run, with what was changed in its folder; reports may be rendered again at any time."""
    changed = discrepancies(RunFolder(path), record, ())
    return StoredRun(record, path, tuple(wrong for wrong in changed if not is_rendered(wrong.file)))
