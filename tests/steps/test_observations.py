"""The entries of earlier steps, as later steps read them."""

from __future__ import annotations

from support.fakes import ANA, MOMENT, sighting

from troubleshooter.identity.match import Subject
from troubleshooter.model.enums import Kind
from troubleshooter.model.message import message
from troubleshooter.model.records import FoundPage, Properties
from troubleshooter.steps.observations import Observations
from troubleshooter.steps.recorder import SignedInAs, StepRecorder, SubjectKnownAs, Superseded

PAGE = "https://contoso.sharepoint.com/sites/hr/SitePages/Team.aspx"
THUMBNAIL = "https://contoso-my.sharepoint.com/User%20Photos/Profile%20Pictures/ana_MThumb.jpg"


def recorded(*entries: object) -> StepRecorder:
    """Return a recorder of a step with `entries`."""
    recorder = StepRecorder("step")
    recorder.add(*entries)
    return recorder


def properties(moment: str) -> Properties:
    """Return properties whose reading is labeled `moment`."""
    return Properties(of=ANA, read_at=MOMENT, url="", status=200, moment=moment)


def test_entries_come_in_the_order_of_the_steps():
    """Entries are in the order of the steps, including a step that is still being performed."""
    present = StepRecorder("present")
    seen = Observations(ANA, (), [recorded(sighting(Kind.INITIALS)), present])
    present.add(sighting(Kind.PHOTO))
    assert [Kind.INITIALS, Kind.PHOTO] == [s.kind for s in seen.sightings]


def test_a_superseded_sighting_does_not_count():
    """A superseded sighting does not count, but an equal sighting elsewhere does."""
    filler, equal = sighting(Kind.INITIALS), sighting(Kind.INITIALS)
    seen = Observations(ANA, (), [recorded(filler, equal), recorded(sighting(Kind.PHOTO), Superseded(filler))])
    assert [Kind.INITIALS, Kind.PHOTO] == [s.kind for s in seen.sightings]
    assert equal is seen.sightings[0]


def test_a_sites_own_copy_is_apart():
    """The properties of a site's own copy are separate from those of SharePoint's copy."""
    seen = Observations(ANA, (), [recorded(properties("before"), properties("site"), properties("after"))])
    assert ["before", "after"] == [p.moment for p in seen.properties]
    assert ["site"] == [p.moment for p in seen.site_properties]


def test_pages_that_were_found_stand_for_those_that_were_not_given():
    """Pages that were found are visited if none were given."""
    assert (PAGE,) == Observations(ANA, (PAGE,), []).pages
    assert (PAGE,) == Observations(ANA, (), [recorded(FoundPage(url=PAGE, how=message("Found")))]).pages


def test_the_subject_is_known_by_all_that_was_learned():
    """The subject's learned addresses, names and pictures add up; if nothing was learned, only the UPN is known."""
    first = SubjectKnownAs(frozenset({"ana@contoso.com"}), "Ana Popescu", None)
    second = SubjectKnownAs(picture=THUMBNAIL)
    known = Observations(ANA, (), [recorded(first), recorded(second)]).who
    expected = frozenset({"/user photos/profile pictures/ana"})
    assert Subject(ANA, frozenset({"ana@contoso.com"}), frozenset({"Ana Popescu"}), expected) == known
    assert Subject(ANA) == Observations(ANA, (), [recorded(SubjectKnownAs())]).who


def test_the_last_word_counts():
    """The account that was recorded last is the one that is signed in."""
    assert ANA == Observations(ANA, (), [recorded(SignedInAs(None)), recorded(SignedInAs(ANA))]).signed_in_as
    assert Observations(ANA, (), []).signed_in_as is None


def test_what_is_seen_beside_the_run_stays_out_of_it():
    """A recorder beside the run reads what the run recorded, but the run does not read what it recorded."""
    own = recorded(sighting(Kind.PHOTO))
    run = Observations(ANA, (), [recorded(SignedInAs(ANA))])
    assert (ANA, 1) == (run.beside(own).signed_in_as, len(run.beside(own).sightings))
    assert () == run.sightings
