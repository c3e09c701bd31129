"""JUnit XML has a case per user, and no CI system can take what is uncertain for passed."""

from datetime import date

import pytest
from junitparser import JUnitXml
from support.many_results import PAGES, START, made, summary_of

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.batch_records import Acceptance, Depth, EndedBy, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.report.formats import junit

KNOWN = Acceptance(reason="leaves the company", until=date(2026, 12, 1))


def user(number: int, verdict: Verdict = Verdict.IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def suite(results, **summary):
    """Return the only suite of the report, as a CI system reads it."""
    text = junit(summary_of(results, **summary), results)
    (found,) = JUnitXml.fromstring(text.encode("utf-8"))
    return found


def outcomes(results, **summary) -> dict[str, str]:
    """Return how each case ended."""
    ends = {}
    for case in suite(results, **summary):
        kinds = {"failed": case.is_failure, "error": case.is_error, "skipped": case.is_skipped}
        ends[case.name] = next((kind for kind, is_it in kinds.items() if is_it), "passed")
    return ends


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (user(1), "passed"),
        (user(1, Verdict.OUT_OF_SYNC, causes=("C1",)), "failed"),
        (user(1, Verdict.NO_PHOTO, causes=("C7",)), "failed"),
        (user(1, Verdict.INCONCLUSIVE, reason=Reason.PAGE_MISSING), "error"),
        (user(1, Verdict.STOPPED, reason=Reason.ACCOUNT_LOCKED), "error"),
        (user(1, Verdict.OUT_OF_SYNC, accepted=True, acceptance=KNOWN), "skipped"),
        (user(1, Verdict.INCONCLUSIVE, set_aside=True), "error"),
        (user(1, Verdict.IN_SYNC, set_aside=True), "error"),
        (user(1, Verdict.OUT_OF_SYNC, set_aside=True, accepted=True, acceptance=KNOWN), "error"),
    ],
)
def test_how_each_result_ends(result, expected):
    """Only in sync passes; only what is certainly wrong fails; what is uncertain is an error."""
    assert {result.upn: expected} == outcomes([result])


def test_one_case_per_user():
    """A run of a thousand users has a thousand cases with their counts, and each user's seconds."""
    run = made(1000)
    found = suite(run.results, baseline=run.summary.baseline)
    assert [r.upn for r in run.results] == [case.name for case in found]
    assert 1000 == found.tests
    assert found.failures == sum(
        r.verdict in (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO) and not r.accepted for r in run.results
    )
    assert found.skipped == sum(r.accepted and not r.set_aside for r in run.results) > 0
    assert found.errors > 0
    assert found.time == pytest.approx(sum(r.seconds for r in run.results), abs=1)


def test_a_failure_says_why_and_what_to_do():
    """A failure has its causes, remedies, who acts, how long it takes, and where the evidence is."""
    shots = {"run": "runs/00001", "reference_shot": "evidence/a.png", "copy_shot": "evidence/b.png"}
    (case,) = suite([user(1, Verdict.OUT_OF_SYNC, causes=("C1", "C3"), **shots)])
    (failure,) = case.result
    assert "Out of sync: C1 SharePoint has not fetched the current photo yet" == failure.message
    assert "out-of-sync:C1" == failure.type
    for cause in ("C1", "C3"):
        for text in (CAUSES[cause].remedy.text, CAUSES[cause].who.text, CAUSES[cause].wait.text):
            assert text in failure.text
    for path in ("report: runs/00001/index.html", "reference: evidence/a.png", "copy: evidence/b.png"):
        assert path in failure.text


def test_an_accepted_difference_says_why_and_until_when():
    """A skipped case has the reason and the day; an expired acceptance is named in a case that fails."""
    (case,) = suite([user(1, Verdict.OUT_OF_SYNC, accepted=True, acceptance=KNOWN)])
    assert "Accepted: leaves the company (until 1 Dec 2026)" == case.result[0].message
    expired = KNOWN.model_copy(update={"expired": True})
    (case,) = suite([user(1, Verdict.OUT_OF_SYNC, causes=("C1",), acceptance=expired)])
    assert case.is_failure
    assert "The acceptance expired on 1 Dec 2026: leaves the company" == case.system_out


def test_a_copy_that_agrees_says_that_it_is_no_more():
    """A user whose pages nobody checked passes, with a sentence that says so; so does a flaky one."""
    (quick, flaky, full) = suite([user(1, depth=Depth.QUICK, pages=()), user(2, flaky=True), user(3)])
    assert "No page that shows this user was checked" in quick.system_out
    assert "Two checks of this user disagreed" in flaky.system_out
    assert full.system_out is None


@pytest.mark.parametrize(
    "summary",
    [{"ended_by": EndedBy.DEADLINE}, {"ended_by": EndedBy.CRASHED}, {"total": 5}, {"counts": {"in-sync": 2}}],
)
def test_an_incomplete_run_does_not_pass(summary):
    """A run that ended early, lacks results or contradicts itself has an error of its own."""
    ends = outcomes([user(1)], **summary)
    assert {"the run is complete": "error", "user1@contoso.com": "passed"} == ends
    assert {"user1@contoso.com": "passed"} == outcomes([user(1)])


def test_missing_users_and_parts_are_errors():
    """Whoever has no result is a case that could not run."""
    ends = outcomes([user(1)], missing=("zoe@contoso.com", "shard 3/10"))
    assert {"user1@contoso.com": "passed", "zoe@contoso.com": "error", "shard 3/10": "error"} == ends


def test_the_suite_says_what_the_run_was():
    """The suite has the first line, how the run ended and, if there are any, ticket, baseline, shard, throttling."""
    found = suite([user(1)], baseline="before", shard="1/2", throttled=4)
    properties = {item.name: item.value for item in found.properties()}
    assert properties["summary"].startswith("The photo of 1 user is in sync.")
    assert ("done", "INC-4711", "before", "1/2", "4", "lab") == tuple(
        properties[name] for name in ("ended_by", "ticket", "baseline", "shard", "throttled", "sandbox")
    )


def test_romanian():
    """The sentences are in the report's language; the types stay ids."""
    results = [user(1, Verdict.OUT_OF_SYNC, causes=("C1",))]
    text = junit(summary_of(results), results, lang="ro")
    assert "Nesincronizată: C1" in text
    assert 'type="out-of-sync:C1"' in text
