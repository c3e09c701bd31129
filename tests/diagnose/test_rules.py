"""Each cause is recognized by its distinguishing evidence and ranked; a run in sync has none."""

from datetime import timedelta

import pytest

from troubleshooter.diagnose import diagnosed, judged
from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.model.enums import Confidence, Kind, Reason, Source, Surface, Verdict
from troubleshooter.model.records import Diagnosis, Record, Response

from .cases import CASES as MORE
from .records import (
    ANA,
    BYLINE,
    CARD,
    HELPDESK,
    HOME,
    LARGE,
    MEDIUM,
    OTHERS,
    OWN,
    PANEL,
    SMALL,
    START,
    STOP,
    but,
    colleague,
    properties,
    record,
    seen,
    stale,
)
from .rule_cases import (
    CASES,
    COPIES,
    DAY,
    HIGH,
    LOW,
    MEDIUM_,
    NEVER,
    SECOND,
    THUMBNAIL,
    UNREADABLE,
    blank,
    old,
    refused,
    shows,
)


def causes_of(made: Record) -> list[tuple[str, Confidence]]:
    return [(d.cause, d.confidence) for d in diagnosed(judged(made)).diagnoses]


def first(made: Record, cause: str) -> Diagnosis:
    return next(d for d in diagnosed(judged(made)).diagnoses if d.cause == cause)


@pytest.mark.parametrize("name", CASES)
def test_causes_are_recognized_by_their_evidence(name):
    """Each cause needs its distinguishing evidence; unreadable properties lower the confidence."""
    made, expected = CASES[name]
    assert expected == causes_of(made)


def test_every_cause_has_a_case():
    """Each row of the cause table is diagnosed in at least one case."""
    diagnosed_causes = {cause for _, expected in CASES.values() for cause, _ in expected}
    assert set(CAUSES) == diagnosed_causes | {cause for _, expected in MORE.values() for cause in expected}


@pytest.mark.parametrize("name", CASES)
def test_evidence_is_found_in_the_record(name):
    """Each diagnosis has evidence with a text and a reference to an existing part of the record."""
    found = diagnosed(judged(CASES[name][0]))
    places = {"sightings": found.sightings, "comparisons": found.comparisons, "properties": found.properties}
    for diagnosis in found.diagnoses:
        assert diagnosis.evidence
        for part in diagnosis.evidence:
            kind, _, number = (part.ref or "").partition("/")
            assert int(number) < len(places[kind]), part
            assert part.text == part.template.format(**part.args)


@pytest.mark.parametrize("name", CASES)
def test_evidence_is_about_the_subject(name):
    """No evidence refers to a colleague's picture."""
    found = diagnosed(judged(CASES[name][0]))
    for part in (part for d in found.diagnoses for part in d.evidence):
        kind, _, number = (part.ref or "").partition("/")
        if kind == "sightings":
            assert ANA == found.sightings[int(number)].subject


@pytest.mark.parametrize("name", CASES)
def test_a_diagnosis_says_what_the_table_says(name):
    """Title, remedy, who and wait come from the cause table; the time of the next check counts from the run."""
    for diagnosis in diagnosed(judged(CASES[name][0])).diagnoses:
        row = CAUSES[diagnosis.cause]
        expected = (row.title.text, row.remedy.text, row.who.text, row.wait.text)
        assert expected == (diagnosis.title, diagnosis.remedy, diagnosis.who, diagnosis.wait)
        assert (START + row.recheck if row.recheck else None) == diagnosis.recheck_after


@pytest.mark.parametrize(
    ("cause", "made", "wait"),
    [
        ("C1", old(properties()), DAY),
        ("C2", blank(NEVER), DAY),
        ("C5", old(properties(SPS_PictureExchangeSyncState="0")), DAY),
        ("C6", blank(properties(SPS_PicturePlaceholderState="1")), DAY),
        ("C7", record(shows(Kind.INITIALS, *range(8))), DAY),
        ("C14", refused(MEDIUM, LARGE), timedelta(hours=4)),
        ("C3", old(properties(DAY)), None),
    ],
)
def test_when_to_check_again(cause, made, wait):
    """The next check is a day later for a copy, hours later for a failed delivery, and never if waiting cannot help."""
    assert (START + wait if wait else None) == first(made, cause).recheck_after


def test_the_tenants_clock_counts():
    """If the tenant's time differs from the computer's, ages and times to check again follow the tenant's."""
    moved = old(properties(DAY - SECOND), clock=START + SECOND)
    assert [("C1", MEDIUM_), ("C3", LOW), ("C4", LOW)] == causes_of(moved)
    assert START + SECOND + DAY == first(moved, "C1").recheck_after
    assert [("C1", HIGH)] == causes_of(old(properties(DAY), clock=START - SECOND))


