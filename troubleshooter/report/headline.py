"""The first screen: one sentence that a user understands, a second one, and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill, isolate
from troubleshooter.model.enums import (
    PAGE_CONTENT,
    Kind,
    MatchVerdict,
    Outcome,
    Reason,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import message
from troubleshooter.model.records import Record, Sighting, Step
from troubleshooter.report.avatars import SHAREPOINT
from troubleshooter.report.context import Desk
from troubleshooter.report.labels import (
    ICONS,
    NOT_SENT,
    NOT_SENT_ACTION,
    OUTCOME_ACTIONS,
    OUTCOME_TONES,
    OUTCOMES,
    TONES,
    VERDICTS,
)
from troubleshooter.report.wording import Moment, Speech, sentence, shortened

_PLACEHOLDERS = frozenset({Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK})
_EDITS = frozenset({"recropped", "shifted", "mirrored", "greyscale", "colour", "brightness", "retouched"})


@dataclass(frozen=True)
class Action:
    """The one thing to do."""

    what: str
    who: str = ""
    wait: str = ""
    again: Moment | None = None
    """When to look again."""


_IN_SHAREPOINT = (Surface.SHAREPOINT_HEADER, Surface.ONEDRIVE_HEADER, *PAGE_CONTENT)
"""Where a reader is in SharePoint, whatever the picture comes from."""


@dataclass(frozen=True)
class Headline:
    """The verdict as the reader meets it."""

    verdict: str
    tone: str
    icon: str
    word: str
    sentence: str
    details: tuple[str, ...]
    action: Action


def headline(desk: Desk) -> Headline:
    """Return the first screen of `record`."""
    record, speech = desk.record, desk.speech
    if record.outcome is not None:
        return _of_outcome(desk, record.outcome)
    return Headline(
        verdict=record.verdict,
        tone=TONES[record.verdict],
        icon=ICONS.get(record.verdict, TONES[record.verdict]),
        word=speech.gettext(VERDICTS[record.verdict]),
        sentence=_sentence(desk),
        details=tuple(_details(desk)),
        action=_action(desk),
    )


def _of_outcome(desk: Desk, outcome: Outcome) -> Headline:
    """Return the first screen of a run that was to bring something about; the sync is its second sentence."""
    record, speech = desk.record, desk.speech
    _ = speech.gettext
    unsent = outcome is Outcome.NOT_ATTEMPTED and desk.record.scenario == "add-photo"
    word, told = NOT_SENT if unsent else OUTCOMES[outcome]
    tone = OUTCOME_TONES.get(outcome, "open")
    why = [sentence(speech.say(item)).rstrip(".") + "." for item in record.outcome_why]
    sync = fill(
        _("Whether all places agree is another question. This run says: {verdict}."),
        {"verdict": isolate(_(VERDICTS[record.verdict]).lower())},
    )
    again = record.outcome_recheck_after
    action = Action(
        _(NOT_SENT_ACTION if unsent else OUTCOME_ACTIONS[outcome]), again=speech.moment(again) if again else None
    )
    return Headline(
        verdict=record.verdict,
        tone=tone,
        icon=tone,
        word=_(word),
        sentence=fill(_(told), {"name": isolate(record.subject_name or record.subject)}),
        details=(*why[:1], sync),
        action=action,
    )


def last_step(record: Record) -> Step | None:
    """Return the step where the run ended: the last one that was begun."""
    begun = [step for step in record.steps if step.status is not StepStatus.SKIPPED]
    return begun[-1] if begun else None


def step_title(step: Step, speech: Speech) -> str:
    """Return what a step does, in the reader's language, with pages by their names."""
    return speech.say(shortened(step.said)) if step.said is not None else speech.gettext(step.title)


def _sentence(desk: Desk) -> str:
    record, speech = desk.record, desk.speech
    name = record.subject_name or record.subject
    sentences = {
        Verdict.IN_SYNC: message("{name}’s photo is in sync", name=name),
        Verdict.OUT_OF_SYNC: message("{name}’s photo is out of sync", name=name),
        Verdict.NO_PHOTO: message("{name} has no photo", name=name),
        Verdict.INCONCLUSIVE: message("It is not certain whether {name}’s photo is in sync", name=name),
        Verdict.STOPPED: message("{name}’s photo could not be checked", name=name),
    }
    if record.scenario == "add-photo" and record.verdict is Verdict.STOPPED and record.sent is None:
        return speech.say(message("{name}’s photo was not changed", name=name))
    return speech.say(sentences[record.verdict])


