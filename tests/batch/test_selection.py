"""Only the users are chosen who are asked for, by what an earlier run found."""

from __future__ import annotations

import pytest

from troubleshooter.batch.selection import Only, chosen, parse_only
from troubleshooter.errors import InputError

from .made import result, rows

TEAM = "https://contoso.sharepoint.com/a.aspx"
USERS = rows(7)
MOVED = USERS[6].model_copy(update={"account": "ana"})
EARLIER = [
    *(result(n, v, asked=USERS[n - 1].fingerprint) for n, v in enumerate(("in-sync", "out-of-sync", "no-photo"), 1)),
    result(4, "inconclusive", asked=USERS[3].fingerprint),
    result(5, "out-of-sync", asked=USERS[4].fingerprint, set_aside=True),
    result(7, "in-sync", asked=USERS[6].fingerprint),
]


@pytest.mark.parametrize(
    ("only", "numbers"),
    [
        ("new", [6]),
        ("changed", [7]),
        ("undetermined", [4, 5]),
        ("failed", [2, 3]),
        ("failed,new", [2, 3, 6]),
        ("new, Changed ,undetermined,failed", [2, 3, 4, 5, 6, 7]),
    ],
)
def test_who_is_chosen(only: str, numbers: list[int]):
    """Users keep their numbers and their order; who is in sync and asked about as before is never chosen."""
    found = chosen([*USERS[:6], MOVED], parse_only(only), EARLIER)
    assert numbers == [row.number for row in found]


def test_accepted_differences_are_chosen():
    """Whoever was out of sync is checked again, even if that was accepted."""
    found = chosen(rows(1), frozenset({Only.FAILED}), [result(1, "out-of-sync", accepted=True)])
    assert [1] == [row.number for row in found]


def test_who_was_stopped_is_undetermined():
    """A user who was not checked because nobody was let in has no verdict about the photo."""
    assert 1 == len(chosen(rows(1), frozenset({Only.UNDETERMINED}), [result(1, "stopped")]))


@pytest.mark.parametrize(("pages", "changed"), [((TEAM,), False), ((), True)])
def test_results_that_do_not_say_what_was_asked(pages: tuple[str, ...], changed: bool):
    """Then their pages are compared."""
    found = chosen(rows(1, pages=(TEAM,)), frozenset({Only.CHANGED}), [result(1, pages=pages)])
    assert changed == bool(found)


@pytest.mark.parametrize("text", ["", "new,", "nwe"])
def test_what_nobody_is(text: str):
    """A name that is not known is refused, with those that are."""
    with pytest.raises(InputError, match="Allowed: new, changed, undetermined, failed"):
        parse_only(text)
