"""Writes `actions.csv`: what has to be done, grouped by who has to act and by cause, with the users.

A row is one user, because a cell holds 32,767 characters and a cause may have thousands of users; filter or count by
`who` and `cause`. Tenant-wide causes come first, in a row of their own: who acts there may not have to act on any user.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.report.formats.case import Case, Cases
from troubleshooter.report.formats.spreadsheet import spreadsheet
from troubleshooter.report.many.standing import GOOD
from troubleshooter.report.many.texts import plain, shown

HEADER = ("scope", "who", "cause", "title", "what_to_do", "wait", "users", "upn", "name", "standing")
"""The columns; `scope` is `tenant` or `user`, `users` the number of users for whom the same is to be done."""


def actions_csv(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return a CSV file with what has to be done. Nobody has to act on users who are in sync or accepted.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    cases = Cases(summary, results, lang)
    return spreadsheet(HEADER, [*_of_the_tenant(cases), *_of_users(cases)])


def _of_the_tenant(cases: Cases) -> Iterator[list[str]]:
    for pattern in cases.tally.summary.patterns:
        advice = cases.adviser.cause(pattern.cause)
        said = " ".join(plain(cases.texts.say(text)) + "." for text in pattern.evidence)
        act = ["tenant", advice.who, advice.key, advice.title, advice.do, advice.wait]
        yield [*act, str(pattern.fits), "", said, pattern.confidence.value]


def _of_users(cases: Cases) -> list[list[str]]:
    """Return a row per user, sorted by who acts, then by the number of users with the same cause."""
    to_do = [case for case in cases.all if case.standing not in GOOD and case.advices]
    users = Counter(case.advices[0].key for case in to_do)

    def place(case: Case) -> tuple[str, int, str]:
        advice = case.advices[0]
        return advice.who, -users[advice.key], advice.key

    return [_row(case, users) for case in sorted(to_do, key=place)]


def _row(case: Case, users: Counter[str]) -> list[str]:
    advice, result = case.advices[0], case.result
    name = shown(result.name or "") if result else ""
    act = ["user", advice.who, advice.key, advice.title, advice.do, advice.wait]
    return [*act, str(users[advice.key]), case.name, name, case.standing.value]