def test_the_age_of_the_copy_is_reported():
    """The evidence says when SharePoint copied the photo and how many hours before the run."""
    part = first(old(properties(timedelta(hours=3))), "C1").evidence[0]
    assert {"time": "2026-11-22T07:41:00.000Z", "hours": "3"} == part.args
    assert "properties/0" == part.ref


def test_the_reading_that_gave_something_is_the_evidence():
    """A failed reading is skipped, and the evidence refers to the successful one."""
    assert "properties/1" == first(old(UNREADABLE, properties()), "C1").evidence[0].ref


@pytest.mark.parametrize("name", CASES)
def test_a_run_in_sync_or_stopped_has_no_diagnosis(name):
    """A run in sync or stopped has no diagnosis, whatever the evidence."""
    made = CASES[name][0]
    for verdict, reason in ((Verdict.IN_SYNC, None), (Verdict.STOPPED, Reason.WRONG_PASSWORD)):
        assert () == diagnosed(made.model_copy(update={"verdict": verdict, "reason": reason})).diagnoses


@pytest.mark.parametrize(
    "read", [(), (UNREADABLE,), (NEVER,), (properties(SPS_PicturePlaceholderState="1"),), (properties(90 * DAY),)]
)
def test_odd_properties_alone_are_no_cause(read):
    """As long as every sighting agrees, unusual properties do not matter."""
    made = judged(record(properties=read))
    assert (Verdict.IN_SYNC, ()) == (made.verdict, diagnosed(made).diagnoses)


def test_a_stopped_run_has_no_cause():
    """A run that could not sign in saw nothing to diagnose, so it has no cause."""
    made = old(properties(), stop=STOP, verdict=Verdict.STOPPED, reason=Reason.WRONG_PASSWORD)
    assert () == diagnosed(judged(made)).diagnoses


@pytest.mark.parametrize("name", CASES)
def test_the_best_comes_first(name):
    """Diagnoses are ranked by confidence, and each cause appears once."""
    order = [HIGH, MEDIUM_, LOW]
    found = causes_of(CASES[name][0])
    assert sorted(found, key=lambda row: order.index(row[1])) == found
    assert len(found) == len({cause for cause, _ in found})


def test_two_causes_are_both_diagnosed():
    """A failed delivery does not hide a stale copy."""
    answer = Response(status=403)
    made = record(but(LARGE, kind=Kind.BROKEN, response=answer), rows=stale(CARD, BYLINE, SMALL, MEDIUM))
    assert [("C1", HIGH), ("C14", MEDIUM_)] == causes_of(made)


def test_what_differs_is_the_evidence():
    """The evidence lists at most three differing comparisons, followed by the source."""
    parts = first(old(properties()), "C1").evidence
    assert ["properties/0", "comparisons/2", "comparisons/3", "comparisons/4"] == [part.ref for part in parts[:4]]
    assert {"place": "people-web-part", "what": "differs: other-photo"} == parts[1].args
    assert 5 == len(parts)


def test_what_shows_no_photo_is_the_evidence():
    """The evidence lists placeholders with their place and kind."""
    parts = first(blank(NEVER), "C2").evidence
    assert {"place": "people-web-part", "kind": "silhouette"} == parts[1].args
    assert f"sightings/{CARD}" == parts[1].ref


def source_refs(made: Record, cause: str) -> list[str | None]:
    parts = first(made, cause).evidence
    return [part.ref for part in parts if part.template == "{place} shows the photo from the source"]


def test_the_source_in_the_evidence_is_the_reference():
    """The source in a diagnosis's evidence is the reference that the other sightings were compared with."""
    assert [f"sightings/{PANEL}"] == source_refs(old(properties()), "C1")
    drawn_by_graph = but(1, OTHERS, source=Source.PEOPLE_SERVICE)
    assert ["sightings/2"] == source_refs(colleague(drawn_by_graph, rows=stale(3, 4, 5, reference=2)), "C1")


def test_initials_beside_a_reference_that_is_a_photo_are_no_missing_source():
    """A header that shows initials differs from the source; the source still has its photo."""
    assert "C7" not in [cause for cause, _ in causes_of(record(shows(Kind.INITIALS, HOME)))]
    drawn_by_graph = but(1, OTHERS, source=Source.PEOPLE_SERVICE, kind=Kind.INITIALS)
    assert "C7" not in [cause for cause, _ in causes_of(colleague(drawn_by_graph))]


