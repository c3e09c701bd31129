"""What a scenario that acts has brought about, from its compared and judged record. Pure; measures, never assumes."""

from __future__ import annotations

from datetime import datetime, timedelta

from troubleshooter.diagnose.record_view import evidence
from troubleshooter.model.enums import REACHED, WITHOUT_PHOTO, MatchVerdict, Outcome, Reason, StepStatus, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Comparison, Evidence, Finding, Properties, Record, rfc3339
from troubleshooter.model.reference import reference_kind

WINDOW = timedelta(hours=24)
"""SharePoint copies at most once in this time; a new photo may take as long to be shown everywhere."""
_COPY = (Surface.USERPHOTO_L, Surface.USERPHOTO_S)

Found = tuple[Outcome, tuple[Evidence, ...]]


def settled(record: Record) -> Record:
    """Return `record` with its outcome, what that stands on, and what is worth saying of the photo that was sent."""
    ended = record.stop or record.interrupted_by or any(s.reason is Reason.CRASHED for s in record.steps)
    judge = {"add-photo": _added, "resync-photo": _resynced}.get(record.scenario)
    found = judge(record) if judge and not ended else None
    findings = (*record.findings, *_findings(record))
    if found is None:
        return record.model_copy(update={"findings": findings})
    outcome, why = found
    over = (REACHED - {Outcome.PHOTO_ADDED}) | {Outcome.CANNOT_TRIGGER}
    unsent = judge is _added and outcome is Outcome.NOT_ATTEMPTED
    again = None if outcome in over or unsent else _again(record, outcome)
    return record.model_copy(
        update={"outcome": outcome, "outcome_why": why, "outcome_recheck_after": again, "findings": findings}
    )


def _now(record: Record) -> datetime:
    return record.clock or record.finished or record.started


def _again(record: Record, outcome: Outcome) -> datetime | None:
    """Return when to look again."""
    copied = _last(record)
    if outcome is Outcome.NOT_ATTEMPTED and copied and copied.timestamp and _now(record) - copied.timestamp < WINDOW:
        return copied.timestamp + WINDOW
    return None if outcome is Outcome.NOT_TRIGGERED_BY_SERVICE else _now(record) + WINDOW


def _added(record: Record) -> Found | None:
    """Return whether the account panel shows the photo that was sent; None where the run did not come to sending it."""
    asked = record.sent or (record.previous and record.previous.sent)
    if not asked:
        return _not_sent(record)
    for index, seen in enumerate(record.sightings):
        row = _against(record, index)
        if seen.surface is Surface.ACCOUNT_PANEL and row and row[1].verdict is MatchVerdict.SAME:
            said = message("The account panel shows the photo that was sent")
            return Outcome.PHOTO_ADDED, (evidence(said, f"comparisons/{row[0]}"),)
    said = message("The photo was sent at {time}, and the account panel does not show it yet", time=rfc3339(asked))
    shown = next((i for i, s in enumerate(record.sightings) if s.surface is Surface.ACCOUNT_PANEL), None)
    return Outcome.PENDING, (evidence(said, f"sightings/{shown}" if shown is not None else "steps/change-photo"),)


def _not_sent(record: Record) -> Found | None:
    """Return why nothing was sent, where the window was reached and did not tell how."""
    failed = next((s for s in record.steps if s.id == "change-photo" and s.status is StepStatus.FAILED), None)
    if failed is None or failed.note is None:
        return None
    return Outcome.NOT_ATTEMPTED, (evidence(failed.note, f"steps/{failed.id}"),)


def _resynced(record: Record) -> Found | None:
    """Return what the visit did; None where it got too far away from what it was to measure."""
    if record.signed_in_as != record.subject:
        said = message(
            "{account} was signed in: only the user’s own visit can make SharePoint copy the photo",
            account=record.signed_in_as or "–",
        )
        return (Outcome.CANNOT_TRIGGER, (evidence(said, "steps/own-photo"),)) if record.signed_in_as else None
    if record.own_photo_requested is None:
        return None
    first, last = _readings(record)
    if first and last and first is not last and first.timestamp != last.timestamp and last.timestamp:
        was = rfc3339(first.timestamp) if first.timestamp else "–"
        said = message(
            "SPS-PictureTimestamp went from {before} to {after} during the visit",
            before=was,
            after=rfc3339(last.timestamp),
        )
        return Outcome.COPIED, (_stood(record, said, last),)
    return _unmoved(record, last)


