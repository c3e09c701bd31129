"""Builds the first screen: a sentence that a user understands, a second sentence, and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from troubleshooter.locale import fill, isolate
from troubleshooter.model.enums import (
    COPIES,
    PAGE_CONTENT,
    WITHOUT_PHOTO,
    Kind,
    Reason,
    Source,
    Surface,
    Verdict,
)
from troubleshooter.model.message import message
from troubleshooter.model.records import Comparison, LastKnown, OutcomeDetails, Sighting, Step, rfc3339
from troubleshooter.model.reference import reference_kind
from troubleshooter.report.context import ReportContext
from troubleshooter.report.labels import ICONS, TONES, VERDICTS
from troubleshooter.report.recheck_matrix import RIGHT
from troubleshooter.report.what_is_shown import EDITS
from troubleshooter.report.wording import Moment, Wording, bounded, sentence, shortened

IN_SHAREPOINT = (Surface.SHAREPOINT_HEADER, Surface.ONEDRIVE_HEADER, *PAGE_CONTENT)
"""Surfaces that a reader finds in SharePoint, whatever store the picture comes from."""


_NO_PHOTO = "C7"
"""The cause whose title is what the verdict says anyway."""


@dataclass(frozen=True)
class Advice:
    """The one thing that the reader should do."""

    what: str
    who: str = ""
    wait: str = ""
    again: Moment | None = None
    """When to check again."""


@dataclass(frozen=True)
class Headline:
    """The result, as the reader sees it first."""

    verdict: str
    tone: str
    icon: str
    word: str
    sentence: str
    details: tuple[str, ...]
    action: Advice


def headline(context: ReportContext) -> Headline:
    """Return the first screen."""
    if details := context.view.outcome_details:
        return _of_outcome(context, details)
    verdict = context.record.verdict
    return Headline(
        verdict=verdict,
        tone=TONES[verdict],
        icon=ICONS.get(verdict, TONES[verdict]),
        word=context.wording.gettext(VERDICTS[verdict]),
        sentence=_sentence(context),
        details=tuple(_details(context)),
        action=_advice(context),
    )


def _of_outcome(context: ReportContext, details: OutcomeDetails) -> Headline:
    """Return the first screen of a run that has an outcome; whether the photo is in sync is its second sentence."""
    record, wording, _ = context.record, context.wording, context.wording.gettext
    tone = "good" if details.reached else "open"
    why = [sentence(wording.say(item)).rstrip(".") + "." for item in record.outcome_why]
    if record.reason is Reason.TOO_FEW_SIGHTINGS:
        sync = _("The other places have not been compared yet.")
    else:
        verdict = isolate(_(VERDICTS[record.verdict]).lower())
        sync = fill(_("Result of comparing all places: {verdict}."), {"verdict": verdict})
    again = record.outcome_recheck_after
    return Headline(
        verdict=record.verdict,
        tone=tone,
        icon=tone,
        word=_(details.label),
        sentence=fill(_(details.headline), {"name": isolate(_name(context))}),
        details=(*why[:1], sync),
        action=Advice(_(details.action), again=wording.moment(again) if again else None),
    )


def step_title(step: Step, wording: Wording) -> str:
    """Return what a step does, with the names of its pages instead of their URLs."""
    return wording.say(shortened(step.said)) if step.said is not None else wording.gettext(step.title)


def _name(context: ReportContext) -> str:
    return bounded(context.record.subject_name or context.record.subject)


def _sentence(context: ReportContext) -> str:
    record, wording, name = context.record, context.wording, _name(context)
    sentences = {
        Verdict.IN_SYNC: message("{name}’s photo is in sync", name=name),
        Verdict.OUT_OF_SYNC: message("{name}’s photo is out of sync", name=name),
        Verdict.NO_PHOTO: message("{name} has no photo", name=name),
        Verdict.INCONCLUSIVE: message("It is not certain whether {name}’s photo is in sync", name=name),
        Verdict.STOPPED: message("{name}’s photo could not be checked", name=name),
    }
    if record.reason is Reason.USER_NOT_FOUND:
        return wording.say(message("No user {subject} was found", subject=record.subject))
    details = record.scenario_details
    if details and details.stopped and record.verdict is Verdict.STOPPED and record.sent is None:
        return wording.say(message(details.stopped, name=name))
    return wording.say(sentences[record.verdict])


def _details(context: ReportContext) -> list[str]:
    record, _ = context.record, context.wording.gettext
    if record.verdict is Verdict.IN_SYNC:
        return [_("Every place that was checked shows the same photo.")]
    if record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        return _unanswered(context)
    if record.verdict is Verdict.NO_PHOTO:
        text = [_("Neither Microsoft 365 nor SharePoint shows a photo; they show initials or a silhouette instead.")]
    else:
        text = [_(_difference(context)), *_fixed(context)]
    if record.diagnoses and record.diagnoses[0].title and record.diagnoses[0].cause != _NO_PHOTO:
        title = _(record.diagnoses[0].title).rstrip(".")
        text.append(fill(_("Most likely: {title}."), {"title": title}))
        others = "; ".join(_(d.title).rstrip(".") for d in record.beside)
        if others:
            text.append(fill(_("Also: {titles}."), {"titles": others}))
    return text


def _unanswered(context: ReportContext) -> list[str]:
    record, wording, step = context.record, context.wording, context.view.last_step
    text = [wording.reason(record.reason).explain] if record.reason else []
    text += [wording.say(said) for said in record.findings if said.id == record.reason and "near" in said.args]
    if step and record.reason in (Reason.CRASHED, Reason.INTERRUPTED):
        ended = wording.gettext("The last step that started: {step}.")
        text.append(fill(ended, {"step": isolate(step_title(step, wording))}))
    if record.last_known and not context.view.tells:
        text.append(last_known(context, record.last_known))
    return text


def last_known(context: ReportContext, known: LastKnown) -> str:
    """Return the sentence that says what was last known, and from when that is."""
    at = rfc3339(known.finished)
    said = message("The last known result, from {time}, still stands: {verdict}.", time=at, verdict=known.verdict.value)
    return context.wording.say(said)


def _difference(context: ReportContext) -> str:
    """Return, in English, what differs from the reference."""
    sightings, shown = context.record.sightings, context.anchors.among_avatars
    wrong = [(sightings[i], row) for i, (_, row) in context.view.different.items() if shown(i)]
    if wrong and not any(sighting.in_private_session for sighting, _row in wrong):
        return message(
            "Only the given browser profile still shows a different photo; a private session shows the right one."
        ).text
    if reference_kind(context.view) in WITHOUT_PHOTO:
        return message("Some places still show a photo, although there is none in Microsoft 365.").text
    if not wrong or any(sighting.source not in COPIES | {Source.UNKNOWN} for sighting, _row in wrong):
        return _outside_sharepoint(wrong)
    if _partly_right(context):
        return message("Some places in SharePoint show the photo from Microsoft 365, others do not.").text
    return _in_sharepoint(context, wrong)


def _fixed(context: ReportContext) -> list[str]:
    """Return how many places have come to show the right photo since the previous check, if any."""
    count = sum(c.what == "surface" and c.after == RIGHT != c.before for c in context.record.changes)
    text = context.wording.catalogue.ngettext(
        "{count} place that did not show the right photo at the previous check now does.",
        "{count} places that did not show the right photo at the previous check now do.",
        count,
    )
    return [fill(text, {"count": context.wording.catalogue.number(count, 0)})] if count else []


def _in_sharepoint(context: ReportContext, wrong: list[tuple[Sighting, Comparison]]) -> str:
    """Return what differs where no place that depends on SharePoint's copy is right; others in SharePoint may be."""
    kinds = {sighting.kind for sighting, _row in wrong}
    if kinds <= WITHOUT_PHOTO:
        return message("SharePoint shows no photo, although there is one in Microsoft 365.").text
    if kinds == {Kind.BROKEN}:
        return message("In SharePoint, the photo does not load.").text
    right = (seen for index, seen in context.view.in_private_session if context.view.matches_reference(index))
    some = any(seen.surface in IN_SHAREPOINT for seen in right)
    if {row.code for _sighting, row in wrong} <= EDITS:
        return _edited(wrong, some=some)
    if some:
        return message("Some places in SharePoint show the photo from Microsoft 365, others show a different one.").text
    return message("SharePoint and Microsoft 365 show different photos.").text


