"""CTRF has a test per user, as the format defines it, and calls nothing passed or failed that cannot be told."""

import json
from datetime import date

import pytest
from support.many_results import PAGES, START, made, summary_of

from troubleshooter.diagnose.patterns import patterns
from troubleshooter.model.batch_records import Acceptance, ChangedSince, Depth, EndedBy, UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.report.formats import ctrf

from .ctrf_model import Report

KNOWN = Acceptance(reason="leaves the company", until=date(2026, 12, 1))


def user(number: int, verdict: Verdict = Verdict.IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def report(results, **summary) -> Report:
    return Report.model_validate(json.loads(ctrf(summary_of(results, **summary), results)))


@pytest.mark.parametrize("count", [0, 1, 25, 1000])
def test_the_format(count):
    """Runs of any size are valid, and the counts are those of the tests."""
    run = made(count)
    found = Report.model_validate(json.loads(ctrf(run.summary, run.results))).results
    assert [r.upn for r in run.results] == [test.name for test in found.tests]
    statuses = [test.status for test in found.tests]
    for status in ("passed", "failed", "skipped", "pending", "other"):
        assert statuses.count(status) == getattr(found.summary, status)
    assert count == found.summary.tests


@pytest.mark.parametrize(
    ("result", "status", "raw"),
    [
        (user(1), "passed", "in-sync"),
        (user(1, Verdict.OUT_OF_SYNC, causes=("C1",)), "failed", "out-of-sync"),
        (user(1, Verdict.NO_PHOTO), "failed", "no-photo"),
        (user(1, Verdict.INCONCLUSIVE, reason=Reason.PAGE_MISSING), "other", "inconclusive"),
        (user(1, Verdict.STOPPED, reason=Reason.ACCOUNT_LOCKED), "other", "stopped"),
        (user(1, Verdict.OUT_OF_SYNC, accepted=True, acceptance=KNOWN), "skipped", "accepted"),
        (user(1, Verdict.IN_SYNC, set_aside=True), "other", "set-aside"),
    ],
)
def test_how_each_result_ends(result, status, raw):
    """What cannot be told is neither passed nor failed, and the run is not healthy then."""
    found = report([result]).results
    assert (status, raw) == (found.tests[0].status, found.tests[0].rawStatus)
    assert (status != "other") == found.environment.healthy


def test_a_failure_says_why_and_where():
    """A failed test has its causes, what to do, and its evidence as attachments."""
    shots = {"run": "runs/00001", "reference_shot": "evidence/a.png", "copy_shot": "evidence/b.webp"}
    (test,) = report([user(1, Verdict.OUT_OF_SYNC, causes=("C1",), attempts=2, **shots)]).results.tests
    assert "Out of sync: C1 SharePoint has not fetched the current photo yet" == test.message
    assert "What to do: Open SharePoint once" in test.trace
    assert [
        ("runs/00001/index.html", "text/html"),
        ("evidence/a.png", "image/png"),
        ("evidence/b.webp", "image/webp"),
    ] == [(item.path, item.contentType) for item in test.attachments]
    assert (1, ["C1"]) == (test.retries, test.extra["causes"])


def test_flaky_as_the_format_defines_it():
    """A test is flaky if it passed after a check that disagreed; one that did not pass has the tag only."""
    passed, failed, plain = report([user(1, flaky=True), user(2, Verdict.NO_PHOTO, flaky=True), user(3)]).results.tests
    assert [True, False, False] == [passed.flaky, failed.flaky, plain.flaky]
    assert [["flaky"], ["flaky"], []] == [passed.tags, failed.tags, plain.tags]


def test_what_changed_is_a_tag_and_the_baseline_is_named():
    """CI systems can filter by what changed; the report names the run that it is compared with."""
    found = report([user(1, Verdict.NO_PHOTO, changed=ChangedSince.NEW)], baseline="before", id="after")
    assert ["new"] == found.results.tests[0].tags
    assert ("before", 1) == (found.baseline.source, found.baseline.extra["new"])
    assert report([user(1)], id="before").reportId == found.baseline.reportId
    assert report([user(1)]).baseline is None


def test_a_test_keeps_its_id_from_run_to_run():
    """The id of a user is the same in every run and in either case, and different for another user."""
    first, second = report([user(1)], id="a"), report([user(7, upn="USER1@contoso.com"), user(2)], id="b")
    assert first.results.tests[0].id == second.results.tests[0].id != second.results.tests[1].id


def test_an_incomplete_run_is_not_healthy():
    """An early end, missing users and expired acceptances are in the report."""
    found = report([user(1)], ended_by=EndedBy.DEADLINE, missing=("zoe@contoso.com",), throttled=3).results
    assert not found.environment.healthy
    assert ["passed", "other"] == [test.status for test in found.tests]
    assert ("deadline", ["zoe@contoso.com"], 3) == tuple(
        found.extra[name] for name in ("ended_by", "missing", "throttled")
    )
    assert "deadline" in found.extra["incomplete"]
    assert not report([user(1)], ended_by=EndedBy.CRASHED).results.environment.healthy
    assert not report([user(1)], missing=("shard 3/10",)).results.environment.healthy
    assert not report([user(1)], counts={"in-sync": 2}).results.environment.healthy
    assert report([user(1)]).results.environment.healthy


def test_tenant_wide_causes_are_there():
    """A tenant-wide cause is in the report with its numbers."""
    results = [user(number, Verdict.OUT_OF_SYNC, causes=("C14",)) for number in range(30)]
    (pattern,) = report(results, patterns=patterns(results)).results.extra["patterns"]
    assert {"cause": "C14", "confidence": "low", "fits": 30, "seen": 30, "against": 0} == pattern
