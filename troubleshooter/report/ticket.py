"""The report in a few lines of plain text, to be pasted into a ticket."""

from __future__ import annotations

from collections.abc import Iterable

from troubleshooter.report.diagnoses import Cause, Gap, Open, Point
from troubleshooter.report.headline import Headline
from troubleshooter.report.wording import Speech


def ticket(
    *,
    first_line: str,
    user: str,
    head: Headline,
    found: tuple[Cause, ...],
    gap: Open | None,
    unseen: tuple[Gap, ...],
    run: str,
    speech: Speech,
) -> str:
    """Return the text for the ticket; times in UTC."""
    _ = speech.gettext
    action = head.action
    lines = [first_line, "", f"[{head.word}] {head.sentence}", *head.details, ""]
    lines += _labelled(
        (_("To do"), action.what),
        (_("Who"), action.who),
        (_("Wait"), action.wait),
        (_("Look again after"), action.again.utc if action.again else ""),
    )
    for cause in found:
        lines += ["", f"{cause.id} · {cause.title} ({cause.confidence})"]
        lines += [f"  {number}. {point.text}" for number, point in enumerate(cause.evidence, 1)]
    if gap is not None:
        lines += ["", _("What was missing") + ":", *(f"  - {_joined(point)}" for point in gap.missing)]
        lines += _labelled((_("Code"), gap.code))
    if unseen:
        lines += ["", _("What this run could not see") + ":", *(f"  - {_joined(point)}" for point in unseen)]
    lines += ["", *_labelled((_("User"), user), (_("Run"), run))]
    return "\n".join(lines) + "\n"


def _joined(point: Point | Gap) -> str:
    return f"{point.text}: {point.more}" if point.more else point.text


def _labelled(*pairs: tuple[str, str]) -> Iterable[str]:
    return [f"{label}: {text}" for label, text in pairs if text]
