"""Computes everything that the report shows; the templates only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.enums import ScenarioKind, Verdict
from troubleshooter.model.judgement_records import Discrepancy
from troubleshooter.model.records import Record
from troubleshooter.report import outcome_section
from troubleshooter.report.avatars import AvatarFigure, AvatarGroup, avatar_groups, unidentified_avatars
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
from troubleshooter.report.headline import Headline, headline
from troubleshooter.report.step_sections import StepSection, step_sections, total_duration
from troubleshooter.report.ticket import TicketParts, ticket_text
from troubleshooter.report.wording import Moment

_CLOCKS_AGREE = timedelta(minutes=2)
"""Difference up to which the tenant's clock and the computer's count as the same."""


@dataclass(frozen=True)
class ReportPage:
    """The content of one report."""

    lang: str
    heading: str
    tenant: str
    sandbox: str | None
    date: Moment
    ticket: str | None
    head: Headline
    acts: bool
    """Whether the scenario acts, so that its result is an outcome rather than the verdict."""
    outcome: outcome_section.OutcomeSection | None
    changes: outcome_section.ChangesSection | None
    recheck: outcome_section.RecheckHint | None
    """How to check again; None if nothing is expected to change."""
    discrepancies: tuple[tuple[str, str], ...]
    """Files that are not as the run left them, each with what is wrong."""
    groups: tuple[AvatarGroup, ...]
    unidentified: tuple[AvatarFigure, ...]
    choices: tuple[AvatarFigure, ...]
    chosen: tuple[str, str]
    """The two pictures that the picture comparison starts with."""
    diagnoses: tuple[DiagnosisText, ...]
    open: OpenQuestion | None
    findings: tuple[LinkedSentence, ...]
    ticket_text: str
    who: str
    clock: Moment | None
    requested: Moment | None
    """When the user's own photo was first requested from SharePoint."""
    steps: tuple[StepSection, ...]
    total: str
    unseen: tuple[UnseenPlace, ...]
    ended_early: bool
    details: Details


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
    groups, unidentified = avatar_groups(context), unidentified_avatars(context)
    shown = [figure for group in groups for figure in group.figures]
    choices = tuple(figure for figure in (*shown, *unidentified) if figure.choice)
    return ReportPage(
        lang=wording.catalogue.tag,
        heading=_heading(context),
        tenant=record.tenant,
        sandbox=record.sandbox,
        date=wording.moment(record.started),
        ticket=record.ticket,
        head=parts.head,
        acts=scenario is not None and scenario.kind is ScenarioKind.ACTS,
        outcome=outcome_section.outcome_section(context),
        changes=outcome_section.changes_section(context),
        recheck=outcome_section.recheck_hint(context, folder),
        discrepancies=tuple((wrong.file, wording.say(wrong)) for wrong in discrepancies),
        groups=groups,
        unidentified=unidentified,
        choices=choices if len(choices) > 1 else (),
        chosen=(choices[0].id, choices[1].id) if len(choices) > 1 else ("", ""),
        diagnoses=parts.diagnoses,
        open=parts.open,
        findings=findings(context),
        ticket_text=ticket_text(parts, context),
        who=_who(context),
        clock=_clock(context),
        requested=wording.clock(record.own_photo_requested) if record.own_photo_requested else None,
        steps=step_sections(context),
        total=total_duration(context),
        unseen=parts.unseen,
        ended_early=record.verdict is Verdict.STOPPED or record.finished is None,
        details=details(context),
    )


def _heading(context: ReportContext) -> str:
    scenario = context.record.scenario_details
    return context.wording.gettext(scenario.heading if scenario else context.record.scenario)


def _first_line(context: ReportContext) -> str:
    """Return the line that says what was done, where, when, and for which ticket."""
    record, _ = context.record, context.wording.gettext
    place = record.tenant + (f" ({_('sandbox')}: {record.sandbox})" if record.sandbox is not None else "")
    ticket = f"{_('ticket')} {record.ticket}" if record.ticket else ""
    date = context.wording.moment(record.started).utc
    return " · ".join(part for part in (_heading(context), place, date, ticket) if part)


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
