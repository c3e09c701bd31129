"""Writes JUnit XML: one case per user, so that a CI system counts, shows and follows users as it does tests.

Passed is in sync and nothing else. A failure is what the product is certain about: out of sync, or no photo. What
cannot be told, a user who was set aside, and a user without a result are errors, because nothing failed that was
tested. A known difference is skipped, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from troubleshooter.model.batch_records import Summary, UserResult
from troubleshooter.model.scalars import rfc3339
from troubleshooter.report.formats.case import Case, Cases
from troubleshooter.report.many.headline import first_line
from troubleshooter.report.many.standing import BAD, Standing
from troubleshooter.report.many.texts import shown

SUITE = "profile-photo"


def junit(summary: Summary, results: Sequence[UserResult], *, lang: str = "en") -> str:
    """Return JUnit XML with a case for every user, and one more for the run itself if it is incomplete.

    Raises:
        ValueError: `lang` is not one of the languages.
    """
    cases = Cases(summary, results, lang)
    suite = TestSuite(f"{SUITE} {shown(summary.tenant)}")
    suite.timestamp = rfc3339(summary.started).removesuffix("Z")  # the format has no zone; this is UTC
    for name, value in _properties(summary, first_line(summary, results, lang=lang)):
        suite.add_property(name, value)
    suite.add_testcases([*_of_the_run(cases), *(_test_case(case, cases) for case in cases.all)])
    document = JUnitXml(SUITE)
    document.add_testsuite(suite)
    document.update_statistics()
    out = BytesIO()
    document.write(out)
    return out.getvalue().decode("utf-8")


def _properties(summary: Summary, line: str) -> Iterator[tuple[str, str]]:
    yield "summary", line
    yield "run", shown(summary.id)
    yield "ended_by", summary.ended_by.value
    optional = {"sandbox": summary.sandbox, "ticket": summary.ticket, "baseline": summary.baseline}
    for name, value in {**optional, "shard": summary.shard}.items():
        if value is not None:
            yield name, shown(value)
    if summary.throttled:
        yield "throttled", str(summary.throttled)


def _of_the_run(cases: Cases) -> Iterator[TestCase]:
    """Yield an error for a run that says less than its cases, so that no CI system shows it as passed."""
    if cases.incomplete:
        case = TestCase("the run is complete", f"{SUITE}.run", 0.0)
        case.result = [Error(cases.incomplete, cases.tally.summary.ended_by.value)]
        yield case


def _test_case(case: Case, cases: Cases) -> TestCase:
    seconds = case.result.seconds if case.result else 0.0
    made = TestCase(case.name, f"{SUITE}.{shown(cases.tally.summary.tenant)}", round(seconds, 3))
    if case.standing is not Standing.IN_SYNC:
        ending = _ending(case.standing)(case.headline, _type(case))
        ending.text = "\n".join([*case.lines, *(f"{kind}: {path}" for kind, path in case.evidence)])
        made.result = [ending]
    if case.notes:
        made.system_out = "\n".join(case.notes)
    return made


def _ending(standing: Standing) -> type[Failure | Error | Skipped]:
    if standing in BAD:
        return Failure
    return Skipped if standing is Standing.ACCEPTED else Error


def _type(case: Case) -> str:
    """Return the standing with the likeliest cause or the reason, as ids that a program can sort by."""
    key = case.advices[0].key if case.advices else ""
    return f"{case.standing.value}:{shown(key)}" if key and key != case.standing.value else case.standing.value