def _unmoved(record: Record, last: Properties | None) -> Found | None:
    """Return what it means that SharePoint's time of the copy stood still."""
    if reference_kind(record) in WITHOUT_PHOTO:
        said = message("There is no photo at the source that could be copied")
        return Outcome.NOT_ATTEMPTED, (evidence(said, f"sightings/{record.reference}"),)
    rows = [row for i, s in enumerate(record.sightings) if s.surface in _COPY and (row := _against(record, i))]
    different = [n for n, row in rows if row.verdict is MatchVerdict.DIFFERENT]
    same = [n for n, row in rows if row.verdict is MatchVerdict.SAME]
    if same and not different:
        return _current(record, same[0], last)
    if not different:
        return None  # nothing that could be compared was seen: no word about it
    return _still_old(record, last, different[0])


def _still_old(record: Record, last: Properties | None, different: int) -> Found:
    """Return why SharePoint still shows another picture than the source."""
    old = evidence(message("SharePoint still shows another picture than the source"), f"comparisons/{different}")
    if last is None:
        said = message("SharePoint does not say when it last copied the photo")
        return Outcome.PENDING, (evidence(said, "steps/copy"), old)
    if last.values.get("SPS-PictureExchangeSyncState") == "0":
        said = message("SPS-PictureExchangeSyncState is 0: SharePoint does not take this user’s photo from the mailbox")
        return Outcome.NOT_ATTEMPTED, (_stood(record, said, last), old)
    if last.timestamp and _now(record) - last.timestamp < WINDOW:
        said = message(
            "SharePoint copied its photo at {time}, and copies at most once in 24 hours", time=rfc3339(last.timestamp)
        )
        return Outcome.NOT_ATTEMPTED, (_stood(record, said, last), old)
    asked = record.previous.asked if record.previous else None
    if asked and _now(record) - asked > WINDOW:
        said = message(
            "SharePoint was asked at {time} already, more than 24 hours ago, and its copy has not moved since",
            time=rfc3339(asked),
        )
        return Outcome.NOT_TRIGGERED_BY_SERVICE, (_stood(record, said, last), old)
    said = message("SharePoint was asked, and its copy has not moved within the limit of this run")
    return Outcome.PENDING, (_stood(record, said, last), old)


def _current(record: Record, same: int, last: Properties | None) -> Found:
    """Return what it means that SharePoint shows the source's photo although its copy was not renewed in this visit."""
    right = evidence(message("SharePoint shows the same photo as the source"), f"comparisons/{same}")
    for index, seen in enumerate(record.sightings):
        row = _against(record, index)
        if seen.surface is Surface.STORED_THUMBNAIL and row and row[1].verdict is MatchVerdict.DIFFERENT:
            said = message(
                "The copy that SharePoint itself stores is another picture: what it shows comes from the source"
            )
            return Outcome.NOT_TRIGGERED_BY_SERVICE, (right, evidence(said, f"comparisons/{row[0]}"))
    if last and last.timestamp:
        said = message("Its copy is of {time} and was not renewed by this visit", time=rfc3339(last.timestamp))
        return Outcome.ALREADY_CURRENT, (right, _stood(record, said, last))
    return Outcome.ALREADY_CURRENT, (right,)


def _readings(record: Record) -> tuple[Properties | None, Properties | None]:
    """Return the first and the last reading of the copy's properties that SharePoint answered."""
    answered = [p for p in record.properties if p.of == record.subject and p.values]
    return (answered[0], answered[-1]) if answered else (None, None)


def _last(record: Record) -> Properties | None:
    return _readings(record)[1]


def _stood(record: Record, said: Message, reading: Properties) -> Evidence:
    return evidence(said, f"properties/{record.properties.index(reading)}")


def _against(record: Record, index: int) -> tuple[int, Comparison] | None:
    """Return the comparison of sighting `index` with the reference, and its number."""
    for number, row in enumerate(record.comparisons):
        if {row.a, row.b} == {index, record.reference}:
            return number, row
    return None


def _findings(record: Record) -> list[Finding]:
    """Return what is worth saying of the photo that was sent, and of how the way was found."""
    said: list[tuple[str, Message, str | None]] = []
    photo = record.photo
    if photo and photo.turned:
        text = message(
            "The file {name} is stored turned; should it lie on its side in Microsoft 365, save it upright first",
            name=photo.name,
        )
        said.append(("photo-turned", text, None))
    if photo and min(photo.kept[2:]) < 0.999:
        width, height = photo.natural_px
        text = message(
            "The file {name} is {width} × {height} px: a square crop keeps {part} %; crop it by hand to choose which",
            name=photo.name,
            width=width,
            height=height,
            part=round(100 * photo.kept[2] * photo.kept[3]),
        )
        said.append(("photo-cropped", text, None))
    for step in record.steps:
        if step.unverified:
            text = message(
                "Nobody has published how this window is built: the step went by its structure, and is unverified"
            )
            said.append(("unverified-structure", text, f"steps/{step.id}"))
    return [Finding(id=id_, text=s.text, template=s.template, args=s.args, ref=ref) for id_, s, ref in said]
