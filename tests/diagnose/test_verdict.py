"""A run is `in-sync` only if its record proves every required condition; any gap refutes the claim."""

import pytest

from troubleshooter.diagnose import diagnosed, judged
from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    Kind,
    Reason,
    SessionKind,
    Source,
    Surface,
    Verdict,
)
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Response
from troubleshooter.model.reference import source_index

from .records import (
    CARD,
    HEADER,
    HOME,
    LARGE,
    MEDIUM,
    OTHERS,
    OWN,
    PAGE,
    PANEL,
    RADU,
    SMALL,
    STEPS,
    but,
    colleague,
    differs,
    record,
    seen,
    stale,
    step,
    undecided,
)
from .verdict_cases import FAILED, HEALTHY, OPEN, SKIPPED, ended, expecting, verdict_of


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_initials_in_place_of_a_picture_that_failed_say_nothing_of_the_source(status):
    """Initials after a failed request are neither a reference nor a cause; only a 404 says that there is no photo."""
    failed = {"kind": Kind.INITIALS, "response": Response(status=status)}
    broken = but(HOME, but(PANEL, **failed), **failed)
    assert source_index(RecordView(record(broken))) is None
    assert "C7" not in [d.cause for d in diagnosed(record(broken, None)).diagnoses]
    none = {**failed, "response": Response(status=404)}
    absent = but(HOME, but(PANEL, **none), **none)
    assert PANEL == source_index(RecordView(record(absent)))
    assert "C7" in [d.cause for d in diagnosed(record(absent, PANEL)).diagnoses]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_run_of_which_everything_holds_is_in_sync(name):
    """A run that proves every required condition is in sync, without a reason."""
    assert (Verdict.IN_SYNC, None) == verdict_of(HEALTHY[name])


@pytest.mark.parametrize("other", [PANEL, CARD, LARGE])
def test_the_smallest_picture_may_be_too_small_for_any_other(other):
    """With an expected photo, the smallest picture may be too small on either side of a pair without raising doubt."""
    assert (Verdict.IN_SYNC, None) == verdict_of(expecting(undecided(SMALL, other)))
    assert (Verdict.IN_SYNC, None) == verdict_of(expecting(undecided(other, SMALL)))


def test_the_order_of_a_pair_does_not_matter():
    """The reference may be either side of a comparison."""
    rows = {SMALL: undecided(PANEL, SMALL)}
    assert (Verdict.IN_SYNC, None) == verdict_of(record(rows=rows))
    assert (Verdict.OUT_OF_SYNC, None) == verdict_of(record(rows={CARD: differs(PANEL, CARD)}))


@pytest.mark.parametrize("name", OPEN)
def test_one_thing_that_is_not_proven_refutes_the_claim(name):
    """A healthy run with one thing broken is inconclusive for that reason."""
    made, reason = OPEN[name]
    assert (Verdict.INCONCLUSIVE, reason) == verdict_of(made)


@pytest.mark.parametrize("reason", sorted(INCONCLUSIVE_REASONS))
@pytest.mark.parametrize("status", [FAILED, SKIPPED])
@pytest.mark.parametrize("at", [0, 3])
def test_a_step_that_did_not_pass_refutes_the_claim(reason, status, at):
    """A run with a failed or skipped step is inconclusive for that step's reason."""
    assert (Verdict.INCONCLUSIVE, reason) == verdict_of(ended(status, reason, at))


@pytest.mark.parametrize("lost", [Reason.CRASHED, Reason.SIGNED_OUT])
def test_what_ended_the_run_is_its_reason(lost):
    """A crash or a lost session takes precedence over every other reason."""
    steps = (step("private"), step("a", FAILED, Reason.PAGE_MISSING), step("b", FAILED, lost), step("c", SKIPPED))
    assert (Verdict.INCONCLUSIVE, lost) == verdict_of(record(steps=steps))
    assert (Verdict.INCONCLUSIVE, lost) == verdict_of(record(steps=steps, reference=None))


@pytest.mark.parametrize(
    "made",
    [
        record(reference=LARGE),
        record(reference=CARD),
        colleague(reference=5),
        colleague(but(2, OTHERS, source=Source.SHAREPOINT_COPY)),
        record(but(PANEL, source=Source.SHAREPOINT_COPY)),
    ],
)
def test_a_sharepoint_copy_is_no_reference(made):
    """A record whose reference is SharePoint's own copy, or a card that shows it, proves nothing."""
    assert (Verdict.INCONCLUSIVE, Reason.NO_REFERENCE) == verdict_of(made)


@pytest.mark.parametrize("made", [record(reference=HEADER), record(but(CARD, source=Source.PEOPLE_SERVICE), CARD)])
def test_only_the_contracts_surfaces_are_a_reference(made):
    """SharePoint's header, or a page that shows the source's photo, is checked itself and cannot be the reference."""
    assert (Verdict.INCONCLUSIVE, Reason.NO_REFERENCE) == verdict_of(made)


@pytest.mark.parametrize(
    "changes", [{"subject": RADU}, {"subject": None}, {"kind": Kind.LOADING}, {"kind": Kind.BROKEN}]
)
def test_a_reference_that_shows_nothing_of_the_subject_is_none(changes):
    """A reference that is not a settled sighting of the subject makes the run inconclusive."""
    made = record().model_copy(update={"sightings": but(PANEL, **changes)})
    assert Verdict.INCONCLUSIVE is judged(made).verdict


