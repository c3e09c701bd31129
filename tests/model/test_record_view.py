"""A `RecordView` answers the questions that several stages ask about a record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from troubleshooter.model.enums import (
    Kind,
    MatchVerdict,
    Outcome,
    ScenarioKind,
    SessionKind,
    Source,
    StepStatus,
    Surface,
)
from troubleshooter.model.locators import FoundBy, LocatorMatch
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import (
    Comparison,
    OutcomeDetails,
    Previous,
    Properties,
    Record,
    ScenarioDetails,
    Sighting,
    Step,
)

NOW = datetime(2026, 11, 22, 10, 41, tzinfo=UTC)
ANA = "Ana@contoso.com"


def sighting(subject: str | None = "ana@contoso.com", session: SessionKind = SessionKind.PRIVATE) -> Sighting:
    return Sighting(
        surface=Surface.ACCOUNT_PANEL,
        step="home",
        subject=subject,
        identified_by="session",
        kind=Kind.PHOTO,
        source=Source.PEOPLE_SERVICE,
        seen_at=NOW,
        session=session,
    )


def compared(a: int | str, b: int | str, verdict: MatchVerdict = MatchVerdict.DIFFERENT) -> Comparison:
    return Comparison(a=a, b=b, verdict=verdict, score=0.4, limit=0.03)


def view(**fields) -> RecordView:
    usual = {"id": "run", "scenario": "s", "tenant": "Contoso", "subject": ANA, "account": "ana", "started": NOW}
    return RecordView(Record.model_validate({**usual, **fields}))


def test_the_subject_is_recognized_in_any_spelling():
    """The subject is recognized in any case, in sightings and as the signed-in account; an unknown person is not."""
    sightings = (sighting(), sighting("ANA@CONTOSO.COM"), sighting("radu@contoso.com"), sighting(None))
    assert [0, 1] == [i for i, _ in view(sightings=sightings).of_subject]
    signed_in = ["ana@Contoso.com", "radu@contoso.com", None]
    assert [True, False, False] == [view(signed_in_as=account).signed_in_as_subject for account in signed_in]


def test_sightings_are_grouped_by_their_session():
    """Sightings in the private session are separate from those in the copied browser profile; so are comparisons."""
    seen = view(sightings=(sighting(), sighting(session=SessionKind.PROFILE)))
    assert ([0], [1]) == ([i for i, _ in seen.in_private_session], [i for i, _ in seen.in_browser_profile])
    assert [False, True] == [seen.involves_profile(compared(i, "expected")) for i in (0, 1)]


@pytest.mark.parametrize(
    ("comparison", "reference", "index"),
    [
        (compared(1, 0), 0, 1),
        (compared(0, 1), 0, 1),
        (compared(1, "expected"), "expected", 1),
        (compared(2, 1), 0, None),
        (compared(1, 0), None, None),
    ],
)
def test_a_sighting_is_compared_with_the_reference_in_either_order(comparison, reference, index):
    """The comparison with the reference is found with its index; comparisons of two other pictures are not."""
    seen = view(sightings=(sighting(),) * 3, comparisons=(compared(2, 2), comparison), reference=reference)
    assert ([index] if index else []) == list(seen.different)
    assert (1, comparison) == seen.with_reference(index) if index else seen.with_reference(1) is None


def test_only_the_same_photo_matches_the_reference():
    """An undetermined comparison is neither a match nor a difference."""
    rows = [compared(i + 1, 0, verdict) for i, verdict in enumerate(MatchVerdict)]
    seen = view(sightings=(sighting(),) * 4, comparisons=rows, reference=0)
    assert [True, False, False] == [seen.matches_reference(i) is not None for i in (1, 2, 3)]
    assert [2] == list(seen.different)


def test_readings_are_those_that_sharepoint_answered():
    """The first and the last reading are the subject's own; an empty response is not a reading."""

    def reading(minute: int, values: dict[str, str | None], of: str = "ana@contoso.com") -> Properties:
        return Properties(of=of, read_at=NOW + timedelta(minutes=minute), url="x", status=200, values=values)

    first, last = reading(1, {"a": "1"}), reading(3, {"a": "2"})
    seen = view(properties=(reading(0, {}), first, reading(2, {"a": "3"}, of="radu@contoso.com"), last, reading(4, {})))
    assert (first, last) == (seen.first_reading, seen.last_reading)
    assert ["properties/1", "properties/3"] == [seen.ref_of(first), seen.ref_of(last)]
    assert (None, None) == (view().first_reading, view().last_reading)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("2026-11-22T10:41:00Z", NOW), ("2026-11-22T12:41:00+02:00", NOW), ("2026-11-22T10:41:00", None), (None, None)],
)
def test_when_the_photo_was_changed_is_a_time_with_its_zone(said, expected):
    """The time of the change is unknown unless it was given with its time zone."""
    assert expected == view(inputs={"changed_at": said}).changed_at


def test_the_times_of_a_run_are_the_tenants_where_they_are_known():
    """A run begins and ends by the tenant's clock if it is known, and by the computer's if not."""
    later, clock = NOW + timedelta(minutes=1), NOW + timedelta(days=1)
    assert (NOW, later) == (view(finished=later).began, view(finished=later).ended)
    assert (clock, clock) == (view(finished=later, clock=clock).began, view(finished=later, clock=clock).ended)
    assert NOW == view().ended


def test_a_photo_that_an_earlier_run_sent_counts_as_sent():
    """A photo that an earlier run sent counts as sent, but this run's own time takes precedence."""
    previous = Previous(run="a", first="a", finished=NOW, sent=NOW)
    later = NOW + timedelta(hours=1)
    assert [None, NOW, later] == [
        seen.sent for seen in (view(), view(previous=previous), view(previous=previous, sent=later))
    ]


def test_the_last_step_is_the_last_that_was_begun():
    """The last step is the last one that was not skipped."""
    steps = [
        Step(id=name, article_step=None, title=name, status=status)
        for name, status in (("a", StepStatus.PASSED), ("b", StepStatus.FAILED), ("c", StepStatus.SKIPPED))
    ]
    seen = view(steps=steps)
    assert ("b", ["b"]) == (seen.last_step.id if seen.last_step else None, [step.id for step in seen.failed_steps])
    assert view().last_step is None


def test_whether_an_action_achieved_its_purpose():
    """The scenario's details decide whether an outcome is a success; without them, the known outcomes decide."""
    own = OutcomeDetails(outcome="mine", reached=True, label="", headline="", action="")
    details = ScenarioDetails(kind=ScenarioKind.ACTS, heading="", outcomes=(own,))
    assert view(outcome="mine", scenario_details=details).reached
    assert own == view(outcome="mine", scenario_details=details).outcome_details
    assert [True, False, False, False] == [
        view(outcome=outcome).reached for outcome in (Outcome.COPIED, Outcome.PENDING, "mine", None)
    ]


def test_a_record_says_which_elements_were_found_by_repairs():
    """By the ids, and by the name of the file that was used, also where no option named it."""
    repaired = LocatorMatch(id="home.waffle", by=FoundBy.REPAIR, selector="#new", position=0)
    usual = LocatorMatch(id="sign-in.email", by=FoundBy.LOCATOR, selector="#i0116", position=0)
    said = view(locators=(repaired, usual), inputs={"locators": "/tenants/locators.toml"}).repairs_used
    assert said and "Found by selectors of locators.toml: home.waffle." == said.text
    assert view(locators=(usual,)).repairs_used is None
