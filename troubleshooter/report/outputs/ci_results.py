"""Writes one run as JUnit XML and as CTRF: a run of one user, in the same words as a run of many."""

from __future__ import annotations

from troubleshooter.model.batch_records import Depth, EndedBy, Summary, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record
from troubleshooter.report import formats

_HERE = "."
"""Where the run's folder is: the paths of its evidence are relative to it."""


def junit(record: Record, *, lang: str = "en") -> str:
    """Return JUnit XML with one case: passed is in sync and nothing else.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    return formats.junit(_summary(record), [_result(record)], lang=lang)


def ctrf(record: Record, *, lang: str = "en") -> str:
    """Return a CTRF report with one test.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    return formats.ctrf(_summary(record), [_result(record)], lang=lang)


def _summary(record: Record) -> Summary:
    causes = [diagnosis.cause for diagnosis in record.diagnoses[:1]]
    return Summary(
        id=record.id,
        tenant=record.tenant,
        sandbox=record.sandbox,
        accounts=(record.account,),
        started=record.started,
        ended=record.finished or record.started,
        ended_by=_ended_by(record),
        total=1,
        counts={record.verdict.value: 1},
        causes=dict.fromkeys(causes, 1),
        ticket=record.ticket,
    )


def _ended_by(record: Record) -> EndedBy:
    if record.finished is None:
        return EndedBy.CRASHED
    if record.interrupted_by:
        return EndedBy.DEADLINE if record.interrupted_by == "time-limit" else EndedBy.INTERRUPTED
    return EndedBy.DONE


def _result(record: Record) -> UserResult:
    took = (record.finished - record.started).total_seconds() if record.finished else 0.0
    view = RecordView(record)
    differing = [record.sightings[index] for index in view.different]
    reference = record.sightings[record.reference] if isinstance(record.reference, int) and differing else None
    return UserResult(
        number=1,
        upn=record.subject,
        name=record.subject_name,
        verdict=record.verdict,
        reason=record.reason,
        causes=tuple(diagnosis.cause for diagnosis in record.diagnoses),
        depth=Depth.FULL,
        run=_HERE,
        account=record.account,
        pages=tuple(view.pages),
        note=_note(record),
        reference_shot=reference.shot if reference else None,
        copy_shot=next((sighting.shot for sighting in differing if sighting.shot), None),
        seconds=round(took, 3),
        finished=record.finished or record.started,
    )


def _note(record: Record) -> Message | None:
    """Return why nothing is certain; None if something is, because the causes say it better."""
    if record.stop:
        return record.stop.what
    if record.verdict is not Verdict.INCONCLUSIVE:
        return None
    return next((step.note for step in record.steps if step.note and step.reason is record.reason), None)
