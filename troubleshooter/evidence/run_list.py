"""Lists the runs in a folder of reports. What an earlier list says of a run is used while its record is the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from troubleshooter.evidence.record_file import RECORD, SUMMARY
from troubleshooter.evidence.run_folder import REPORT
from troubleshooter.model.index_records import RunEntry
from troubleshooter.model.untrusted_json import json_in

_LARGEST = 200_000_000


def runs_in(folder: Path, known: Iterable[RunEntry] = ()) -> list[RunEntry]:
    """Return the runs in the folders directly inside `folder`, the newest first. Links are not followed.

    Args:
        known: what an earlier list says; only records that have changed since are read.

    Raises:
        OSError: the folder can't be read.
    """
    earlier = {entry.folder: entry for entry in known}
    with os.scandir(folder) as found:
        names = [entry.name for entry in found if entry.is_dir(follow_symlinks=False)]
    entries = (_entry(folder, name, earlier.get(name)) for name in names)
    return sorted((entry for entry in entries if entry), key=lambda entry: (entry.started, entry.folder), reverse=True)


def _entry(folder: Path, name: str, known: RunEntry | None) -> RunEntry | None:
    """Return what is known of the run in a folder; None if it has none that can be read."""
    for file, fields_of in ((RECORD, _of_record), (SUMMARY, _of_summary)):
        path = os.path.join(folder, name, file)  # noqa: PTH118 - a thousand times in a list, where Path takes longest
        try:
            status = os.lstat(path)
        except OSError:
            continue
        stamp = f"{status.st_mtime_ns}-{status.st_size}"
        if known and known.stamp == stamp and known.report:
            return known
        try:
            found = json_in(_read(Path(path)))
            fields = fields_of(found)
            is_there = (folder / name / REPORT).is_file()
            return RunEntry(folder=name, stamp=stamp, report=is_there, id=str(found["id"]), **fields)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, ValidationError):
            continue
    return None


def _read(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError(f"{path} is not a record")
    return path.read_bytes()


def _of_record(record: dict[str, Any]) -> dict[str, Any]:
    diagnoses = record.get("diagnoses") or []
    agains = [record.get("outcome_recheck_after"), *(diagnosis.get("recheck_after") for diagnosis in diagnoses)]
    return {
        "scenario": record["scenario"],
        "tenant": record["tenant"],
        "sandbox": record.get("sandbox"),
        "ticket": record.get("ticket"),
        "started": record["started"],
        "finished": record.get("finished"),
        "subject": record["subject"],
        "name": record.get("subject_name") or "",
        "verdicts": {record["verdict"]: 1},
        "reason": record.get("reason"),
        "causes": tuple(diagnosis["cause"] for diagnosis in diagnoses[:1]),
        "again": next((again for again in agains if again), None),
    }


def _of_summary(summary: dict[str, Any]) -> dict[str, Any]:
    causes = summary.get("causes") or {}
    return {
        "many": True,
        "scenario": "verify",
        "tenant": summary["tenant"],
        "sandbox": summary.get("sandbox"),
        "ticket": summary.get("ticket"),
        "started": summary["started"],
        "finished": summary.get("ended"),
        "verdicts": summary.get("counts") or {},
        "total": summary.get("total") or 0,
        "causes": tuple(sorted(causes, key=lambda cause: -causes[cause])),
    }
