"""The outcomes of scenarios that act follow from their records, without a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from troubleshooter.diagnose import exit_code, with_outcome
from troubleshooter.diagnose.added_photo import judge_added_photo
from troubleshooter.diagnose.copied_photo import judge_copied_photo
from troubleshooter.model.enums import Kind, Outcome, Source, Surface, Verdict
from troubleshooter.model.records import Previous, Record

from .records import ANA, HELPDESK, OWN, PANEL, START, properties, record, seen, stale

COPY = (*OWN[:2], seen(Surface.USERPHOTO_L, source=Source.SHAREPOINT_COPY))
LARGE = 2
OLD, NEW = timedelta(hours=60), timedelta(minutes=1)


def after_visit(made: Record) -> Record:
    """Return `made` with the outcome of `resync-photo`."""
    return with_outcome(made, judge_copied_photo)


def after_adding(made: Record) -> Record:
    """Return `made` with the outcome of `add-photo`."""
    return with_outcome(made, judge_added_photo)


def visited(before: timedelta | None, after: timedelta | None, *, old: bool = True, **fields) -> Record:
    """Return a run of `resync-photo` in which SharePoint's copy had the ages `before` and `after`."""
    values = fields.pop("values", {})
    usual = {
        "scenario": "resync-photo",
        "verdict": Verdict.INCONCLUSIVE,
        "own_photo_requested": START,
        "clock": START,
        "properties": (properties(before, **values), properties(after, **values)),
    }
    return after_visit(record(COPY, PANEL, stale(LARGE) if old else None, **{**usual, **fields}))


CASES = {
    "copied": (visited(OLD, NEW, old=False), Outcome.COPIED),
    "copied for the first time": (visited(None, NEW, old=False), Outcome.COPIED),
    "renewed, but from an older photo": (visited(OLD, NEW), Outcome.PENDING),
    "already current": (visited(OLD, OLD, old=False), Outcome.ALREADY_CURRENT),
    "within 24 hours": (visited(timedelta(hours=6), timedelta(hours=6)), Outcome.NOT_ATTEMPTED),
    "not from the mailbox": (
        visited(OLD, OLD, values={"SPS_PictureExchangeSyncState": "0"}),
        Outcome.NOT_ATTEMPTED,
    ),
    "asked, and nothing yet": (visited(OLD, OLD), Outcome.PENDING),
    "asked a day ago as well": (
        visited(OLD, OLD, previous=Previous(run="a", first="a", finished=START, asked=START - timedelta(hours=25))),
        Outcome.NOT_TRIGGERED_BY_SERVICE,
    ),
    "asked an hour ago as well": (
        visited(OLD, OLD, previous=Previous(run="a", first="a", finished=START, asked=START - timedelta(hours=1))),
        Outcome.PENDING,
    ),
    "a colleague": (visited(OLD, NEW, signed_in_as=HELPDESK), Outcome.CANNOT_TRIGGER),
    "never asked": (visited(OLD, OLD, own_photo_requested=None), None),
    "interrupted": (visited(OLD, NEW, interrupted_by="SIGINT"), None),
}


@pytest.mark.parametrize(("made", "expected"), CASES.values(), ids=CASES)
def test_what_a_visit_did_is_measured(made: Record, expected: Outcome | None):
    """The outcome of a visit is measured by SharePoint's own times and pictures, never assumed."""
    assert expected == made.outcome
    assert bool(expected) == bool(made.outcome_why)
    if expected:
        assert (0 if expected in (Outcome.COPIED, Outcome.ALREADY_CURRENT) else 4) == exit_code(made)


def test_a_stored_copy_that_is_not_shown_is_of_an_older_generation():
    """If SharePoint shows the source's photo but stores a different thumbnail, a visit triggers no copy."""
    thumbnail = seen(Surface.STORED_THUMBNAIL, source=Source.SHAREPOINT_COPY)
    fields = {"scenario": "resync-photo", "own_photo_requested": START, "clock": START}
    made = record((*COPY, thumbnail), PANEL, stale(3), properties=(properties(OLD), properties(OLD)), **fields)
    assert Outcome.NOT_TRIGGERED_BY_SERVICE is after_visit(made).outcome
    assert (
        Outcome.ALREADY_CURRENT
        is after_visit(record((*COPY, thumbnail), PANEL, properties=made.properties, **fields)).outcome
    )


def test_when_to_check_again():
    """The next check is 24 hours after the last copy, or a day later for a pending photo; a finished one needs none."""
    assert START + timedelta(hours=18) == CASES["within 24 hours"][0].outcome_recheck_after
    assert START + timedelta(hours=24) == CASES["asked, and nothing yet"][0].outcome_recheck_after
    assert CASES["copied"][0].outcome_recheck_after is None
    added = after_adding(
        record((seen(Surface.ACCOUNT_PANEL),), "expected", scenario="add-photo", sent=START, clock=START)
    )
    assert START + timedelta(hours=24) == added.outcome_recheck_after  # the other surfaces take that long


def test_a_photo_is_added_only_where_it_is_seen():
    """A photo that was sent is added if the panel shows it and pending if not; without sending there is no outcome."""
    sight = (seen(Surface.ACCOUNT_PANEL),)
    shown = {"scenario": "add-photo", "sent": START}
    assert Outcome.PHOTO_ADDED is after_adding(record(sight, "expected", **shown)).outcome
    assert Outcome.PENDING is after_adding(record(sight, "expected", stale(0, reference="expected"), **shown)).outcome
    assert after_adding(record(sight, "expected", scenario="add-photo")).outcome is None
    initials = (seen(Surface.ACCOUNT_PANEL, kind=Kind.INITIALS),)
    assert (
        Outcome.PENDING is after_adding(record(initials, "expected", stale(0, reference="expected"), **shown)).outcome
    )


def test_a_scenario_that_compares_has_no_outcome():
    """A scenario that only compares has no outcome."""
    assert with_outcome(record(subject=ANA), None).outcome is None
