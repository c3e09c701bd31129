"""Whatever a run recorded, it is `in-sync` exactly if every condition holds: searched with generated runs."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from troubleshooter.diagnose import judged
from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    PAGE_CONTENT,
    SOURCE_SIDE,
    USERPHOTO,
    Kind,
    MatchVerdict,
    Reason,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.records import Record

from .records import (
    ANA,
    OTHERS,
    OWN,
    PAGE,
    RADU,
    STOP,
    compared,
    differs,
    instead,
    record,
    same,
    seen,
    step,
    undecided,
)
from .verdict_cases import FAILED, SKIPPED, TWO_PAGES, verdict_of


def _at_the_source(shown) -> bool:
    named = (
        Surface.ACCOUNT_PANEL,
        Surface.HOME_HEADER,
        Surface.PROFILE_CARD,
        Surface.OUTLOOK_PHOTO,
        Surface.GRAPH_PHOTO,
    )
    return shown.surface in named and shown.source in SOURCE_SIDE


def unproved(made: Record) -> list[str]:
    """Return the conditions for `in-sync` that `made` violates, written independently of the code under test."""
    found = []
    if made.stop or made.interrupted_by:
        found.append("the run went to its end")
    if any(one.status is not StepStatus.PASSED for one in made.steps):
        found.append("every step passed")
    mine = {i: s for i, s in enumerate(made.sightings) if s.subject == made.subject}
    reference = made.reference
    if isinstance(reference, int):
        shown = mine.get(reference)
        if shown is None or shown.kind is not Kind.PHOTO or not _at_the_source(shown):
            found.append("the reference is a photo of the subject at the source")
    elif reference is None:
        found.append("there is a reference")
    pages = made.inputs.get("pages", [])
    settled = {s.page for s in mine.values() if s.surface in PAGE_CONTENT and s.kind is Kind.PHOTO}
    if not pages or set(range(len(pages))) - settled:
        found.append("every page gave a settled sighting in its content")
    held = {frozenset((c.a, c.b)): c for c in made.comparisons}
    pairs = [(i, reference) for i in mine if i != reference and reference is not None]
    if reference == "expected":
        photos = [i for i in mine if mine[i].kind is Kind.PHOTO]
        pairs += [(a, b) for a in photos for b in photos if a < b]
    for pair in pairs:
        row = held.get(frozenset(pair))
        small = any(isinstance(i, int) and mine[i].surface is Surface.USERPHOTO_S for i in pair)
        excused = row and row.verdict is MatchVerdict.UNDETERMINED and row.code == "too-small" and small
        if not row or (row.verdict is not MatchVerdict.SAME and not excused):
            found.append(f"{pair} are the same")
    if any(s.kind in (Kind.LOADING, Kind.BROKEN) for s in mine.values()):
        found.append("every sighting settled")
    return found


PLACES = (
    *(Surface.HOME_HEADER, Surface.ACCOUNT_PANEL, Surface.SHAREPOINT_HEADER, Surface.PROFILE_CARD),
    *(Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE, *USERPHOTO),
)
SIGHTINGS = st.builds(
    seen,
    st.sampled_from(PLACES),
    subject=st.sampled_from([ANA, ANA, ANA, RADU, None]),
    kind=st.sampled_from([Kind.PHOTO] * 8 + list(Kind)),
)
ENDED = st.sampled_from(
    [step("s")] * 8 + [step("s", FAILED, Reason.PAGE_MISSING), step("s", FAILED, Reason.CRASHED), step("s", SKIPPED)]
)


def _open(draw, row):
    made = draw(st.sampled_from([same] * 12 + [undecided, lambda a, b: undecided(a, b, "retouched"), differs]))
    return row if row.verdict is not MatchVerdict.SAME else made(row.a, row.b)


@st.composite
def runs(draw, *, whole: bool) -> Record:
    """Generate a run that is close to a healthy one.

    Args:
        whole: whether everything was compared with a proper reference, as by the previous stage.
    """
    sightings = draw(st.sampled_from([OWN, OTHERS, OWN[1:4], OTHERS[1:3]]))
    sightings = (*sightings, *draw(st.lists(SIGHTINGS, max_size=2)))
    for index in draw(st.lists(st.sampled_from(range(len(sightings))), max_size=1)):
        sightings = instead(index, draw(SIGHTINGS), sightings)
    proper = [
        i
        for i, s in enumerate(sightings)
        if s.subject == ANA and _at_the_source(s) and s.kind not in (Kind.LOADING, Kind.BROKEN)
    ]
    references = proper or [None]
    if not whole:
        references = [*references, *references, *range(len(sightings)), None]
    reference = draw(st.sampled_from([*references, "expected"]))
    comparisons = [_open(draw, row) for row in compared(sightings, reference)]
    if not whole:
        kept = draw(st.sampled_from([len(comparisons)] * 3 + list(range(len(comparisons) + 1))))
        comparisons = comparisons[:kept]
    return record(
        sightings,
        reference,
        comparisons=tuple(comparisons),
        steps=tuple(draw(st.lists(ENDED, min_size=1, max_size=3))),
        inputs={"pages": draw(st.sampled_from([[PAGE]] * 6 + [[], TWO_PAGES["pages"]]))},
        interrupted_by=draw(st.sampled_from([None] * 12 + ["SIGINT"])),
        stop=draw(st.sampled_from([None] * 12 + [STOP])),
    )


SEARCH = settings(deadline=None, derandomize=True, max_examples=300)


@SEARCH
@given(runs(whole=True))
def test_a_compared_run_is_in_sync_when_every_clause_holds_and_only_then(made):
    """Any compared run is in sync exactly if it meets every condition."""
    verdict, reason = verdict_of(made)
    event(verdict.value)
    assert (verdict is Verdict.IN_SYNC) == (unproved(made) == [])
    assert verdict is Verdict.STOPPED or (verdict is Verdict.INCONCLUSIVE) == (reason in INCONCLUSIVE_REASONS)


@SEARCH
@given(runs(whole=False))
def test_a_record_in_sync_holds_every_clause(made):
    """Any record that is judged in sync meets every condition, even if comparisons may be missing."""
    if judged(made).verdict is Verdict.IN_SYNC:
        assert [] == unproved(made)
