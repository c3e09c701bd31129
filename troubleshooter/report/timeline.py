"""Builds the table of what happened when: changes and copies of the photo, steps, and requests for pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from troubleshooter.locale import fill
from troubleshooter.model.enums import StepStatus
from troubleshooter.model.scalars import picture_time
from troubleshooter.report.anchors import Link
from troubleshooter.report.context import ReportContext
from troubleshooter.report.headline import step_title
from troubleshooter.report.labels import STATUSES
from troubleshooter.report.wording import Moment, sentence

_TIMESTAMP = "SPS-PictureTimestamp"


@dataclass(frozen=True)
class TimelineRow:
    """One event."""

    at: Moment
    since: str
    """The time since the check began; empty before it."""
    kind: str
    """`photo` (changed, sent, copied), `check`, `step` or `request`."""
    kind_text: str
    text: str
    link: Link | None = None


@dataclass(frozen=True)
class _Event:
    at: datetime
    kind: str
    text: str
    ref: str | None = None


def timeline(context: ReportContext) -> tuple[TimelineRow, ...]:
    """Return everything in the record that has a time, in order."""
    events = sorted((*_of_photo(context), *_of_check(context), *_requests(context)), key=lambda event: event.at)
    return tuple(_row(event, context) for event in events)


def _row(event: _Event, context: ReportContext) -> TimelineRow:
    wording, _ = context.wording, context.wording.gettext
    seconds = (event.at - context.record.started).total_seconds()
    kinds = {"photo": _("sync event"), "check": _("check"), "step": _("step"), "request": _("request")}
    return TimelineRow(
        at=wording.clock(event.at),
        since="" if seconds < 0 else wording.catalogue.duration(seconds),
        kind=event.kind,
        kind_text=kinds[event.kind],
        text=sentence(event.text),
        link=context.anchors.link(event.ref),
    )


def _of_photo(context: ReportContext) -> Iterator[_Event]:
    """Yield when the photo was changed, sent and copied, and when SharePoint was visited for it."""
    record, view, _ = context.record, context.view, context.wording.gettext
    if view.changed_at:
        yield _Event(view.changed_at, "photo", _("The photo was changed, as stated with --changed-at"))
    if view.sent:
        yield _Event(view.sent, "photo", _("The photo was sent"))
    stored: dict[datetime, str] = {}
    for reading in view.readings:
        at = picture_time(reading.values.get(_TIMESTAMP)) or reading.timestamp
        if at is not None:
            stored.setdefault(at, view.ref_of(reading))
    for at, ref in stored.items():
        yield _Event(at, "photo", _("SharePoint stored its copy of the photo, by its own time stamp"), ref)
    if record.own_photo_requested:
        text = _("The user’s photo was first requested from SharePoint, which counts as a visit")
        yield _Event(record.own_photo_requested, "photo", text)


def _of_check(context: ReportContext) -> Iterator[_Event]:
    record, _ = context.record, context.wording.gettext
    if record.previous:
        text = fill(_("The previous check, {run}, ended"), {"run": record.previous.run})
        yield _Event(record.previous.finished, "check", text)
    for step in record.steps:
        if step.started:
            text = " ".join(part for part in (step.article_step, step_title(step, context.wording)) if part)
            if step.status is not StepStatus.PASSED:
                text = f"{text}: {_(STATUSES[step.status])}"
            yield _Event(step.started, "step", text, f"steps/{step.id}")
    if record.finished:
        yield _Event(record.finished, "check", _("The check ended"))


def _requests(context: ReportContext) -> Iterator[_Event]:
    """Yield when each of the user's pictures was served; other people's are not listed."""
    for index, sighting in enumerate(context.record.sightings):
        if sighting.response is None or sighting.response.at is None or not context.anchors.among_avatars(index):
            continue
        text = fill(
            context.wording.gettext("Picture served: {place}, HTTP {status}"),
            {"place": context.anchors.place(index), "status": str(sighting.response.status)},
        )
        yield _Event(sighting.response.at, "request", text, f"sightings/{index}")
