"""The first line says the result and what changed, and claims no more than the results."""

from datetime import date

import pytest
from support.many_results import PAGES, START, made, summary_of

from troubleshooter.model.batch_records import (
    Acceptance,
    ChangeCounts,
    ChangedSince,
    Depth,
    EndedBy,
    UserResult,
)
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.report.many import first_line
from troubleshooter.report.many.headline import headline
from troubleshooter.report.many.notices import notices
from troubleshooter.report.many.tally import tally
from troubleshooter.report.many.texts import Texts

IN_SYNC, OUT_OF_SYNC, NO_PHOTO = Verdict.IN_SYNC, Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO
INCONCLUSIVE, STOPPED = Verdict.INCONCLUSIVE, Verdict.STOPPED
KNOWN = {"accepted": True, "acceptance": Acceptance(reason="leaves", until=date(2026, 12, 1))}


def user(number: int, verdict: Verdict = IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": "helpdesk", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def users(**counts: int) -> list[UserResult]:
    """Return users by verdict: `users(in_sync=3, out_of_sync=1)`."""
    verdicts = [Verdict(name.replace("_", "-")) for name, count in counts.items() for _ in range(count)]
    return [user(number, verdict) for number, verdict in enumerate(verdicts, 1)]


def said(results: list[UserResult], lang: str = "en", **summary: object) -> str:
    return first_line(summary_of(results, **{"sandbox": None, **summary}), results, lang=lang)


def tone(results: list[UserResult], **summary: object) -> str:
    return headline(tally(summary_of(results, **summary), results), Texts("en")).tone


def noticed(results: list[UserResult], **summary: object) -> list[str]:
    return [notice.text for notice in notices(tally(summary_of(results, **summary), results), Texts("en"))]


@pytest.mark.parametrize(
    ("results", "expected", "colour"),
    [
        ([], "No users were checked.", "open"),
        (users(in_sync=1), "The photo of 1 user is in sync.", "good"),
        (users(in_sync=1200), "All 1,200 users are in sync.", "good"),
        (users(in_sync=2, out_of_sync=1), "Of 3 users, 1 is out of sync.", "bad"),
        (
            users(out_of_sync=2, no_photo=1, inconclusive=3),
            "Of 6 users, 2 are out of sync, 1 has no photo, 3 could not be determined.",
            "bad",
        ),
        (users(in_sync=2, inconclusive=1), "Of 3 users, 1 could not be determined, 2 are in sync.", "open"),
        (users(in_sync=2, stopped=1), "Of 3 users, 1 could not be checked, 2 are in sync.", "open"),
        (
            [*users(in_sync=2), user(3, OUT_OF_SYNC, **KNOWN)],
            "Of 3 users, 1 has an accepted difference, 2 are in sync.",
            "good",
        ),
        ([*users(in_sync=2), user(3, set_aside=True)], "Of 3 users, 1 was set aside, 2 are in sync.", "open"),
    ],
)
def test_the_result_in_one_line(results, expected, colour):
    """Each result has its sentence and its color; only a run without anything uncertain is good."""
    assert f"{expected} (Contoso)" == said(results)
    assert colour == tone(results)


def test_a_copy_that_agrees_is_not_in_sync():
    """Quick checks without a page prove only that SharePoint's copy agrees with the source."""
    quick = [user(number, depth=Depth.QUICK, pages=()) for number in range(30)]
    line = said(quick)
    assert "SharePoint’s copies of the photos of all 30 users match the source; no page was checked." in line
    assert "in sync" not in line
    mixed = [*quick, user(31)]
    assert "All 31 users are in sync." in said(mixed)
    assert any("For 30 users in sync, only SharePoint’s large copy" in text for text in noticed(mixed))
    assert [] == noticed([user(1, depth=Depth.QUICK), user(2)])


def test_what_changed_since_the_baseline():
    """With a baseline, the line says what changed since that run; without one, it does not."""
    results = [user(1, OUT_OF_SYNC, changed=ChangedSince.NEW), user(2, changed=ChangedSince.FIXED), user(3)]
    assert "Since" not in said(results)
    since = said(results, baseline="20261120T200000Z-verify")
    assert "Since 20 Nov 2026, 20:00 UTC: new 1, fixed 1, still 0, changed 0, accepted 0." in since
    assert "Since nightly: new 1," in said(results, baseline="nightly")
    assert "Since 20261320T200000Z-x: new 1," in said(results, baseline="20261320T200000Z-x")
    counts = ChangeCounts(still=4)
    assert "Since the first check: new 1," in said(results, checks=2)
    assert "Since nightly: new 1," in said(results, baseline="nightly", checks=2)
    assert "still 4" in said(users(out_of_sync=4), baseline="nightly", changed=counts)


def test_the_sandbox_is_in_the_first_line():
    """A run in the sandbox says so in its first line."""
    assert said(users(in_sync=1), sandbox="lab").endswith("(Contoso, sandbox: lab)")


@pytest.mark.parametrize("by", [by for by in EndedBy if by is not EndedBy.DONE])
def test_a_run_that_ended_early_is_not_good(by):
    """A run that ended early says so and why, even if everybody so far is in sync."""
    results = users(in_sync=20)
    assert "open" == tone(results, ended_by=by)
    assert "All" not in said(results, ended_by=by)
    assert noticed(results, ended_by=by)


def test_nobody_let_in():
    """If nobody was let in, nothing is said about photos."""
    results = [user(1, STOPPED, reason=Reason.WRONG_PASSWORD)]
    assert "Nobody could be checked: the sign-in was refused." in said(results, ended_by=EndedBy.NOT_LET_IN)
    some = [*results, user(2)]
    assert "Of 2 users, 1 could not be checked, 1 is in sync." in said(some, ended_by=EndedBy.NOT_LET_IN)


def test_users_without_a_result_are_not_in_sync():
    """Missing users and parts are named, and counted where their number is known."""
    results = users(in_sync=20)
    assert "Of 25 users, 5 have no result, 20 are in sync." in said(results, total=25)
    assert "Of 21 users, 1 has no result, 20 are in sync." in said(results, missing=("zoe@contoso.com",))
    assert "Of 20 users, 20 are in sync." in said(results, missing=("shard 3/10",))
    for summary in ({"total": 25}, {"missing": ("zoe@contoso.com",)}, {"missing": ("shard 3/10",)}):
        assert "open" == tone(results, **summary)
        assert noticed(results, **summary)
    named = notices(tally(summary_of(results, missing=("shard 3/10",)), results), Texts("en"))
    assert ("shard 3/10",) == named[0].users


def test_a_summary_that_disagrees_is_not_believed():
    """If the summary counts other verdicts than the results have, neither counts as good."""
    results = users(in_sync=20)
    assert "open" == tone(results, counts={"in-sync": 19, "out-of-sync": 1})
    assert any("Do not rely on either" in text for text in noticed(results, counts={"in-sync": 19}))
    assert [] == noticed(results, counts={"in-sync": 20, "out-of-sync": 0})


def test_everything_that_makes_numbers_less_certain_is_said():
    """Set aside, expired, throttled, flaky, shard: each is said, the users are named, and a clean run says nothing."""
    expired = Acceptance(reason="waits", until=date(2026, 1, 1), expired=True)
    results = [
        user(1, set_aside=True, verdict=INCONCLUSIVE),
        user(2, OUT_OF_SYNC, acceptance=expired),
        user(3, flaky=True),
        user(4),
    ]
    found = notices(tally(summary_of(results, throttled=3, shard="1/2"), results), Texts("en"))
    assert [
        ("bad", "1 user was set aside, because the browser crashed twice.", ("user1@contoso.com",)),
        ("bad", "The acceptance of 1 user has expired, so that the difference counts again.", ("user2@contoso.com",)),
        ("open", "The service asked 3 times to slow down. The run waited; no result depends on it.", ()),
        ("open", "Two checks of 1 user disagreed. The full check counts.", ()),
        ("note", "This is part 1/2 of a list.", ()),
    ] == [(notice.tone, notice.text, notice.users) for notice in found]
    assert [] == noticed([user(4)])


def test_many_named_users_are_folded():
    """A notice names five users at once, and says how many more."""
    results = [user(number, INCONCLUSIVE, set_aside=True) for number in range(500)]
    (notice,) = notices(tally(summary_of(results), results), Texts("en"))
    assert ("and 495 more", 200) == (notice.more, len(notice.users))


def test_a_user_who_was_set_aside_is_not_accepted():
    """Whether the difference is known or not: a user whose browser crashed was not checked."""
    results = [user(1, INCONCLUSIVE, set_aside=True, **KNOWN)]
    assert "Of 1 user, 1 was set aside." in said(results)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "pentru 1 utilizator."), (5, "toți cei 5 utilizatori."), (20, "toți cei 20 de utilizatori.")],
)
def test_romanian_counts_as_romanian_does(count, expected):
    """Romanian has three plural forms."""
    assert expected in said(users(in_sync=count), "ro")
    assert "Din 119 utilizatori: 119 cu rezultat incert." in said(users(inconclusive=119), "ro")


def test_a_generated_run_is_counted_right():
    """The numbers of a generated run are those of its results."""
    run = made(1000)
    counted = tally(run.summary, run.results)
    assert 1000 == sum(counted.counts.values()) == counted.total
    assert not counted.disagrees
    assert 50 < counted.bad < 120
