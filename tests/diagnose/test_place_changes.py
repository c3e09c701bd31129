"""What became of each place between two runs."""

from __future__ import annotations

import pytest

from troubleshooter.diagnose.place_changes import place_changes
from troubleshooter.model.enums import Kind, MatchVerdict, Surface, Verdict
from troubleshooter.model.place_changes import Became
from troubleshooter.model.record_view import RecordView

from .records import BYLINE, CARD, HOME, OWN, PANEL, RADU, differs, record, same, undecided

RIGHT, WRONG, OPEN = same(CARD, PANEL), differs(CARD, PANEL), undecided(CARD, PANEL)
ALIKE, UNLIKE, UNSURE = MatchVerdict.SAME, MatchVerdict.DIFFERENT, MatchVerdict.UNDETERMINED


def run(card=RIGHT, kind=Kind.PHOTO, verdict=Verdict.OUT_OF_SYNC, without=None) -> RecordView:
    """Return a run in which every place is right, except the card, which is as given, and one that was not seen."""
    changes = {CARD: {"kind": kind}, without: {"subject": RADU}}
    sightings = tuple(s.model_copy(update=changes.get(n, {})) for n, s in enumerate(OWN))
    made = record(verdict=verdict)
    rows = [card if row.a == CARD else row for row in made.comparisons]
    return RecordView(made.model_copy(update={"sightings": sightings, "comparisons": tuple(filter(None, rows))}))


def card(was: RecordView, now: RecordView, pictures: MatchVerdict = ALIKE) -> Became:
    """Return what became of the card, with pictures that are the same, or as given."""
    changes = place_changes(was, now, lambda _a, _b: pictures)
    return next(c.became for c in changes if CARD in (c.before, c.after))


@pytest.mark.parametrize(
    ("was", "now", "pictures", "became"),
    [
        (RIGHT, RIGHT, ALIKE, Became.UNCHANGED),
        (RIGHT, RIGHT, UNSURE, Became.UNCHANGED),
        (RIGHT, RIGHT, UNLIKE, Became.CHANGED),
        (RIGHT, WRONG, UNLIKE, Became.NEW),
        (WRONG, RIGHT, UNLIKE, Became.FIXED),
        (WRONG, WRONG, ALIKE, Became.STILL),
        (WRONG, WRONG, UNSURE, Became.STILL),
        (WRONG, WRONG, UNLIKE, Became.CHANGED),
        (OPEN, OPEN, ALIKE, Became.UNCLEAR),
        (None, OPEN, UNSURE, Became.UNCLEAR),
        (OPEN, RIGHT, UNLIKE, Became.CHANGED),
        (OPEN, WRONG, UNLIKE, Became.CHANGED),
        (RIGHT, OPEN, UNSURE, Became.CHANGED),
    ],
)
def test_one_place(was, now, pictures, became):
    """What is not certain is neither new nor fixed, and never unchanged."""
    assert became == card(run(was), run(now), pictures)


def test_places_without_a_photo():
    """Initials are wrong, as is a silhouette in their place; a picture that does not load says nothing."""
    initials, silhouette = run(WRONG, Kind.INITIALS), run(WRONG, Kind.SILHOUETTE)
    broken = run(OPEN, Kind.BROKEN)
    assert Became.NEW == card(run(), initials, UNLIKE)
    assert Became.STILL == card(initials, initials)
    assert Became.CHANGED == card(initials, silhouette, UNSURE)
    assert Became.CHANGED == card(initials, broken, UNSURE)
    assert Became.UNCLEAR == card(broken, broken, UNSURE)


def test_the_order_and_what_only_one_has_seen():
    """Places that changed come first; each is compared once, with its own sightings."""
    asked = []

    def alike(before, after):
        asked.append((before.surface, after.surface))
        return ALIKE

    changes = place_changes(run(without=BYLINE), run(WRONG, without=HOME), alike)
    surfaces = [OWN[c.after if c.before is None else c.before].surface for c in changes]
    found = list(zip([c.became for c in changes], surfaces, strict=True))
    assert [
        (Became.NEW, Surface.PEOPLE_WEB_PART),
        (Became.ONLY_IN_B, Surface.PAGE_BYLINE),
        (Became.ONLY_IN_A, Surface.HOME_HEADER),
    ] == found[:3]
    assert {Became.UNCHANGED} == {became for became, _ in found[3:]}
    assert 8 == len(changes)
    assert all(a == b for a, b in asked)
    assert 6 == len(asked)


@pytest.mark.parametrize("order", [1, -1])
def test_a_run_that_was_not_conclusive(order):
    """Nothing is said of any place, although both have seen some."""
    both = (run(), run(WRONG, verdict=Verdict.INCONCLUSIVE))[::order]
    changes = place_changes(*both, lambda _a, _b: ALIKE)
    assert {Became.NOT_COMPARED} == {change.became for change in changes}
    assert 8 == len(changes)
