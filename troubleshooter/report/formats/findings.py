"""Writes `findings.csv`: a row for every user who is not in sync, the worst first."""

from __future__ import annotations

from collections.abc import Sequence

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.report.formats.case import Case, Cases
from troubleshooter.report.formats.spreadsheet import spreadsheet
from troubleshooter.report.many.standing import WORST_FIRST, Standing
from troubleshooter.report.many.texts import shown

HEADER = (
    *("upn", "name", "verdict", "standing", "reason", "causes", "why", "who", "what_to_do", "wait"),
    *("changed", "accepted_until", "accepted_because", "flaky", "pages", "note", "evidence", "checked"),
)
"""The columns; `verdict` is as in `results.jsonl`, `standing` also says `accepted`, `set-aside` and `no-result`."""


def findings_csv(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return a CSV file with a row for every user who is not in sync, or who has no result.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    cases = [case for case in Cases(summary, results, lang).all if case.standing is not Standing.IN_SYNC]
    cases.sort(key=lambda case: WORST_FIRST.index(case.standing))
    return spreadsheet(HEADER, map(_row, cases))


def _row(case: Case) -> list[str]:
    result, advice = case.result, case.advices[0] if case.advices else None
    known = result.acceptance if result else None
    first = [
        case.name,
        shown(result.name or "") if result else "",
        result.verdict.value if result else "",
        case.standing.value,
        result.reason.value if result and result.reason else "",
        " ".join(shown(cause) for cause in result.causes) if result else "",
    ]
    act = [advice.title, advice.who, advice.do, advice.wait] if advice else ["", "", "", ""]
    more = [
        result.changed.value if result and result.changed else "",
        known.until.isoformat() if known else "",
        shown(known.reason, 400) if known else "",
        "yes" if result and result.flaky else "",
        " ".join(shown(page, 500) for page in result.pages) if result else "",
        case.lines[0] if result and result.note and case.lines else "",
        " ".join(path for _, path in case.evidence),
        result.finished.isoformat(timespec="seconds") if result else "",
    ]
    return [*first, *act, *more]
