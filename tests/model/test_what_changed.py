"""The first line of a summary says what has changed, or how things are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from troubleshooter.locale import catalogue
from troubleshooter.model.batch_records import ChangeCounts, Summary
from troubleshooter.model.what_changed import what_changed

COUNTS = {"in-sync": 90, "out-of-sync": 4, "no-photo": 3, "inconclusive": 2, "stopped": 1}


def said(lang: str = "en", **fields: Any) -> str:
    """Return the first line of a summary with these fields."""
    began = datetime(2026, 11, 26, tzinfo=UTC)
    made = {"id": "now", "tenant": "Contoso", "started": began, "total": 100, "counts": COUNTS}
    return catalogue(lang).say(what_changed(Summary(**{**made, **fields})))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"baseline": "then", "changed": ChangeCounts(new=1, fixed=2, still=3, changed=4, accepted=5)},
            "Since then: 1 new, 2 fixed, 3 still not in sync, 4 changed, 5 accepted.",
        ),
        (
            {"baseline": "then", "changed": ChangeCounts(new=2, unclear=2)},
            "Since then: 2 new, 0 fixed, 0 still not in sync, 0 changed, 0 accepted. "
            "Of the new and changed ones, 2 could not be determined.",
        ),
        (
            {"baseline": "then", "counts": {"in-sync": 100}},
            "Nothing has changed since then. Users in sync: 100.",
        ),
        (
            {},
            "In sync: 90 of 100 users; out of sync: 4; without photo: 3; could not be determined: 3.",
        ),
        (
            {"checks": 2, "changed": ChangeCounts(fixed=2, still=10)},
            "Since the first check: 0 new, 2 fixed, 10 still not in sync, 0 changed, 0 accepted. "
            "In sync: 90 of 100 users; out of sync: 4; without photo: 3; could not be determined: 3.",
        ),
        (
            {"checks": 2, "counts": {"in-sync": 100}},
            "Nothing has changed since the first check. "
            "In sync: 100 of 100 users; out of sync: 0; without photo: 0; could not be determined: 0.",
        ),
        (
            {"checks": 2, "baseline": "then", "counts": {"in-sync": 100}},
            "Nothing has changed since then. Users in sync: 100.",
        ),
        (
            {"total": 120, "accepted": 2},
            "In sync: 90 of 120 users; out of sync: 4; without photo: 3; could not be determined: 3. "
            "Accepted as known: 2. Not checked: 20 of 120 users.",
        ),
    ],
)
def test_the_first_line(fields: dict[str, Any], expected: str):
    """It says what has changed since a baseline or the first check, or how all stand; then who was not checked."""
    assert expected == said(**fields)


def test_the_first_line_in_romanian():
    """Every part of the line is translated."""
    line = said("ro", baseline="atunci", changed=ChangeCounts(new=1, unclear=1), total=101)
    assert (
        "Față de atunci: probleme noi: 1, rezolvate: 0, nerezolvate: 0, schimbate: 0, acceptate: 0. "
        "Dintre cele noi și modificate, nu s-au putut stabili: 1. Utilizatori neverificați: 1 din 101."
    ) == line