def _edited(wrong: list[tuple[Sighting, Comparison]], *, some: bool) -> str:
    """Return how the photo was edited in SharePoint: in `some` places, while others show it as it is, or in all."""
    if {row.code for _sighting, row in wrong} == {"recropped"}:
        if some:
            return message("Some places in SharePoint show the photo from Microsoft 365 cropped differently.").text
        return message("SharePoint shows the same photo as Microsoft 365, but cropped differently.").text
    if some:
        return message("Some places in SharePoint show the photo from Microsoft 365 cropped or edited.").text
    return message("SharePoint shows the same photo as Microsoft 365, but cropped or edited.").text


def _partly_right(context: ReportContext) -> bool:
    """Return whether a place that depends on SharePoint's copy shows the right photo."""
    copies = [i for i, s in enumerate(context.record.sightings) if s.source in COPIES and s.in_private_session]
    return any(context.view.matches_reference(index) for index in copies)


def _outside_sharepoint(wrong: list[tuple[Sighting, Comparison]]) -> str:
    inside = any(sighting.source in COPIES or sighting.surface in IN_SHAREPOINT for sighting, _row in wrong)
    if wrong and not inside:
        return message("A place outside SharePoint does not show the right photo.").text
    return message("Not all places show the same photo.").text


def _advice(context: ReportContext) -> Advice:
    record, wording, _ = context.record, context.wording, context.wording.gettext
    if record.verdict in (Verdict.INCONCLUSIVE, Verdict.STOPPED):
        if record.stop is not None:
            return Advice(wording.say(record.stop.help), _("whoever ran this check"))
        who = _("whoever ran this check")
        if record.reason is None:
            return Advice(_("Run the check again."), who)
        do = wording.reason(record.reason).do
        repair = context.view.repair_advice
        return Advice(f"{wording.say(repair)} {do}" if repair else do, who)
    if record.diagnoses:
        best = record.diagnoses[0]
        again = wording.moment(best.recheck_after) if best.recheck_after else None
        return Advice(_(best.remedy), _(best.who), _(best.wait), again)
    if record.verdict is Verdict.IN_SYNC:
        return Advice(
            _("Nothing to do. If a page still shows an old photo, reload the page (on a computer, with Ctrl+F5).")
        )
    return Advice(_("No known cause fits. Give this report to your Microsoft 365 administrator."))
