"""Every machine makes the same split of a list, and its parts take about equally long."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.batch.shards import Shard, durations_of, fingerprint, part
from troubleshooter.batch.user_row import UserRow
from troubleshooter.errors import InputError

from .made import result, rows, upn


def parts(users: list[UserRow], of: int, durations: dict[str, float] | None = None) -> list[list[int]]:
    """Return the numbers of the users in each part."""
    return [[row.number for row in part(users, Shard(n, of), durations)] for n in range(1, of + 1)]


def test_a_fingerprint_is_that_of_a_list_and_of_how_it_is_split():
    """The same for everybody who splits the same list in the same way; the durations of others do not matter."""
    users, durations = rows(5), {upn(3): 2.0}
    assert fingerprint(users) == fingerprint(rows(5), {"stranger@contoso.com": 9.0})
    assert 3 == len({fingerprint(users), fingerprint(users[1:]), fingerprint(users, durations)})


def test_users_are_dealt_out_in_turn():
    """Without durations, the parts differ by one user at most."""
    assert [[1, 4, 7], [2, 5], [3, 6]] == parts(rows(7), 3)
    assert [[1], [2], []] == parts(rows(2), 3)
    assert [[1, 2, 3]] == parts(rows(3), 1)


def test_parts_are_balanced_by_durations():
    """A user who takes long has a part almost alone; the order within a part is the list's."""
    durations = {upn(n): 1.0 for n in range(1, 8)} | {upn(4): 6.0}
    assert [[4], [1, 2, 3, 5, 6, 7]] == parts(rows(7), 2, durations)


def test_balance_is_better_than_by_turns():
    """With the durations of a run in which full checks take twenty times as long, the longest part is near the mean."""
    rng = random.Random(3)
    durations = {upn(n): (20.0 if rng.random() < 0.1 else 1.0) * (0.5 + rng.random()) for n in range(1, 1001)}
    loads = [sum(durations[upn(n)] for n in numbers) for numbers in parts(rows(1000), 10, durations)]
    turns = [sum(durations[upn(n)] for n in numbers) for numbers in parts(rows(1000), 10)]
    mean = sum(durations.values()) / 10
    assert max(loads) < 1.01 * mean < 1.1 * mean < max(turns)


def test_users_who_are_not_in_the_earlier_run_count_as_usual():
    """New users are spread over the parts as if they took as long as the median."""
    durations = {upn(1): 9.0, upn(2): 9.0, upn(3): 9.0}
    assert [3, 3] == [len(numbers) for numbers in parts(rows(6), 2, durations)]
    assert parts(rows(6), 2) == parts(rows(6), 2, {"somebody@contoso.com": 5.0})


def test_users_with_the_same_account_stay_together():
    """An account of their own signs in on one machine only, with durations and without."""
    users = [row.model_copy(update={"account": "ana" if row.number % 2 else None}) for row in rows(8)]
    for durations in (None, {upn(n): float(n) for n in range(1, 9)}):
        together = [numbers for numbers in parts(users, 3, durations) if {1, 3, 5, 7} & set(numbers)]
        assert 1 == len(together)


@settings(deadline=None)
@given(
    st.integers(0, 60),
    st.integers(1, 12),
    st.dictionaries(st.integers(1, 60).map(upn), st.floats(0.001, 1000), max_size=60),
    st.randoms(use_true_random=False),
)
def test_each_user_is_in_exactly_one_part(count: int, of: int, durations: dict[str, float], order: random.Random):
    """Whatever the list and the durations, and in whatever order these were read, the parts are the list."""
    found = parts(rows(count), of, durations)
    assert list(range(1, count + 1)) == sorted(number for numbers in found for number in numbers)
    shuffled = list(durations.items())
    order.shuffle(shuffled)
    assert found == parts(rows(count), of, dict(shuffled))


@pytest.mark.parametrize(("text", "shard"), [("3/10", Shard(3, 10)), (" 1 / 1 ", Shard(1, 1))])
def test_the_name_of_a_part(text: str, shard: Shard):
    """A part is named by its number and the number of parts."""
    assert (shard, text.replace(" ", "")) == (Shard.parse(text), str(shard))


@pytest.mark.parametrize("text", ["", "3", "0/3", "4/3", "-1/3", "1/0", "a/b", "1/1001", "1/2/3", "٣/٣"])
def test_what_is_no_part(text: str):
    """Anything else is refused."""
    with pytest.raises(InputError, match="is not a part; expected one such as 3/10"):
        Shard.parse(text)


def test_durations_are_those_of_results():
    """How long a user took is what the earlier result says, if it says anything."""
    assert {upn(1): 2.5} == durations_of([result(1, seconds=2.5), result(2)])
