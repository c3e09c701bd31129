"""Builds the diagnoses with their evidence or, for a run without an answer, what was seen and what was missing."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.model.enums import Kind, StepStatus, Verdict
from troubleshooter.model.records import Diagnosis, Step
from troubleshooter.report.anchors import Link
from troubleshooter.report.context import ReportContext
from troubleshooter.report.headline import step_title
from troubleshooter.report.labels import CONFIDENCES
from troubleshooter.report.surface_texts import SURFACES
from troubleshooter.report.wording import Moment, Wording, page_name, sentence


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence with a link to the place that shows it."""

    text: str
    link: Link | None = None
    more: str = ""


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence with links to every place that shows it."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class UnseenPlace:
    """A place that could not be seen."""

    text: str
    more: str
    """Why the place could not be seen."""
    do: str
    """How to check the place by hand; may be empty."""


@dataclass(frozen=True)
class DiagnosisText:
    """A diagnosis as the page shows it."""

    id: str
    title: str
    confidence: str
    level: str
    evidence: tuple[EvidenceLine, ...]
    remedy: str
    who: str
    wait: str
    again: Moment | None
    confirm: str = ""
    """What would confirm the cause; may be empty."""


@dataclass(frozen=True)
class OpenQuestion:
    """A run without an answer: what was seen, what was missing, how to find out."""

    seen: tuple[LinkedSentence, ...]
    missing: tuple[LinkedSentence, ...]
    do: str
    code: str


def diagnosis_texts(context: ReportContext) -> tuple[DiagnosisText, ...]:
    """Return the diagnoses, best first."""
    return tuple(_diagnosis_text(diagnosis, context) for diagnosis in context.record.diagnoses)


def findings(context: ReportContext) -> tuple[LinkedSentence, ...]:
    """Return the observations that are worth reporting but are not causes."""
    wording, anchors = context.wording, context.anchors
    return tuple(
        LinkedSentence(sentence(wording.say(finding)), anchors.link(finding.ref), finding.id)
        for finding in context.record.findings
    )


def open_question(context: ReportContext) -> OpenQuestion | None:
    """Return what a run without an answer can say; None for a run that has one."""
    record, wording = context.record, context.wording
    if record.verdict not in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        return None
    if record.outcome is not None and all(step.status is StepStatus.PASSED for step in record.steps):
        return None  # the outcome is the answer
    do = wording.reason(record.reason).do if record.reason else ""
    return OpenQuestion(
        seen=tuple(_seen(context)),
        missing=tuple(_missing(context)),
        do=wording.say(record.stop.help) if record.stop else do,
        code=(record.stop.code or "") if record.stop else "",
    )


def unseen_places(context: ReportContext) -> tuple[UnseenPlace, ...]:
    """Return what this run could not see: each place, why, and how to check it by hand."""
    wording, places = context.wording, []
    for item in context.record.unseen:
        name = wording.surface(item.surface) if item.surface else wording.gettext("other evidence")
        page = page_name(item.page_url)
        do = wording.gettext(SURFACES[item.surface].do) if item.surface else ""
        title = f"{sentence(name)} · {page}" if page else sentence(name)
        places.append(UnseenPlace(title, wording.say(item.why), do))
    said = {place.more for place in places}
    steps = [(step, _why(step, wording)) for step in _failed(context)]
    places += [UnseenPlace(sentence(step_title(step, wording)), why, "") for step, why in steps if why not in said]
    return tuple(places)


def _diagnosis_text(diagnosis: Diagnosis, context: ReportContext) -> DiagnosisText:
    wording, _ = context.wording, context.wording.gettext
    return DiagnosisText(
        id=diagnosis.cause,
        title=sentence(_(diagnosis.title)) if diagnosis.title else "",
        confidence=_(CONFIDENCES[diagnosis.confidence]),
        level=diagnosis.confidence,
        evidence=_evidence(diagnosis, context),
        remedy=_(diagnosis.remedy) if diagnosis.remedy else "",
        who=_(diagnosis.who) if diagnosis.who else "",
        wait=_(diagnosis.wait) if diagnosis.wait else "",
        again=wording.moment(diagnosis.recheck_after) if diagnosis.recheck_after else None,
        confirm=_(diagnosis.confirm) if diagnosis.confirm else "",
    )


def _evidence(diagnosis: Diagnosis, context: ReportContext) -> tuple[EvidenceLine, ...]:
    """Return the evidence; what is equal but for its place appears once, with the number of places."""
    found: dict[str, list[Link | None]] = {}
    for item in diagnosis.evidence:
        found.setdefault(sentence(context.wording.say(item)), []).append(context.anchors.link(item.ref))
    return tuple(
        EvidenceLine(_counted(text, len(places), context.wording), tuple(dict.fromkeys(filter(None, places))))
        for text, places in found.items()
    )


def _counted(text: str, count: int, wording: Wording) -> str:
    """Return `text` with how often it applies, unless that is once."""
    if count == 1:
        return text
    times = {"text": text, "count": wording.catalogue.number(count, 0)}
    return fill(wording.gettext("{text} ({count}×)"), times)


def _failed(context: ReportContext) -> list[Step]:
    """Return the failed steps, except the one that stopped the run, which is explained separately."""
    stop = context.record.stop
    return [step for step in context.view.failed_steps if stop is None or stop.step != step.id]


def _why(step: Step, wording: Wording) -> str:
    if step.note:
        return wording.say(step.note)
    return wording.reason(step.reason).explain if step.reason else ""


def _seen(context: ReportContext) -> list[LinkedSentence]:
    wording, anchors = context.wording, context.anchors
    seen: dict[str, LinkedSentence] = {}
    for index, sighting in enumerate(context.record.sightings):
        if anchors.among_avatars(index) and sighting.kind is not Kind.LOADING:
            text = sentence(wording.surface(sighting.surface))
            seen.setdefault(text, LinkedSentence(text, anchors.link(f"sightings/{index}")))
    return list(seen.values())


def _missing(context: ReportContext) -> list[LinkedSentence]:
    record, anchors, wording, missing = context.record, context.anchors, context.wording, []
    if record.stop is not None:
        ref = f"steps/{record.stop.step}" if record.stop.step else None
        missing.append(LinkedSentence(wording.say(record.stop.what), anchors.link(ref)))
    elif record.reason is not None and record.reason not in {step.reason for step in context.view.failed_steps}:
        missing.append(LinkedSentence(wording.reason(record.reason).explain))
    for step in _failed(context):
        text = fill(wording.gettext("The step “{step}” failed."), {"step": step_title(step, wording)})
        missing.append(LinkedSentence(text, anchors.link(f"steps/{step.id}"), _why(step, wording)))
    ended = context.view.last_step
    if record.verdict is Verdict.INCONCLUSIVE and ended is not None and record.finished is None:
        text = fill(wording.gettext("Everything after the step “{step}”."), {"step": step_title(ended, wording)})
        missing.append(LinkedSentence(text, anchors.link(f"steps/{ended.id}")))
    return missing
