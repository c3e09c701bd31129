"""What became of a user between two runs."""

from __future__ import annotations

import pytest

from troubleshooter.batch.comparison import change_of, changes, not_checked, with_changes
from troubleshooter.model.batch_records import ChangedSince

from .made import result, upn

N, F, S, C, A = ChangedSince.NEW, ChangedSince.FIXED, ChangedSince.STILL, ChangedSince.CHANGED, ChangedSince.ACCEPTED
GOOD, BAD, NONE, UNCLEAR = "in-sync", "out-of-sync", "no-photo", "inconclusive"


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (GOOD, GOOD, None),
        (None, GOOD, None),
        (GOOD, BAD, N),
        (None, BAD, N),
        (GOOD, UNCLEAR, N),
        (BAD, GOOD, F),
        (UNCLEAR, GOOD, F),
        (BAD, BAD, S),
        (UNCLEAR, UNCLEAR, S),
        (BAD, NONE, C),
        (BAD, UNCLEAR, C),
        (UNCLEAR, BAD, C),
    ],
)
def test_what_became_of_a_user(before: str | None, after: str, what: ChangedSince | None):
    """By the verdicts alone."""
    assert what == change_of(result(1, before) if before else None, result(1, after))


def test_causes_and_reasons_make_a_difference():
    """Other causes are a change, the same ones in another order are not; so are other reasons."""
    first = result(1, BAD, causes=("C1", "C4"))
    assert S is change_of(first, result(1, BAD, causes=("C4", "C1")))
    assert C is change_of(first, result(1, BAD, causes=("C1",)))
    assert C is change_of(result(1, UNCLEAR), result(1, UNCLEAR, reason="throttled"))


@pytest.mark.parametrize("before", [None, GOOD, BAD])
def test_what_is_accepted_is_neither_new_nor_still(before: str | None):
    """An accepted difference is called so, whatever was before; one that is accepted and gone is fixed."""
    earlier = result(1, before) if before else None
    assert A is change_of(earlier, result(1, BAD, accepted=True))
    assert F is change_of(result(1, BAD, accepted=True), result(1, GOOD))
    assert S is change_of(result(1, BAD, accepted=True), result(1, BAD))


def test_users_of_both_runs():
    """The changes are in the order of the later run; whoever it did not check is named, and called nothing else."""
    before = [result(1, BAD), result(2, BAD), result(3, GOOD)]
    after = [result(4, BAD), result(3, BAD), result(2, GOOD)]
    found = changes(before, after)
    assert [(upn(4), N, None), (upn(3), N, before[2]), (upn(2), F, before[1])] == [
        (change.upn, change.what, change.before) for change in found
    ]
    assert after == [change.after for change in found]
    assert (upn(1),) == not_checked(before, after)
    assert [N, N, F] == [one.changed for one in with_changes(after, before)]