def test_a_colleagues_own_header_is_not_the_subjects_source():
    """In a colleague's session the header shows the colleague, and says nothing about the subject."""
    made = colleague(but(0, OTHERS, kind=Kind.INITIALS), rows=stale(1, 3, reference=2))
    assert HELPDESK == made.sightings[0].subject
    assert [("C1", HIGH)] == causes_of(made)


def test_a_hidden_photo_needs_a_photo_at_the_source():
    """A set placeholder flag is not a cause if the source has no photo, because then it is correct."""
    made = record(shows(Kind.INITIALS, *range(8)), properties=(properties(SPS_PicturePlaceholderState="1"),))
    assert [("C7", HIGH)] == causes_of(made)


def findings(made: Record) -> list[tuple[str, str | None]]:
    return [(f.id, f.ref) for f in diagnosed(judged(made)).findings]


def test_a_source_that_is_not_the_expected_photo_is_reported():
    """With an expected photo, a source with a different photo is a finding; one that agrees is not."""
    made = record(reference="expected", rows=stale(*range(8), reference="expected"))
    assert ("source-differs-from-expected", "sightings/") == (findings(made)[0][0], findings(made)[0][1][:10])
    assert [] == findings(record(reference="expected"))
    assert [] == findings(record(reference="expected", rows=stale(*COPIES, reference="expected")))


@pytest.mark.parametrize(
    ("natural", "rendered", "blurry"),
    [
        ((96, 96), (97, 97), True),
        ((97, 97), (120, 120), False),
        ((96, 96), (96, 96), False),
        ((48, 48), (72, 72), True),
        ((648, 96), (120, 120), True),
        ((48, 48), None, False),
        (None, (72, 72), False),
    ],
)
def test_a_blurry_source_is_reported(natural, rendered, blurry):
    """An enlarged source of at most 96 px per side is reported as blurry, even if everything is in sync."""
    sightings = OWN
    for index in (HOME, PANEL):
        sightings = but(index, sightings, natural_px=natural, rendered_px=rendered)
    assert [] == findings(record(sightings))  # SharePoint has a larger picture, so the source is not small
    sightings = tuple(s.model_copy(update={"natural_px": natural}) for s in sightings)
    assert (["blurry-source"] if blurry else []) == [id_ for id_, _ in findings(record(sightings))]


def test_initials_are_not_blurry():
    """Initials are not reported as blurry, because text rendered by the page has no resolution."""
    sightings = tuple(s.model_copy(update={"rendered_px": (200, 200)}) for s in shows(Kind.INITIALS, *range(8)))
    assert [] == findings(record(sightings))


@pytest.mark.parametrize("name", CASES)
def test_diagnosing_is_pure(name):
    """Diagnosing a stored record again gives the same diagnoses and changes nothing else."""
    made = judged(CASES[name][0])
    found = diagnosed(made)
    assert found == diagnosed(Record.model_validate_json(found.model_dump_json(by_alias=True)))
    assert made == found.model_copy(update={"diagnoses": (), "findings": ()})


def test_causes_are_the_known_ones():
    """Cause ids are C1 to C29, and only causes that waiting cannot fix have no time to check again."""
    assert [] == [cause for cause in CAUSES if not (cause[0] == "C" and 1 <= int(cause[1:]) <= 29)]
    assert ["C3", "C18", "C19", "C20", "C22", "C26", "C27", "C28"] == [
        cause for cause, row in CAUSES.items() if row.recheck is None
    ]


@pytest.mark.parametrize("surface", [Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE, Surface.PAGE_COMMENT])
def test_a_picture_on_a_page_without_an_address_counts_as_sharepoints(surface):
    """A picture on a page from an unknown store counts as SharePoint's copy."""
    odd = seen(surface, source=Source.UNKNOWN)
    copies = (SMALL, MEDIUM, LARGE)
    assert [("C1", HIGH)] == causes_of(record((*OWN, odd), rows=stale(CARD, *copies, len(OWN))))
    assert causes_of(record((*OWN, odd), rows=stale(len(OWN))))[0][0] in ("C13", "C15")


def test_what_no_user_can_see_is_never_the_first_diagnosis():
    """A card that a user sees broken comes before a stored picture that only its address shows, however certain."""
    cards = shows(Kind.BROKEN, CARD, url=THUMBNAIL, response=Response(status=401))
    made = diagnosed(judged(record(cards, rows=stale(SMALL, MEDIUM, LARGE), properties=(properties(),))))
    assert ["C18", "C1"] == [d.cause for d in made.diagnoses]
    assert [MEDIUM_, HIGH] == [d.confidence for d in made.diagnoses]
    alone = diagnosed(judged(record(rows=stale(SMALL, MEDIUM, LARGE), properties=(properties(),))))
    assert "C1" == alone.diagnoses[0].cause
