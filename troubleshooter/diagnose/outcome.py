"""Judges the outcome of a scenario that acts, and the photo that it sent. Pure: measured, never assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from troubleshooter.model.enums import Outcome
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Evidence, Finding, PhotoFile, Record


@dataclass(frozen=True)
class JudgedOutcome:
    """An outcome and its evidence."""

    outcome: Outcome | str
    """A known outcome, or an id that the scenario declares."""
    why: tuple[Evidence, ...]
    recheck_after: datetime | None = None
    """When to check again; None if waiting changes nothing."""


_SHARP = 648
"""Shorter side of a photo, px, from which it is sharp wherever the service shows it."""

JudgeOutcome = Callable[[RecordView], JudgedOutcome | None]
"""Judges the outcome of one scenario; returns None if the run did not get far enough to have one."""


def with_outcome(record: Record, judge: JudgeOutcome | None) -> Record:
    """Return `record`, already compared and judged, with its outcome and with findings about the photo that was sent.

    Args:
        judge: how the scenario's outcome is judged; None for a scenario that compares.
    """
    view = RecordView(record)
    record = record.model_copy(update={"findings": (*record.findings, *_findings(record))})
    ended_early = record.stop or record.interrupted_by or view.crashed
    judged = judge(view) if judge and not ended_early else None
    if judged is None:
        return record
    return record.model_copy(
        update={
            "outcome": judged.outcome,
            "outcome_why": judged.why,
            "outcome_recheck_after": judged.recheck_after,
        }
    )


def _findings(record: Record) -> Iterator[Finding]:
    """Yield what is worth reporting about the photo that was sent, and about how the steps found their way."""
    if record.photo:
        yield from _about_photo(record.photo)
    for step in record.steps:
        if step.unverified:
            said = message(
                "No source documents how this window is built, so the step relied on its structure and is unverified"
            )
            yield _finding("unverified-structure", said, f"steps/{step.id}")


def _about_photo(photo: PhotoFile) -> Iterator[Finding]:
    if photo.turned:
        said = message(
            "The file {name} is stored rotated; if the photo appears on its side, rotate it, save it and upload "
            "it again",
            name=photo.name,
        )
        yield _finding("photo-turned", said)
    if min(photo.natural_px) < _SHARP:
        width, height = photo.natural_px
        said = message(
            "The file {name} is {width} × {height} px: the photo will look soft in large places; one of {px} px "
            "would not",
            name=photo.name,
            width=width,
            height=height,
            px=_SHARP,
        )
        yield _finding("photo-small", said)
    if min(photo.kept[2:]) < 0.999:
        width, height = photo.natural_px
        said = message(
            "The file {name} is {width} × {height} px; a square crop keeps {part} % of it: crop it yourself to "
            "choose which part",
            name=photo.name,
            width=width,
            height=height,
            part=round(100 * photo.kept[2] * photo.kept[3]),
        )
        yield _finding("photo-cropped", said)


def _finding(id_: str, said: Message, ref: str | None = None) -> Finding:
    return Finding.from_message(said, id=id_, ref=ref)
