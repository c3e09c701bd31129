"""Computes everything that the report shows; the templates only lay it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from markupsafe import Markup

from troubleshooter.locale import fill
from troubleshooter.model.enums import ScenarioKind, Verdict
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.records import Record
from troubleshooter.report import outcome_section
from troubleshooter.report.avatar_figures import AvatarFigure
from troubleshooter.report.avatars import AvatarGroup, avatar_groups, unidentified_avatars
from troubleshooter.report.context import ReportContext, report_context
from troubleshooter.report.details import Details, details
from troubleshooter.report.diagnoses import (
    DiagnosisText,
    LinkedSentence,
    OpenQuestion,
    UnseenPlace,
    diagnosis_texts,
    findings,
    open_question,
    unseen_places,
)
from troubleshooter.report.first_pair import FirstPictures, first_pictures
from troubleshooter.report.headline import Headline, headline
from troubleshooter.report.proof import Proof, proof
from troubleshooter.report.recheck_matrix import Matrix, recheck_matrix
from troubleshooter.report.step_sections import StepSection, step_sections, total_duration
from troubleshooter.report.ticket import TicketParts, ticket_text
from troubleshooter.report.timeline import TimelineRow, timeline
from troubleshooter.report.user_text import user_text
from troubleshooter.report.wording import Moment, bounded

_CLOCKS_AGREE = timedelta(minutes=2)
"""Difference up to which the tenant's clock and the computer's count as the same."""


@dataclass(frozen=True)
class ReportPage:
    """The content of one report."""

    lang: str
    heading: str
    subject: str
    """The user name of the person whose photo was checked; empty if the headline shows it."""
    tenant: str
    sandbox: str | None
    date: Moment
    ticket: str | None
    session_of: str
    """The colleague in whose session the photo was checked; empty if that was the user's own."""
    repairs: str
    """The sentence that says what was found by selectors that the user gave; empty if nothing was."""
    head: Headline
    first: FirstPictures
    acts: bool
    """Whether the scenario acts, so that its result is an outcome rather than the verdict."""
    outcome: outcome_section.OutcomeSection | None
    changes: outcome_section.ChangesSection | None
    matrix: Matrix | None
    """What each place showed at the last check, and what it shows now."""
    recheck: outcome_section.RecheckHint | None
    """How to check again; None if nothing is expected to change."""
    discrepancies: tuple[tuple[str, str], ...]
    """Files that are not as the run left them, each with what is wrong."""
    groups: tuple[AvatarGroup, ...]
    unidentified: tuple[AvatarFigure, ...]
    choices: tuple[AvatarFigure, ...]
    chosen: tuple[str, ...]
    """The two pictures that the picture comparison starts with."""
    diagnoses: tuple[DiagnosisText, ...]
    open: OpenQuestion | None
    findings: tuple[LinkedSentence, ...]
    ticket_text: str
    user_text: str
    """The text for the person whose photo was checked; may be empty."""
    who: str
    clock: Moment | None
    requested: Moment | None
    """When the user's photo was first requested from SharePoint."""
    steps: tuple[StepSection, ...]
    timeline: tuple[TimelineRow, ...]
    total: str
    unseen: tuple[UnseenPlace, ...]
    ended_early: bool
    proof: Proof
    details: Details
    times: Mapping[str, Moment]
    """The times within the sentences, by how the sentences write them."""
    picture_style: Markup
    """The style that fills in the pictures."""


def report_page(record: Record, folder: Path, lang: str, discrepancies: Sequence[Discrepancy]) -> ReportPage:
    """Return the report of `record` in `lang`, with the pictures of `folder`."""
    context = report_context(record, folder, lang)
    wording, scenario = context.wording, record.scenario_details
    parts = TicketParts(
        first_line=_first_line(context),
        head=headline(context),
        diagnoses=diagnosis_texts(context),
        open=open_question(context),
        unseen=unseen_places(context),
    )
    groups = avatar_groups(context)
    unidentified = unidentified_avatars(context)
    outcome, steps = outcome_section.outcome_section(context), step_sections(context)
    first = first_pictures(context, groups, outcome, steps)
    shown = [figure for group in groups for figure in group.figures]
    choices = tuple(figure for figure in (*shown, *unidentified) if figure.choice)
    return ReportPage(
        lang=wording.catalogue.tag,
        heading=heading(context),
        subject=bounded(record.subject) if record.subject_name else "",
        tenant=bounded(record.tenant),
        sandbox=record.sandbox,
        date=wording.moment(record.started),
        ticket=bounded(record.ticket) if record.ticket else None,
        session_of="" if context.view.signed_in_as_subject else bounded(record.signed_in_as or ""),
        repairs=wording.say(context.view.repairs_used) if context.view.repairs_used else "",
        head=parts.head,
        acts=scenario is not None and scenario.kind is ScenarioKind.ACTS,
        first=first,
        outcome=outcome,
        changes=outcome_section.changes_section(context),
        matrix=recheck_matrix(context),
        recheck=outcome_section.recheck_hint(context, folder),
        discrepancies=tuple((wrong.file, wording.say(wrong)) for wrong in discrepancies),
        groups=groups,
        unidentified=unidentified,
        choices=choices if len(choices) > 1 else (),
        chosen=first.chosen if any(first.chosen) else tuple(figure.id for figure in choices[:2]),
        diagnoses=parts.diagnoses,
        open=parts.open,
        findings=findings(context),
        ticket_text=ticket_text(parts, context),
        user_text=user_text(context, zone=None),
        who=_who(context),
        clock=_clock(context),
        requested=wording.clock(record.own_photo_requested) if record.own_photo_requested else None,
        steps=steps,
        timeline=timeline(context),
        total=total_duration(context),
        unseen=parts.unseen,
        ended_early=record.verdict is Verdict.STOPPED or record.finished is None,
        proof=proof(folder, wording.moment),
        details=details(context),
        times=wording.said,
        picture_style=context.pictures.style,
    )


def heading(context: ReportContext) -> str:
    """Return what was checked or done, as the heading of a report."""
    scenario = context.record.scenario_details
    return context.wording.gettext(scenario.heading if scenario else context.record.scenario)


def _first_line(context: ReportContext) -> str:
    """Return the line that says what was done, where, when, and for which ticket."""
    record, _ = context.record, context.wording.gettext
    place = bounded(record.tenant) + (f" ({_('sandbox')}: {record.sandbox})" if record.sandbox is not None else "")
    ticket = f"{_('ticket')} {bounded(record.ticket)}" if record.ticket else ""
    date = context.wording.moment(record.started).utc
    return " · ".join(part for part in (heading(context), place, date, ticket) if part)


def _clock(context: ReportContext) -> Moment | None:
    """Return the tenant's own time, if it differs from the computer's."""
    record = context.record
    if record.clock is None or abs(record.clock - (record.finished or record.started)) < _CLOCKS_AGREE:
        return None
    return context.wording.moment(record.clock)


def _who(context: ReportContext) -> str:
    """Return in whose session the run was, and what that means."""
    record, _ = context.record, context.wording.gettext
    if record.signed_in_as is None:
        return _("Nobody was signed in.")
    if context.view.signed_in_as_subject:
        return _("Signed in as the person whose photo is checked.")
    text = _(
        "Signed in as {account}, a colleague. Such a check compares photos, but cannot make SharePoint copy "
        "somebody else’s photo."
    )
    return fill(text, {"account": record.signed_in_as})
