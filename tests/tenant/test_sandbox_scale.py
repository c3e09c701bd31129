"""What is true of generated people, and how large a sandbox may be."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

import pytest
from support.expected_outcomes import BOTH, EXPECTED

from troubleshooter.errors import InputError
from troubleshooter.sandbox.crowd.kinds import KINDS
from troubleshooter.tenant.sandbox import sandbox
from troubleshooter.tenant.sandbox_scale import TRUTH, scale_of, truth_of, users_of


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize("fault", TRUTH)
def test_the_truth_is_what_the_single_fault_is_known_to_be(fault: str):
    """Each verdict and cause is the one that is proved for the fault of the same name, whoever checks."""
    expected = EXPECTED[fault]
    assert (expected.verdict, expected.cause or "") == TRUTH[fault]
    assert (BOTH, (), False) == (expected.visible_to, expected.surfaces, expected.needs_expected_photo)
    assert expected.changed is None


def test_every_kind_has_its_truth():
    """The table has a row for each kind, for guests and for those who are well."""
    assert {kind.fault for kind in KINDS} | {"healthy", "guest-subject"} == set(TRUTH)
    assert 8 == len(KINDS)


def test_both_tables_have_a_row_for_each_generated_person():
    """Both tables list all generated people once, in the same order; the truth is that of what was planted."""
    with sandbox("mfa-totp", scale=scale_of(400, seed=2)) as box:
        users, truth = rows(users_of(box)), rows(truth_of(box))
        kinds = Counter(kind.fault for kind in box.crowd.kinds.values())
        upns = [person.upn for person in box.crowd.people]
        assert upns == [row["upn"] for row in users] == [row["upn"] for row in truth]
        assert {page.address for page in box.crowd.pages} | {""} == {row["page"] for row in users}
        box.set_fault("broken-image")
        with pytest.raises(InputError, match="the fault broken-image changes what is true of everybody"):
            truth_of(box)
    counts = Counter((row["verdict"], row["cause"]) for row in truth)
    assert 40 == sum(kinds.values()) - kinds["guest-subject"]
    assert {TRUTH[fault]: count for fault, count in kinds.items()} == {
        pair: count for pair, count in counts.items() if pair != ("in-sync", "")
    }
    assert 400 - sum(kinds.values()) == counts["in-sync", ""]


@pytest.mark.parametrize(("wrong", "where"), [({"people": -1}, "sandbox"), ({"limits": "many"}, "--limits-size")])
def test_a_wrong_size_is_refused(wrong: dict, where: str):
    """A size out of range is refused with what is allowed."""
    with pytest.raises(InputError) as caught:
        scale_of(**wrong)
    assert where == caught.value.where


@pytest.mark.parametrize(("limits", "enforced"), [(None, None), ("", (3000, 300)), ("60/10s", (60, 10))])
def test_limits(limits: str | None, enforced: tuple[int, int] | None):
    """Nothing means everything is answered, an empty text the real limits, anything else those limits."""
    found = scale_of(limits=limits).limits
    assert enforced == (found and (found.requests, found.seconds))
