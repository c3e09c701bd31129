"""What was done: the article's steps, each with its pictures and the element that it acted on."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.model.enums import StepStatus
from troubleshooter.model.message import message
from troubleshooter.model.records import Mark, Picture, Step
from troubleshooter.report.context import Desk
from troubleshooter.report.headline import step_title
from troubleshooter.report.labels import STATUSES
from troubleshooter.report.pictures import Album
from troubleshooter.report.wording import Moment, Speech, is_address, sentence

_TONES = {StepStatus.PASSED: "good", StepStatus.FAILED: "bad", StepStatus.SKIPPED: "skip"}


@dataclass(frozen=True)
class SurfaceDefinition:
    """A marked element, in per cent of its picture."""

    number: int
    left: str
    top: str
    width: str
    height: str
    badge_left: str
    badge_top: str
    label: str


@dataclass(frozen=True)
class Shot:
    """A photograph of a window."""

    src: str | None
    name: str
    """The file."""
    width: int
    height: int
    caption: str
    spots: tuple[SurfaceDefinition, ...] = ()
    taken: Moment | None = None
    masked: str = ""


@dataclass(frozen=True)
class Chapter:
    """One step."""

    id: str
    label: str
    """`B2`; empty outside the article."""
    title: str
    tone: str
    status: str
    duration: str
    started: Moment | None
    addresses: tuple[str, ...]
    """Of the pages that the title names."""
    reason: str
    explain: str
    note: str
    shots: tuple[Shot, ...]


def story(desk: Desk) -> tuple[Chapter, ...]:
    """Return the steps in their order."""
    return tuple(_chapter(step, desk) for step in desk.record.steps)


def total(desk: Desk) -> str:
    """Return how long the run took; empty if it did not come to its end."""
    record, speech = desk.record, desk.speech
    if record.finished is None:
        return ""
    return speech.catalogue.duration((record.finished - record.started).total_seconds())


def _chapter(step: Step, desk: Desk) -> Chapter:
    speech, album, anchors = desk.speech, desk.album, desk.anchors
    duration = ""
    if step.started and step.finished:
        duration = speech.catalogue.duration((step.finished - step.started).total_seconds())
    shown = {picture.path for picture in step.pictures}
    shots = [_shot(picture, album, speech) for picture in step.pictures]
    shots += [
        Shot(album.embed(path), path, 1280, 800, speech.gettext("picture of the window"))
        for path in step.shots
        if path not in shown
    ]
    words = speech.reason(step.reason) if step.reason else None
    return Chapter(
        id=anchors.step(step.id),
        label=step.article_step or "",
        title=step_title(step, speech),
        tone=_TONES[step.status],
        status=speech.gettext(STATUSES[step.status]),
        duration=duration,
        started=speech.clock(step.started) if step.started else None,
        addresses=_addresses(step),
        reason=sentence(words.name) if words else "",
        explain=words.explain if words else "",
        note=speech.say(step.note) if step.note else "",
        shots=tuple(shots),
    )


def _addresses(step: Step) -> tuple[str, ...]:
    """Return the addresses that the title calls by the names of their pages."""
    if step.said is None:
        return ()
    named = {name: value for name, value in step.said.args.items() if f"{{{name}}}" in step.said.template}
    return tuple(value for value in named.values() if is_address(value))


def _shot(picture: Picture, album: Album, speech: Speech) -> Shot:
    width, height = picture.px or (1280, 800)
    masked = ""
    if picture.masked:
        covered = message("covered, because they show other people: {count}", count=picture.masked)
        masked = speech.say(covered)
    return Shot(
        src=album.embed(picture.path),
        name=picture.path.rsplit("/", 1)[-1],
        width=max(width, 1),
        height=max(height, 1),
        caption=speech.say(picture.caption),
        spots=tuple(_spot(mark, speech) for mark in picture.marks),
        taken=speech.clock(picture.taken_at),
        masked=masked,
    )


def _spot(mark: Mark, speech: Speech) -> SurfaceDefinition:
    left, top, width, height = (min(max(share, 0.0), 1.0) for share in mark.box)
    width, height = min(width, 1 - left), min(height, 1 - top)
    return SurfaceDefinition(
        number=mark.number,
        left=_percent(left),
        top=_percent(top),
        width=_percent(width),
        height=_percent(height),
        badge_left=_percent(min(max(left, 0.025), 0.975)),
        badge_top=_percent(min(max(top, 0.04), 0.96)),
        label=speech.say(mark.label),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
