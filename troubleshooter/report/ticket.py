"""Renders the report as a few lines of plain text, to be pasted into a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troubleshooter.report.context import ReportContext
from troubleshooter.report.diagnoses import DiagnosisText, LinkedSentence, OpenQuestion, UnseenPlace
from troubleshooter.report.headline import Headline


@dataclass(frozen=True)
class TicketParts:
    """The parts of the report that the ticket repeats."""

    first_line: str
    head: Headline
    diagnoses: tuple[DiagnosisText, ...]
    open: OpenQuestion | None
    unseen: tuple[UnseenPlace, ...]


def ticket_text(parts: TicketParts, context: ReportContext) -> str:
    """Return the text for the ticket, with times in UTC."""
    record, _ = context.record, context.wording.gettext
    head, action = parts.head, parts.head.action
    lines = [parts.first_line, "", f"[{head.word}] {head.sentence}", *head.details, ""]
    lines += _labelled(
        (_("To do"), action.what),
        (_("Who"), action.who),
        (_("Wait"), action.wait),
        (_("Check again after"), action.again.utc if action.again else ""),
    )
    for diagnosis in parts.diagnoses:
        lines += ["", f"{diagnosis.id} · {diagnosis.title} ({diagnosis.confidence})"]
        lines += [f"  {number}. {point.text}" for number, point in enumerate(diagnosis.evidence, 1)]
    if parts.open is not None:
        lines += ["", _("What was missing") + ":", *(f"  - {_joined(point)}" for point in parts.open.missing)]
        lines += _labelled((_("Code"), parts.open.code))
    if parts.unseen:
        lines += ["", _("What this check could not see") + ":", *(f"  - {_joined(place)}" for place in parts.unseen)]
    lines += ["", *_labelled((_("User"), record.subject), (_("Run"), record.id))]
    return "\n".join(lines) + "\n"


def _joined(point: LinkedSentence | UnseenPlace) -> str:
    return f"{point.text}: {point.more}" if point.more else point.text


def _labelled(*pairs: tuple[str, str]) -> Iterable[str]:
    return [f"{label}: {text}" for label, text in pairs if text]
