"""Everything that the page shows, computed; the templates only lay it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from troubleshooter.locale import fill
from troubleshooter.model.enums import Verdict
from troubleshooter.model.records import Record
from troubleshooter.report import details, diagnoses, outcome
from troubleshooter.report.avatars import Face, Group, strangers, strip
from troubleshooter.report.context import Desk, desk
from troubleshooter.report.headline import Headline, headline
from troubleshooter.report.labels import SCENARIOS
from troubleshooter.report.steps import Chapter, story, total
from troubleshooter.report.ticket import ticket
from troubleshooter.report.wording import Moment


@dataclass(frozen=True)
class Page:
    """One report."""

    lang: str
    what: str
    tenant: str
    sandbox: str | None
    date: Moment
    ticket: str | None
    head: Headline
    deed: outcome.Deed | None
    since: outcome.Since | None
    again: outcome.Again | None
    """How to look again; None where nothing is to be expected."""
    discrepancies: tuple[str, ...]
    groups: tuple[Group, ...]
    strangers: tuple[Face, ...]
    choices: tuple[Face, ...]
    chosen: tuple[str, str]
    """The two pictures that the comparison starts with."""
    causes: tuple[diagnoses.Cause, ...]
    open: diagnoses.Open | None
    findings: tuple[diagnoses.Point, ...]
    copy: str
    subject: str
    who: str
    clock: Moment | None
    asked: Moment | None
    chapters: tuple[Chapter, ...]
    total: str
    unseen: tuple[diagnoses.Gap, ...]
    ended_early: bool
    readings: tuple[details.Reading, ...]
    answers: tuple[details.Answer, ...]
    page_people: tuple[details.PagePeople, ...]
    blocked: tuple[str, ...]
    """Addresses of frames that were not loaded."""
    rows: tuple[details.Row, ...]
    pairs: tuple[details.Pair, ...]
    versions: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str, str], ...]


def page(record: Record, folder: Path, lang: str, discrepancies: Sequence[str]) -> Page:
    """Return the report of `record` in `lang`, with the pictures of `folder`."""
    made = desk(record, folder, lang)
    speech = made.speech
    _ = speech.gettext
    head = headline(made)
    groups = strip(made)
    found, gap, unseen = (
        diagnoses.causes(made),
        diagnoses.unanswered(made),
        diagnoses.unseen(made),
    )
    what = _(SCENARIOS.get(record.scenario, record.scenario))
    date = speech.moment(record.started)
    others = strangers(made)
    choices = tuple(face for face in (*(f for group in groups for f in group.faces), *others) if face.choice)
    place = record.tenant + (f" ({_('sandbox')}: {record.sandbox})" if record.sandbox is not None else "")
    number = f"{_('ticket')} {record.ticket}" if record.ticket else ""
    first_line = " · ".join(part for part in (what, place, date.utc, number) if part)
    return Page(
        lang=speech.catalogue.tag,
        what=what,
        tenant=record.tenant,
        sandbox=record.sandbox,
        date=date,
        ticket=record.ticket,
        head=head,
        deed=outcome.deed(made),
        since=outcome.since(made),
        again=outcome.again(made, folder),
        discrepancies=tuple(discrepancies),
        groups=groups,
        strangers=others,
        choices=choices if len(choices) > 1 else (),
        chosen=_chosen(choices),
        causes=found,
        open=gap,
        findings=diagnoses.findings(made),
        copy=ticket(
            first_line=first_line,
            user=record.subject,
            head=head,
            found=found,
            gap=gap,
            unseen=unseen,
            run=record.id,
            speech=speech,
        ),
        subject=record.subject,
        who=_who(made),
        clock=_clock(made),
        asked=speech.clock(record.own_photo_requested) if record.own_photo_requested else None,
        chapters=story(made),
        total=total(made),
        unseen=unseen,
        ended_early=record.verdict is Verdict.STOPPED or record.finished is None,
        readings=details.readings(made),
        answers=details.answers(made),
        page_people=details.page_people(made),
        blocked=record.blocked,
        rows=details.rows(made),
        pairs=details.pairs(made),
        versions=details.versions(made),
        inputs=details.inputs(made),
        files=details.files(made),
    )


def _clock(desk: Desk) -> Moment | None:
    """Return the tenant's own time, where it is not the computer's."""
    record = desk.record
    if record.clock is None or abs(record.clock - (record.finished or record.started)) < timedelta(minutes=2):
        return None
    return desk.speech.moment(record.clock)


def _chosen(choices: tuple[Face, ...]) -> tuple[str, str]:
    """Return the reference and the worst of the others."""
    ids = [face.id for face in choices]
    return (ids[0], ids[1]) if len(ids) > 1 else ("", "")


def _who(desk: Desk) -> str:
    """Return in whose session the run was, and what that means."""
    record, speech = desk.record, desk.speech
    _ = speech.gettext
    if record.signed_in_as is None:
        return _("Nobody was signed in.")
    if record.signed_in_as.casefold() == record.subject.casefold():
        return _("Signed in as the person whose photo is checked.")
    text = _("Signed in as {account}, a colleague: such a run compares, and cannot start a copy for somebody else.")
    return fill(text, {"account": record.signed_in_as})