@pytest.mark.parametrize("index", [HOME, CARD, SMALL, MEDIUM])
def test_a_sighting_that_was_not_compared_refutes_the_claim(index):
    """A run is inconclusive if any sighting of the subject was not compared with the reference."""
    made = record()
    kept = tuple(c for c in made.comparisons if index not in (c.a, c.b))
    assert Verdict.INCONCLUSIVE is judged(made.model_copy(update={"comparisons": kept})).verdict


def test_a_pair_that_was_not_compared_refutes_the_claim():
    """With an expected photo, a run is inconclusive if any pair of sightings was not compared."""
    made = expecting()
    kept = tuple(c for c in made.comparisons if (c.a, c.b) != (CARD, MEDIUM))
    assert len(made.comparisons) - 1 == len(kept)
    assert Verdict.INCONCLUSIVE is judged(made.model_copy(update={"comparisons": kept})).verdict


BESIDE = seen(Surface.PEOPLE_WEB_PART, session=SessionKind.PROFILE)
LAST = len(OWN)


def test_a_browser_profile_that_agrees_changes_nothing():
    """Sightings in the copied browser profile that do not certainly differ leave a run in sync."""
    for kind in (Kind.PHOTO, Kind.LOADING, Kind.BROKEN, Kind.INITIALS):
        made = record((*OWN, BESIDE.model_copy(update={"kind": kind})))
        rows = tuple(c for c in made.comparisons if c.a != LAST)
        assert Verdict.IN_SYNC is judged(made.model_copy(update={"comparisons": rows})).verdict
    unsure = record((*OWN, BESIDE), rows={LAST: undecided(LAST, PANEL)})
    assert Verdict.IN_SYNC is judged(unsure).verdict


def test_a_browser_profile_that_certainly_shows_another_photo_is_out_of_sync():
    """A certain difference in the browser profile makes a run out of sync."""
    assert Verdict.OUT_OF_SYNC is judged(record((*OWN, BESIDE), rows=stale(LAST))).verdict


def test_a_browser_profile_replaces_nothing():
    """A page or requested surface that only the browser profile's session saw counts as unseen."""
    gone = tuple(s for s in OWN if s.page is None)
    assert (Verdict.INCONCLUSIVE, Reason.TOO_FEW_SIGHTINGS) == verdict_of(record((*gone, BESIDE)))
    teams = seen(Surface.TEAMS_HEADER, session=SessionKind.PROFILE)
    asked = record((*OWN, teams), inputs={"pages": [PAGE], "surfaces": ["teams-header"]})
    assert (Verdict.INCONCLUSIVE, Reason.NOT_REACHED) == verdict_of(asked)


def test_a_step_that_the_verdict_does_not_depend_on_leaves_no_doubt():
    """If nobody is signed in to the profile, or one of its pages fails, the verdict follows the private session."""
    for status, reason in ((SKIPPED, Reason.SIGNED_OUT), (FAILED, Reason.PAGE_CHANGED)):
        beside = step("browser-profile", status, reason).model_copy(update={"beside": True})
        assert Verdict.IN_SYNC is judged(record(steps=(*STEPS, beside))).verdict
        assert Verdict.INCONCLUSIVE is judged(record(steps=(*STEPS, step("other", status, reason)))).verdict
    crashed = step("browser-profile", FAILED, Reason.CRASHED).model_copy(update={"beside": True})
    assert (Verdict.INCONCLUSIVE, Reason.CRASHED) == verdict_of(record(steps=(*STEPS, crashed)))


@pytest.mark.parametrize("made", [record(), record(rows=stale(CARD))], ids=["in sync", "out of sync"])
def test_the_case_of_an_address_does_not_matter(made):
    """The letter case of the subject's account changes neither the verdict nor the causes."""
    shouted = made.model_copy(update={"subject": made.subject.upper()})
    assert verdict_of(made) == verdict_of(shouted)
    causes = [[d.cause for d in diagnosed(judged(spelling)).diagnoses] for spelling in (made, shouted)]
    assert causes[0] == causes[1]


COPIES_ONLY = OTHERS[3:]
NOT_ON_PAGE = ended(FAILED, Reason.SUBJECT_NOT_ON_PAGE).steps


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (colleague(COPIES_ONLY, reference=None, steps=NOT_ON_PAGE), Reason.SUBJECT_NOT_ON_PAGE),
        (colleague((OTHERS[1], *COPIES_ONLY), reference=None, steps=NOT_ON_PAGE), Reason.NO_REFERENCE),
        (colleague(COPIES_ONLY, reference=None), Reason.NO_REFERENCE),
        (record(COPIES_ONLY, None, steps=NOT_ON_PAGE), Reason.NO_REFERENCE),
    ],
    ids=["nowhere", "on another page", "no step says so", "own session"],
)
def test_a_page_without_the_subject_is_named_before_the_missing_reference(made, reason):
    """In a colleague's session the source's photo is on the subject's card, so a page without the subject has none."""
    assert (Verdict.INCONCLUSIVE, reason) == verdict_of(made)
