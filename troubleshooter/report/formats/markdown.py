"""Writes a summary in Markdown, for a CI job's page (`$GITHUB_STEP_SUMMARY`) or a ticket. At most a megabyte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.report.formats.case import Case, Cases, titled
from troubleshooter.report.many.headline import first_line
from troubleshooter.report.many.notices import notices
from troubleshooter.report.many.pattern_texts import pattern_texts
from troubleshooter.report.many.standing import GOOD, WORST_FIRST
from troubleshooter.report.many.texts import plain

USERS = 200
"""The number of users that are listed; `findings.csv` has all of them."""
_NAMED = 20
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#+!|~&@$^=]"  # emphasis, code, links, markup, tables, entities, mentions, formulas
    r"|(?<!\w)-|-(?!\w)|:(?=[^\s\d])|(?<=www)\."  # rules, lists, addresses, emoji
)
"""Punctuation that means something in GitHub's Markdown; no other is escaped, so that the file itself can be read."""

_NUMBERED = re.compile(r"\A(\d{1,9})([.)])")
"""What begins a numbered list."""


def markdown(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return the run as Markdown; its first line says the result and what changed.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    cases = Cases(summary, results, lang)
    lines = [f"# {escaped(first_line(summary, results, lang=lang))}", "", *_notices(cases), *_counts(cases)]
    return "\n".join([*lines, *_patterns(cases), *_causes(cases), *_users(cases)]).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Return `text`, which is one line, as Markdown that shows just this text."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", plain(text)))


def _notices(cases: Cases) -> Iterator[str]:
    for notice in notices(cases.tally, cases.texts):
        users = ", ".join(map(escaped, notice.users[:_NAMED]))
        yield f"- **{escaped(notice.text)}**{' ' + users if users else ''}"
    yield ""


def _counts(cases: Cases) -> Iterator[str]:
    _, counted = cases.texts.gettext, cases.tally
    if not counted.total:
        return
    yield f"| {escaped(_('Result'))} | {escaped(_('Users'))} |"
    yield "| --- | ---: |"
    for standing in WORST_FIRST:
        if count := counted.counts[standing]:
            yield f"| {escaped(cases.label(standing))} | {cases.texts.number(count)} |"
    yield ""


def _patterns(cases: Cases) -> Iterator[str]:
    _ = cases.texts.gettext
    found = pattern_texts(cases.tally.summary.patterns, cases.adviser, cases.texts)
    if found:
        yield from ("## " + escaped(_("Possible causes in the whole tenant")), "")
    for pattern in found:
        numbers = " · ".join(filter(None, (pattern.numbers, pattern.against, pattern.confidence)))
        yield f"- **{escaped(titled(pattern.advice))}** ({escaped(numbers)})"
        yield from (f"  - {escaped(said)}" for said in (*pattern.evidence, *pattern.caveats, pattern.advice.do) if said)
    if found:
        yield ""


def _causes(cases: Cases) -> Iterator[str]:
    _, groups = cases.texts.gettext, cases.adviser.groups(cases.tally)
    if not groups:
        return
    yield from ("## " + escaped(_("What to do")), "")
    yield _line(_("Users"), _("Cause"), _("What to do"), _("Who"), _("Wait"))
    yield "| ---: | --- | --- | --- | --- |"
    for group in groups:
        advice = group.advice
        yield _line(group.number, titled(advice), advice.do, advice.who, advice.wait)
    yield ""


def _users(cases: Cases) -> Iterator[str]:
    _, texts = cases.texts.gettext, cases.texts
    found = [case for case in cases.all if case.standing not in GOOD]
    if not found:
        return
    found.sort(key=lambda case: WORST_FIRST.index(case.standing))
    yield from ("## " + escaped(_("Users")), "")
    yield _line(_("User"), _("Result"), _("Why"), _("Evidence"))
    yield "| --- | --- | --- | --- |"
    yield from (_user(case, cases) for case in found[:USERS])
    if (more := len(found) - USERS) > 0:
        said = texts.ngettext("and {count} more, in {file}", "and {count} more, in {file}", more)
        yield from ("", escaped(texts.fill(said, count=more, file="findings.csv")))


def _user(case: Case, cases: Cases) -> str:
    why = titled(case.advices[0]) if case.advices else ""
    return _line(case.name, cases.label(case.standing), why, case.evidence[0][1] if case.evidence else "")


def _line(*cells: str) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"
