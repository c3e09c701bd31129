"""Renders the report as a few lines of plain text, to be pasted into a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troubleshooter.locale import fill
from troubleshooter.redaction.one_line import one_line
from troubleshooter.report.context import ReportContext
from troubleshooter.report.diagnoses import DiagnosisText, LinkedSentence, OpenQuestion, UnseenPlace
from troubleshooter.report.evidence_lines import evidence_lines
from troubleshooter.report.headline import Headline
from troubleshooter.report.place_counts import place_lines
from troubleshooter.report.repeated_advice import after_no_change

_LONGEST_LINE = 1000
"""Characters of the longest line: a sentence that repeats some names and addresses is shorter."""
_LONGEST_FIRST = 400
"""Characters of the first line, which repeats the text that was given with `--ticket`."""


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
    lines = [one_line(parts.first_line, _LONGEST_FIRST), "", *_result(parts, context)]
    for diagnosis, text in zip(context.record.diagnoses, parts.diagnoses, strict=True):
        points = evidence_lines(diagnosis.evidence, context)
        lines += ["", f"{text.id} · {text.title} ({text.confidence})"]
        lines += [f"  {number}. {point}" for number, point in enumerate(points, 1)]
    lines += _open_points(parts, context)
    lines += ["", *_about_the_check(context)]
    return "\n".join(line[:2] + one_line(line[2:], _LONGEST_LINE, isolated=True) for line in lines) + "\n"


def _result(parts: TicketParts, context: ReportContext) -> Iterable[str]:
    _, head, action = context.wording.gettext, parts.head, parts.head.action
    repeated = after_no_change(context.record)
    return [
        f"[{head.word}] {head.sentence}",
        *head.details,
        *place_lines(context),
        "",
        *_labelled(
            (_("To do"), action.what),
            (_("Who"), action.who),
            (_("Wait"), action.wait),
            (_("Check again after"), action.again.utc if action.again else ""),
        ),
        *([context.wording.say(repeated)] if repeated else ()),
    ]


def _open_points(parts: TicketParts, context: ReportContext) -> Iterator[str]:
    """Yield what was missing, and what could not be seen."""
    _ = context.wording.gettext
    if parts.open is not None:
        yield from ("", _("What was missing") + ":", *(f"  - {_joined(point)}" for point in parts.open.missing))
        yield from _labelled((_("Code"), parts.open.code))
    if parts.unseen:
        yield from ("", _("What this check could not see") + ":", *(f"  - {_joined(place)}" for place in parts.unseen))


def _about_the_check(context: ReportContext) -> Iterable[str]:
    """Return whose photo was checked on which pages, as whom and with what, and where the evidence is."""
    record, _ = context.record, context.wording.gettext
    versions = (f"troubleshooter {record.versions.product}" if record.versions.product else "", record.versions.browser)
    return _labelled(
        (_("User"), record.subject),
        (_("Signed in as"), _signed_in_as(context)),
        *((_("Page"), page) for page in context.view.pages),
        (_("Version"), " · ".join(filter(None, versions))),
        (_("Run"), record.id),
        (_("Folder"), str(context.pictures.folder.absolute())),
    )


def _signed_in_as(context: ReportContext) -> str:
    account, _ = context.record.signed_in_as, context.wording.gettext
    if account is None:
        return _("nobody")
    who = _("the user") if context.view.signed_in_as_subject else _("a colleague")
    return fill(_("{account} ({who})"), {"account": account, "who": who})


def _joined(point: LinkedSentence | UnseenPlace) -> str:
    return f"{point.text.rstrip('.')}: {point.more}" if point.more else point.text


def _labelled(*pairs: tuple[str, str]) -> Iterable[str]:
    return [f"{label}: {text}" for label, text in pairs if text]
