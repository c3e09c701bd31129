"""Judges the outcome of a visit that should make SharePoint copy the photo, by the copy's own timestamp and picture."""

from __future__ import annotations

from troubleshooter.diagnose.evidence import evidence
from troubleshooter.diagnose.outcome import JudgedOutcome
from troubleshooter.model.enums import WITHOUT_PHOTO, MatchVerdict, Outcome, Surface
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Evidence, rfc3339
from troubleshooter.model.reference import reference_kind
from troubleshooter.model.service_limits import COPY_WINDOW

_COPY = (Surface.USERPHOTO_L, Surface.USERPHOTO_S)


def judge_copied_photo(view: RecordView) -> JudgedOutcome | None:
    """Return what the visit did; None if the run did not get far enough to measure it."""
    record = view.record
    if not view.signed_in_as_subject:
        if not record.signed_in_as:
            return None
        said = message(
            "{account} was signed in, but only a visit by the user can make SharePoint copy the photo",
            account=record.signed_in_as,
        )
        return JudgedOutcome(Outcome.CANNOT_TRIGGER, (evidence(said, "steps/own-photo"),))
    if record.own_photo_requested is None:
        return None
    first, last = view.first_reading, view.last_reading
    if first and last and first is not last and first.timestamp != last.timestamp and last.timestamp:
        said = message(
            "SPS-PictureTimestamp changed from {before} to {after} during the visit",
            before=rfc3339(first.timestamp) if first.timestamp else "–",
            after=rfc3339(last.timestamp),
        )
        renewed = evidence(said, view.ref_of(last))
        if different := _copies(view, MatchVerdict.DIFFERENT):
            behind = message(
                "SharePoint’s new copy differs from the photo at the source, which may not have reached the mailbox yet"
            )
            why = (renewed, evidence(behind, f"comparisons/{different[0]}"))
            return JudgedOutcome(Outcome.PENDING, why, view.ended + COPY_WINDOW)
        return JudgedOutcome(Outcome.COPIED, (renewed,))
    return _not_renewed(view)


def _copies(view: RecordView, verdict: MatchVerdict) -> list[int]:
    """Return the indexes of the comparisons with this result between SharePoint's copy and the source."""
    copies = [i for i, s in enumerate(view.record.sightings) if s.surface in _COPY]
    rows = [row for i in copies if (row := view.with_reference(i))]
    return [number for number, row in rows if row.verdict is verdict]


def _not_renewed(view: RecordView) -> JudgedOutcome | None:
    """Return the outcome if the timestamp of SharePoint's copy did not change."""
    if reference_kind(view) in WITHOUT_PHOTO:
        said = message("There is no photo at the source that could be copied")
        return _not_attempted(view, evidence(said, f"sightings/{view.record.reference}"))
    different, same = _copies(view, MatchVerdict.DIFFERENT), _copies(view, MatchVerdict.SAME)
    if different:
        old = evidence(
            message("SharePoint still shows a different picture from the source"), f"comparisons/{different[0]}"
        )
        return _still_old(view, old)
    return _already_current(view, same[0]) if same else None  # nothing comparable was seen


def _still_old(view: RecordView, old: Evidence) -> JudgedOutcome:
    """Return the outcome if SharePoint still shows a different picture from the source, with the reason."""
    last, later = view.last_reading, view.ended + COPY_WINDOW
    if last is None:
        said = message("SharePoint does not say when it last copied the photo")
        return JudgedOutcome(Outcome.PENDING, (evidence(said, "steps/copy"), old), later)
    ref = view.ref_of(last)
    if last.values.get("SPS-PictureExchangeSyncState") == "0":
        said = message("SPS-PictureExchangeSyncState is 0: SharePoint does not take this user’s photo from the mailbox")
        return _not_attempted(view, evidence(said, ref), old)
    if last.timestamp and view.ended - last.timestamp < COPY_WINDOW:
        said = message(
            "SharePoint last copied the photo at {time}, and copies it at most once in 24 hours",
            time=rfc3339(last.timestamp),
        )
        return _not_attempted(view, evidence(said, ref), old)
    asked = view.record.previous.asked if view.record.previous else None
    if asked and view.ended - asked > COPY_WINDOW:
        said = message(
            "SharePoint was already asked to renew its copy at {time}, more than 24 hours ago, but has not done so",
            time=rfc3339(asked),
        )
        return JudgedOutcome(Outcome.NOT_TRIGGERED_BY_SERVICE, (evidence(said, ref), old))
    said = message("SharePoint was asked to renew its copy, but did not do so during this check")
    return JudgedOutcome(Outcome.PENDING, (evidence(said, ref), old), later)


def _not_attempted(view: RecordView, *why: Evidence) -> JudgedOutcome:
    """Return the outcome that SharePoint did not attempt to copy, and when the next attempt is due."""
    last = view.last_reading
    recent = last.timestamp if last and last.timestamp and view.ended - last.timestamp < COPY_WINDOW else None
    return JudgedOutcome(Outcome.NOT_ATTEMPTED, why, (recent or view.ended) + COPY_WINDOW)


def _already_current(view: RecordView, same: int) -> JudgedOutcome:
    """Return the outcome if SharePoint shows the source's photo although this visit did not renew its copy."""
    right = evidence(message("SharePoint shows the same photo as the source"), f"comparisons/{same}")
    for index, (number, _) in view.different.items():
        if view.record.sightings[index].surface is Surface.STORED_THUMBNAIL:
            said = message(
                "The copy that SharePoint stores is a different picture, so what it shows comes from the source"
            )
            return JudgedOutcome(Outcome.NOT_TRIGGERED_BY_SERVICE, (right, evidence(said, f"comparisons/{number}")))
    last = view.last_reading
    if last and last.timestamp:
        said = message(
            "SharePoint’s copy is from {time} and was not renewed by this visit", time=rfc3339(last.timestamp)
        )
        return JudgedOutcome(Outcome.ALREADY_CURRENT, (right, evidence(said, view.ref_of(last))))
    return JudgedOutcome(Outcome.ALREADY_CURRENT, (right,))
