"""Tenant-wide causes are found in what most users show, and never in what a few do."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from support.many_results import PAGES, START, made

from troubleshooter.diagnose.pattern_rules import LEAST
from troubleshooter.diagnose.patterns import more_than_half, patterns
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Confidence, Verdict

IN_SYNC, OUT_OF_SYNC, NO_PHOTO = Verdict.IN_SYNC, Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO
MONTH, WEEK, DAY, HOUR = timedelta(days=30), timedelta(days=8), timedelta(days=1), timedelta(hours=1)
SHOWS = {
    "C4": {"causes": ("C3", "C4"), "copied": START - MONTH},
    "C26": {"causes": ("C3", "C26", "C4"), "copied": START - MONTH},
    "C8": {"causes": ("C8", "C9"), "expected": True},
    "C14": {"causes": ("C14",)},
}
"""What a user shows if each cause is true."""


def user(number: int, verdict: Verdict = IN_SYNC, **more: object) -> UserResult:
    usual = {"depth": Depth.FULL, "account": f"helpdesk{number % 2}", "pages": PAGES[:1], "finished": START}
    return UserResult(**{"number": number, "upn": f"user{number}@contoso.com", "verdict": verdict, **usual, **more})


def users(fitting: int, healthy: int, **shown: object) -> list[UserResult]:
    """Return users of whom the first `fitting` are out of sync and show something, and the others are in sync."""
    bad = [user(number, OUT_OF_SYNC, **shown) for number in range(fitting)]
    good = {"expected": True, "copied": START - MONTH}
    return bad + [user(number, **good) for number in range(fitting, fitting + healthy)]


def claimed(results: list[UserResult]) -> dict[str, Confidence]:
    return {pattern.cause: pattern.confidence for pattern in patterns(results)}


@pytest.mark.parametrize("cause", SHOWS)
def test_most_users_show_it(cause: str):
    """A cause that 36 of 40 users show is claimed, with the numbers, and with the four who contradict."""
    found = {pattern.cause: pattern for pattern in patterns(users(36, 4, **SHOWS[cause]))}[cause]
    assert (36, 40, 4) == (found.fits, found.seen, found.against)
    assert tuple(f"user{number}@contoso.com" for number in range(36, 40)) == found.contradicting
    assert "36 of 40" in found.evidence[0].text
    assert found.confidence is not Confidence.HIGH
    assert found.caveats


@pytest.mark.parametrize("cause", SHOWS)
def test_few_users_prove_nothing(cause: str):
    """Nothing is claimed from nineteen users, whatever they show; from twenty it is."""
    assert {} == claimed(users(LEAST - 1, 0, **SHOWS[cause]))
    assert cause in claimed(users(LEAST, 0, **SHOWS[cause]))


@pytest.mark.parametrize("cause", SHOWS)
def test_a_narrow_majority_may_be_chance(cause: str):
    """Of twenty users, fourteen may be chance, fifteen are not."""
    assert cause not in claimed(users(14, 6, **SHOWS[cause]))
    assert cause in claimed(users(15, 5, **SHOWS[cause]))


@pytest.mark.parametrize("cause", SHOWS)
def test_one_user_listed_many_times_is_one_user(cause: str):
    """Thirty rows of one user are not thirty users, and a row in which the user is in sync counts."""
    assert {} == claimed([user(number, OUT_OF_SYNC, upn="ana@contoso.com", **SHOWS[cause]) for number in range(30)])
    twice = users(30, 0, **SHOWS[cause])
    assert {} == claimed([*twice, *(user(number) for number in range(15))])


@pytest.mark.parametrize("cause", SHOWS)
def test_one_account_that_sees_it_alone_does_not_prove_it(cause: str):
    """If only one of two accounts sees it, the account explains it."""
    alone = [user(number, OUT_OF_SYNC, **{**SHOWS[cause], "account": "limited"}) for number in range(60)]
    assert cause in claimed(alone)
    assert {} == claimed([*alone, *(user(number, expected=True, account="helpdesk") for number in range(60, 80))])


@pytest.mark.parametrize("cause", SHOWS)
def test_users_who_were_set_aside_say_nothing(cause: str):
    """A user whose browser crashed is no evidence."""
    assert {} == claimed([r.model_copy(update={"set_aside": True}) for r in users(40, 0, **SHOWS[cause])])


@pytest.mark.parametrize("cause", ["C4", "C26"])
def test_copies_that_are_made_refute_that_none_are(cause: str):
    """C4 and C26 are not claimed where SharePoint copied photos within two days; one in fifty is named instead."""
    results = users(100, 0, **SHOWS[cause])
    fresh = {"copied": START - DAY, "upn": "fresh@contoso.com"}
    (one,) = (p for p in patterns([*results, user(100, **fresh)]) if p.cause == cause)
    assert ("fresh@contoso.com",) == one.contradicting
    many = [user(100 + number, **{**fresh, "upn": f"fresh{number}@contoso.com"}) for number in range(3)]
    assert {} == claimed([*results, *many])


@pytest.mark.parametrize("cause", ["C4", "C26"])
def test_a_change_of_today_is_no_pattern(cause: str):
    """Without times, or if all photos were changed hours ago, C4 and C26 are not claimed: the copies are not due."""
    shown = {**SHOWS[cause], "copied": None}
    assert {} == claimed(users(50, 0, **shown))
    assert {} == claimed(users(50, 0, **shown, changed_at=START - 20 * HOUR))
    assert {cause: Confidence.LOW}.items() <= claimed(users(50, 0, **shown, changed_at=START - 3 * DAY)).items()
    assert {cause: Confidence.MEDIUM}.items() <= claimed(users(50, 0, **shown, changed_at=START - WEEK)).items()


def test_photos_that_were_not_changed_do_not_refute_c4():
    """Where the list says whose photo was changed, only these users count: an old copy of an old photo is right."""
    changed = {"changed_at": START - WEEK, "causes": ("C3",)}
    bad = [user(number, OUT_OF_SYNC, **changed) for number in range(30)]
    assert {"C4": Confidence.MEDIUM} == claimed([*bad, *(user(number) for number in range(30, 500))])
    copied = [user(number, changed_at=START - WEEK) for number in range(30, 60)]
    assert {} == claimed([*bad, *copied])


def test_a_copy_after_the_change_is_another_fault():
    """A user whose photo was copied after the change, but differs, does not fit C4."""
    later = {"changed_at": START - MONTH, "copied": START - WEEK, "causes": ()}
    assert {} == claimed(users(50, 0, **later))


def test_a_placeholder_alone_may_have_other_causes():
    """Placeholders that nothing explains are no late copies, which C2 would be; different photos are."""
    late = {"changed_at": START - WEEK, "causes": ()}
    assert {} == claimed(users(50, 0, **late, placeholder=True))
    assert "C4" in claimed(users(50, 0, **{**late, "causes": ("C2",)}, placeholder=True))
    assert "C4" in claimed(users(50, 0, **late))


def test_users_without_photos_are_no_pattern():
    """If most users have no photo, which is common, nothing is claimed; nor if SharePoint never had one."""
    assert {} == claimed([user(number, NO_PHOTO, causes=("C7",)) for number in range(500)])
    assert {} == claimed(users(500, 0, placeholder=True))
    assert "C14" in claimed(users(500, 0, placeholder=True, copied=START - MONTH))


def test_other_causes_do_not_fit():
    """Users who each have a cause of their own have no common one."""
    assert {} == claimed(users(50, 0, causes=("C20", "C4"), copied=START - MONTH))
    assert {} == claimed(users(50, 0, causes=("C5",), copied=START - MONTH))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [25, 1000])
def test_an_ordinary_tenant_has_no_pattern(count: int, seed: int):
    """In a tenant where a tenth, or even a third, of the users have a fault, nothing is claimed."""
    assert () == patterns(made(count, seed).results)
    assert () == patterns(made(count, seed, faults=0.33).results)


def test_the_limits_in_the_docstring():
    """With 20 users a majority takes 15, with 1,000 it takes 531."""
    assert (15, 531) == tuple(next(n for n in range(seen + 1) if more_than_half(n, seen)) for seen in (20, 1000))


anything = some.fixed_dictionaries(
    {
        "verdict": some.sampled_from([OUT_OF_SYNC, OUT_OF_SYNC, OUT_OF_SYNC, NO_PHOTO, Verdict.INCONCLUSIVE]),
        "causes": some.sampled_from([(), *(shown["causes"] for shown in SHOWS.values()), ("C1",), ("C2",), ("C5",)]),
        "placeholder": some.booleans(),
        "copied": some.sampled_from([None, START - HOUR, START - MONTH]),
        "expected": some.booleans(),
        "depth": some.sampled_from(list(Depth)),
        "pages": some.sampled_from([(), PAGES[:1]]),
        "account": some.sampled_from(["helpdesk", "other"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(some.lists(anything, max_size=60), some.integers(0, 40))
def test_never_where_half_of_the_users_are_in_sync(shown, more):
    """Whatever the others show: nothing is claimed where half of the users are in sync through the same stores."""
    bad = [user(number, **fields) for number, fields in enumerate(shown)]
    healthy = [user(len(bad) + number, expected=True) for number in range(len(bad) + more)]
    assert () == patterns([*bad, *healthy])


@settings(max_examples=30, deadline=None)
@given(some.sampled_from(sorted(SHOWS)), some.integers(LEAST, 60), some.randoms())
def test_healthy_users_never_make_a_pattern(cause, fitting, dice):
    """Each further user in sync makes a claim less likely, never more; the order of the list does not matter."""
    claims = []
    for healthy in range(0, fitting + 1, fitting // 4):
        results = users(fitting, healthy, **SHOWS[cause])
        dice.shuffle(results)
        claims.append(cause in claimed(results))
    assert sorted(claims, reverse=True) == claims
    assert [True, False] == [claims[0], claims[-1]]
