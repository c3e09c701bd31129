"""Builders for finished runs on disk, made without a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from troubleshooter.diagnose import follows
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.enums import Verdict
from troubleshooter.run.recheck import Earlier

from ..diagnose.records import record

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def made(out: Path, at: datetime, **what) -> Earlier:
    """Write a run of `photo-differs` that ended at `at`, after `earlier` if given."""
    folder = RunFolder.new(out, "photo-differs", at)
    earlier = what.pop("earlier", None)
    base = record().model_copy(
        update={
            "id": folder.path.name,
            "started": at,
            "finished": at,
            "verdict": Verdict.OUT_OF_SYNC,
            "reason": None,
            "previous": follows(earlier.record) if earlier else None,
            **what,
        }
    )
    folder.write_record(base)
    return Earlier(folder, base)
