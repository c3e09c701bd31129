"""Why: the diagnoses with their evidence; or, without an answer, what was seen and what was missing."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.model.enums import Kind, StepStatus, Verdict
from troubleshooter.model.records import Diagnosis
from troubleshooter.report.anchors import Anchors, Link
from troubleshooter.report.context import Desk
from troubleshooter.report.headline import last_step, step_title
from troubleshooter.report.labels import CONFIDENCES
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import Moment, Speech, page_name, sentence


@dataclass(frozen=True)
class Point:
    """A sentence and where to look."""

    text: str
    link: Link | None = None
    more: str = ""


@dataclass(frozen=True)
class Gap:
    """A place that could not be seen."""

    text: str
    more: str
    """Why."""
    do: str
    """How to look at it by hand; may be empty."""


@dataclass(frozen=True)
class Cause:
    """A diagnosis as the page shows it."""

    id: str
    title: str
    confidence: str
    level: str
    evidence: tuple[Point, ...]
    remedy: str
    who: str
    wait: str
    again: Moment | None
    confirm: str = ""
    """What would confirm it; may be empty."""


@dataclass(frozen=True)
class Open:
    """A run without an answer: what was seen, what was missing, what to do to find out."""

    seen: tuple[Point, ...]
    missing: tuple[Point, ...]
    do: str
    code: str


def causes(desk: Desk) -> tuple[Cause, ...]:
    """Return the diagnoses, best first."""
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    return tuple(_cause(diagnosis, anchors, speech) for diagnosis in record.diagnoses)


def findings(desk: Desk) -> tuple[Point, ...]:
    """Return what is worth saying and is no cause."""
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    return tuple(
        Point(sentence(speech.say(finding)), anchors.link(finding.ref), finding.id) for finding in record.findings
    )


def unanswered(desk: Desk) -> Open | None:
    """Return what a run without an answer can say; None for a run that has one."""
    record, speech = desk.record, desk.speech
    if record.verdict not in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        return None
    if record.outcome is not None and all(step.status is StepStatus.PASSED for step in record.steps):
        return None  # it was made to bring something about, and says whether it did
    do = speech.reason(record.reason).do if record.reason else ""
    return Open(
        seen=tuple(_seen(desk)),
        missing=tuple(_missing(desk)),
        do=speech.say(record.stop.help) if record.stop else do,
        code=(record.stop.code or "") if record.stop else "",
    )


def unseen(desk: Desk) -> tuple[Gap, ...]:
    """Return what this run could not see: each place, why, and how to look at it by hand."""
    record, speech = desk.record, desk.speech
    points = []
    for item in record.unseen:
        name = speech.surface(item.surface) if item.surface else speech.gettext("other evidence")
        page = page_name(item.page_url)
        do = speech.gettext(SURFACES[item.surface].do) if item.surface else ""
        title = f"{sentence(name)} · {page}" if page else sentence(name)
        points.append(Gap(title, speech.say(item.why), do))
    for step in record.steps:
        if step.status is StepStatus.FAILED and (record.stop is None or record.stop.step != step.id):
            why = speech.say(step.note) if step.note else (speech.reason(step.reason).explain if step.reason else "")
            points.append(Gap(sentence(step_title(step, speech)), why, ""))
    return tuple(points)


def _cause(diagnosis: Diagnosis, anchors: Anchors, speech: Speech) -> Cause:
    _ = speech.gettext
    return Cause(
        id=diagnosis.cause,
        title=_(diagnosis.title) if diagnosis.title else "",
        confidence=_(CONFIDENCES[diagnosis.confidence]),
        level=diagnosis.confidence,
        evidence=tuple(Point(sentence(speech.say(item)), anchors.link(item.ref)) for item in diagnosis.evidence),
        remedy=_(diagnosis.remedy) if diagnosis.remedy else "",
        who=_(diagnosis.who) if diagnosis.who else "",
        wait=_(diagnosis.wait) if diagnosis.wait else "",
        again=speech.moment(diagnosis.recheck_after) if diagnosis.recheck_after else None,
        confirm=_(diagnosis.confirm) if diagnosis.confirm else "",
    )


def _seen(desk: Desk) -> list[Point]:
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    seen = [
        Point(sentence(speech.surface(sighting.surface)), anchors.link(f"sightings/{index}"))
        for index, sighting in enumerate(record.sightings)
        if anchors.in_strip(index) and sighting.kind is not Kind.LOADING
    ]
    unique = {point.text: point for point in reversed(seen)}
    return list(reversed(unique.values()))


def _missing(desk: Desk) -> list[Point]:
    record, anchors, speech = desk.record, desk.anchors, desk.speech
    missing = []
    failed = [step for step in record.steps if step.status is StepStatus.FAILED]
    if record.stop is not None:
        ref = f"steps/{record.stop.step}" if record.stop.step else None
        missing.append(Point(speech.say(record.stop.what), anchors.link(ref)))
    elif record.reason is not None and record.reason not in {step.reason for step in failed}:
        missing.append(Point(speech.reason(record.reason).explain))
    for step in failed:
        if record.stop is None or record.stop.step != step.id:
            more = speech.say(step.note) if step.note else (speech.reason(step.reason).explain if step.reason else "")
            spoken = fill(speech.gettext("The step “{step}” failed."), {"step": step_title(step, speech)})
            missing.append(Point(spoken, anchors.link(f"steps/{step.id}"), more))
    ended = last_step(record)
    if record.verdict is Verdict.INCONCLUSIVE and ended is not None and record.finished is None:
        text = fill(speech.gettext("Everything after the step “{step}”."), {"step": step_title(ended, speech)})
        missing.append(Point(text, anchors.link(f"steps/{ended.id}")))
    return missing