def _details(desk: Desk) -> list[str]:
    record, speech = desk.record, desk.speech
    _ = speech.gettext
    if record.verdict is Verdict.IN_SYNC:
        return [_("Every place that was looked at shows the same photo.")]
    if record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        return _unanswered(desk)
    if record.verdict is Verdict.NO_PHOTO:
        text = [_("Neither Microsoft 365 nor SharePoint shows one; initials or a blank silhouette stand in its place.")]
    else:
        text = [_(_difference(desk))]
    if record.diagnoses and record.diagnoses[0].title:
        title = _(record.diagnoses[0].title).rstrip(".")
        text.append(fill(_("Most likely: {title}."), {"title": title}))
        others = "; ".join(_(d.title).rstrip(".") for d in record.beside)
        if others:
            text.append(fill(_("Beside it: {titles}."), {"titles": others}))
    return text


def _unanswered(desk: Desk) -> list[str]:
    record, speech = desk.record, desk.speech
    text = [speech.reason(record.reason).explain] if record.reason else []
    step = last_step(record)
    if step and record.reason in (Reason.CRASHED, Reason.INTERRUPTED):
        ended = speech.gettext("It got as far as “{step}”.")
        text.append(fill(ended, {"step": isolate(step_title(step, speech))}))
    return text


def _difference(desk: Desk) -> str:
    """Return, in English, what differs from the reference."""
    record, anchors = desk.record, desk.anchors
    wrong: list[tuple[Sighting, str]] = []
    for index, sighting in enumerate(record.sightings):
        found = anchors.against_reference(index)
        if found and found[1].verdict is MatchVerdict.DIFFERENT and anchors.in_strip(index):
            wrong.append((sighting, found[1].code))
    if wrong and all(not sighting.in_private_session for sighting, _code in wrong):
        return message(
            "Only the given browser profile still shows another photo: a private session shows the right one."
        ).text
    if not wrong or any(sighting.source not in SHAREPOINT | {Source.UNKNOWN} for sighting, _code in wrong):
        return _elsewhere(wrong)
    if _partly_right(desk):
        return message("Some places in SharePoint show the photo of Microsoft 365, and others do not.").text
    return _in_sharepoint(wrong)


def _in_sharepoint(wrong: list[tuple[Sighting, str]]) -> str:
    """Return the same where all of SharePoint is wrong."""
    kinds = {sighting.kind for sighting, _code in wrong}
    codes = {code for _sighting, code in wrong}
    if kinds <= _PLACEHOLDERS:
        return message("SharePoint shows no photo, although there is one in Microsoft 365.").text
    if kinds == {Kind.BROKEN}:
        return message("SharePoint shows a broken picture in place of the photo.").text
    if codes <= _EDITS:
        return message("SharePoint shows the same photo as Microsoft 365, but not the same version of it.").text
    return message("SharePoint shows another photo than Microsoft 365.").text


def _partly_right(desk: Desk) -> bool:
    """Return whether something that stands on SharePoint's copy shows the right photo."""
    for index, sighting in enumerate(desk.record.sightings):
        found = desk.anchors.against_reference(index)
        same = found is not None and found[1].verdict is MatchVerdict.SAME
        if same and sighting.source in SHAREPOINT and sighting.in_private_session:
            return True
    return False


def _elsewhere(wrong: list[tuple[Sighting, str]]) -> str:
    inside = any(sighting.source in SHAREPOINT or sighting.surface in _IN_SHAREPOINT for sighting, _code in wrong)
    if wrong and not inside:
        return message("A place outside SharePoint does not show the photo that it should.").text
    return message("Not all places show the same photo.").text


def _action(desk: Desk) -> Action:
    record, speech = desk.record, desk.speech
    _ = speech.gettext
    if record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        if record.stop is not None:
            return Action(speech.say(record.stop.help))
        return Action(speech.reason(record.reason).do if record.reason else _("Run the check again."))
    if record.diagnoses:
        best = record.diagnoses[0]
        return Action(
            _(best.remedy), _(best.who), _(best.wait), speech.moment(best.recheck_after) if best.recheck_after else None
        )
    if record.verdict is Verdict.IN_SYNC:
        return Action(
            _("Nothing to do. If an old photo still shows on a screen, close the browser there and open it again.")
        )
    return Action(_("No known cause fits. Show this report to the administrator of Microsoft 365."))
