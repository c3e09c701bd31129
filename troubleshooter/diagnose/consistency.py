"""Checks whether a run of this product can have written a stored record, by what is true of every version. Pure."""

from __future__ import annotations

from troubleshooter.model.enums import CONCLUSIVE, MatchVerdict, Reason, StepStatus, Verdict
from troubleshooter.model.records import Record


def contradicts_itself(record: Record) -> bool:
    """Return whether the verdict of `record` cannot follow from what the record contains."""
    verdict = record.verdict
    if record.finished is None:
        return (verdict, record.reason, record.outcome) != (Verdict.INCONCLUSIVE, Reason.CRASHED, None)
    if (verdict is Verdict.STOPPED) != (record.stop is not None) or (verdict in CONCLUSIVE) != (record.reason is None):
        return True
    different = any(comparison.verdict is MatchVerdict.DIFFERENT for comparison in record.comparisons)
    if verdict is Verdict.OUT_OF_SYNC:
        return not different
    failed = any(step.status is StepStatus.FAILED and not step.beside for step in record.steps)
    return verdict is Verdict.IN_SYNC and (different or failed or record.reference is None)
