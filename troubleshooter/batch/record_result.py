"""Turns the record of one user's full check into the user's result. Pure."""

from __future__ import annotations

from troubleshooter.batch.leases import Lease
from troubleshooter.compare.match import LIMIT
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Kind, Surface, Verdict
from troubleshooter.model.message import Message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record, Sighting
from troubleshooter.model.scalars import picture_time

_OF_SHAREPOINT = (Surface.USERPHOTO_L, Surface.USERPHOTO_M, Surface.PEOPLE_WEB_PART)
"""Where SharePoint's picture of a user is taken from, the best first."""


def result_of(record: Record, lease: Lease, run: str, requests: int) -> UserResult:
    """Return what `record` says about the user of `lease`.

    Args:
        run: path of the record's folder, relative to that of the whole run.
        requests: how many requests the check made of SharePoint.
    """
    view = RecordView(record)
    differing = _differing(view)
    reading = view.last_reading
    took = (record.finished - record.started).total_seconds() if record.finished else 0.0
    return UserResult(
        number=lease.row.number,
        upn=lease.row.upn,
        name=record.subject_name,
        verdict=record.verdict,
        reason=record.reason,
        causes=tuple(diagnosis.cause for diagnosis in record.diagnoses),
        depth=Depth.FULL,
        run=run,
        account=record.account,
        pages=tuple(view.pages) if lease.row.pages else (),
        note=_note(record),
        reference_shot=_shot(run, _reference(record)) if differing else None,
        copy_shot=_shot(run, differing),
        score=max((row.score for _, row in view.different.values() if row.score is not None), default=None),
        limit=LIMIT,
        changed_at=lease.row.changed_at,
        expected=lease.row.expect is not None,
        placeholder=differing is not None and differing.kind is not Kind.PHOTO,
        copied=picture_time(reading.values.get("SPS-PictureTimestamp")) if reading else None,
        seconds=round(took, 3),
        requests=requests,
        finished=record.finished or record.started,
    )


def _differing(view: RecordView) -> Sighting | None:
    """Return the sighting that shows best what differs from the reference; None if nothing does."""
    found = [view.record.sightings[index] for index in view.different]
    ranks = {surface: rank for rank, surface in enumerate(_OF_SHAREPOINT)}
    return min(found, key=lambda sighting: ranks.get(sighting.surface, len(ranks)), default=None)


def _reference(record: Record) -> Sighting | None:
    return record.sightings[record.reference] if isinstance(record.reference, int) else None


def _shot(run: str, sighting: Sighting | None) -> str | None:
    return f"{run}/{sighting.preview or sighting.shot}" if sighting and sighting.shot else None


def _note(record: Record) -> Message | None:
    """Return why nothing is certain; None if something is, because the causes say it better."""
    if record.stop:
        return record.stop.what
    if record.verdict is not Verdict.INCONCLUSIVE:
        return None
    failed = [step.note for step in record.steps if step.note and step.reason is record.reason]
    return failed[0] if failed else None
