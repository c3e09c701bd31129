"""Deletes pictures that a page shows as the subject's although they may show somebody else."""

from __future__ import annotations

from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.records import Record

_FORMER_ACCOUNT = "C29"


def without_strangers(record: Record, folder: RunFolder) -> Record:
    """Return `record` without the cut-outs that may show the former owner of the account, which are deleted.

    Their comparison stays; with `--show-others` the pictures stay as well.
    """
    if record.inputs.get("show_others"):
        return record
    refs = {part.ref for d in record.diagnoses if d.cause == _FORMER_ACCOUNT for part in d.evidence}
    doubtful = {c.a for n, c in enumerate(record.comparisons) if f"comparisons/{n}" in refs}
    drop = {i: s.shot for i, s in enumerate(record.sightings) if i in doubtful and s.kind.value == "photo" and s.shot}
    kept = {s.shot for i, s in enumerate(record.sightings) if i not in drop}
    for shot in set(drop.values()) - kept:
        (folder.path / shot).unlink(missing_ok=True)
    sightings = tuple(
        s.model_copy(update={"shot": None, "sha256": None}) if i in drop else s for i, s in enumerate(record.sightings)
    )
    return record.model_copy(update={"sightings": sightings})
