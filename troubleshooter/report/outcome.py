"""What a run brought about, what was sent and stood there before, and what has changed since the run before."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.enums import Kind, Outcome, Surface
from troubleshooter.model.message import message
from troubleshooter.report.context import Desk
from troubleshooter.report.diagnoses import Point
from troubleshooter.report.labels import VERDICTS
from troubleshooter.report.wording import Moment, sentence


@dataclass(frozen=True)
class Plate:
    """A picture with its caption."""

    src: str | None
    name: str
    caption: str


@dataclass(frozen=True)
class Deed:
    """What the run did."""

    why: tuple[Point, ...]
    plates: tuple[Plate, ...]
    verdict: str
    """What the run says about the sync, which is another question."""


@dataclass(frozen=True)
class Shift:
    """One thing that has changed."""

    text: str
    at: Moment
    point: Point


@dataclass(frozen=True)
class Since:
    """The run before, and what has changed."""

    run: str
    at: Moment
    shifts: tuple[Shift, ...]


def deed(desk: Desk) -> Deed | None:
    """Return what the run did; None for one that only looked and sent nothing."""
    record, speech = desk.record, desk.speech
    plates = []
    if record.replaced:
        there = message("Before")
        if record.replaced.surface is Surface.ACCOUNT_PANEL:
            there = message("Before: {kind}", kind=record.replaced.kind.value)
        plates.append(_plate(desk, record.replaced.shot, speech.say(there)))
    if record.photo:
        plates.append(
            _plate(desk, record.photo.shot, fill(speech.gettext("The file {name}"), {"name": record.photo.name}))
        )
    for index, seen in enumerate(record.sightings):
        if seen.subject == record.subject and seen.shot and seen.kind is Kind.PHOTO and _is_result(desk, index):
            caption = fill(speech.gettext("After: {place}"), {"place": speech.surface(seen.surface)})
            plates.append(_plate(desk, seen.shot, caption))
    if record.outcome is None and not plates:
        return None
    why = tuple(Point(sentence(speech.say(item)), desk.anchors.link(item.ref)) for item in record.outcome_why)
    return Deed(why, tuple(plates), speech.gettext(VERDICTS[record.verdict]))


def _is_result(desk: Desk, index: int) -> bool:
    """Return whether a sighting shows what came of the deed: one picture of the place that it was about."""
    place = {"add-photo": "account-panel", "resync-photo": "userphoto-l"}.get(desk.record.scenario)
    return desk.record.sightings[index].surface == place


def _plate(desk: Desk, path: str | None, caption: str) -> Plate:
    return Plate(desk.album.embed(path), (path or "").rsplit("/", 1)[-1], sentence(caption))


def since(desk: Desk) -> Since | None:
    """Return what has changed since the run before; None where there is none."""
    record, speech = desk.record, desk.speech
    if record.previous is None:
        return None
    shifts = tuple(
        Shift(sentence(speech.say(change)), speech.moment(change.at), Point("", desk.anchors.link(change.ref)))
        for change in record.changes
    )
    return Since(record.previous.run, speech.moment(record.previous.finished), shifts)


@dataclass(frozen=True)
class Again:
    """How to look again."""

    said: str
    command: str


def again(desk: Desk, folder: Path) -> Again | None:
    """Return the command that looks again, where the run says when to; None elsewhere."""
    record, _ = desk.record, desk.speech.gettext
    added = record.outcome is Outcome.PHOTO_ADDED
    if not (added or record.outcome_recheck_after or any(d.recheck_after for d in record.diagnoses)):
        return None
    spec = str(record.inputs.get("tenant") or "FILE")
    if record.sandbox and spec.partition(":")[0] == "sandbox":
        said = _("This run’s sandbox is gone. To keep one up and advance its clock")
        return Again(said, f"troubleshooter sandbox serve --fault {shlex.quote(record.sandbox)}")
    command = f"troubleshooter recheck {shlex.quote(str(folder))}"
    if added:
        command = f"troubleshooter run photo-differs --tenant {shlex.quote(spec)} --as {shlex.quote(record.account)}"
    return Again(_("To look again"), command)
