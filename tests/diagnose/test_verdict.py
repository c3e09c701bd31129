"""A run is `in-sync` only if its record proves every required condition; any gap refutes the claim."""

from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from troubleshooter.diagnose import diagnosed, exit_code, judged
from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    PAGE_CONTENT,
    SOURCE_SIDE,
    STOPPED_REASONS,
    USERPHOTO,
    Kind,
    MatchVerdict,
    Reason,
    SessionKind,
    Source,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import message
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Mixup, Record, Response, Unseen
from troubleshooter.model.reference import source_index

from .records import (
    ANA,
    BYLINE,
    CARD,
    COLLEAGUE,
    HEADER,
    HOME,
    LARGE,
    MEDIUM,
    OTHERS,
    OWN,
    PAGE,
    PANEL,
    RADU,
    SECOND,
    SMALL,
    STEPS,
    STOP,
    but,
    colleague,
    compared,
    differs,
    instead,
    record,
    same,
    seen,
    stale,
    step,
    undecided,
)

FAILED, SKIPPED = StepStatus.FAILED, StepStatus.SKIPPED
TWO_PAGES = {"pages": [PAGE, SECOND]}
SECOND_CARD = seen(Surface.PEOPLE_WEB_PART, page=1)
KEPT_OUT = {
    "kind": Kind.BROKEN,
    "url": "https://contoso-my.sharepoint.com/x_MThumb.jpg",
    "page_url": "https://contoso.sharepoint.com.mcas.ms/x",
    "response": Response(status=401),
}
"""What a sighting is like whose picture session control refused."""


def verdict_of(made: Record) -> tuple[Verdict, Reason | None]:
    found = judged(made)
    return found.verdict, found.reason


def without(*gone: int):
    return tuple(s for index, s in enumerate(OWN) if index not in gone)


def expecting(*rows, sightings=OWN, **fields) -> Record:
    """Return a run with `--expect` in which the comparisons `rows` replace the usual ones."""
    instead = {frozenset((row.a, row.b)): row for row in rows}
    made = record(sightings, "expected", **fields)
    comparisons = tuple(instead.get(frozenset((c.a, c.b)), c) for c in made.comparisons)
    return made.model_copy(update={"comparisons": comparisons})


def ended(status: StepStatus, reason: Reason | None, at: int = 3) -> Record:
    return record(steps=(*STEPS[:at], step("page-1", status, reason), *STEPS[at + 1 :]))


HEALTHY = {
    "own session": record(),
    "a colleague's session": colleague(),
    "with an expected photo": expecting(),
    "two pages": record((*OWN, SECOND_CARD), inputs=TWO_PAGES),
    "a byline is content": record(without(CARD)),
    "a people card is content": record(without(BYLINE)),
    "a comment is content": record((*without(CARD, BYLINE), seen(Surface.PAGE_COMMENT))),
    "no picture service answered": record(without(SMALL, MEDIUM, LARGE)),
    "the smallest picture is too small": record(rows={SMALL: undecided(SMALL, PANEL)}),
    "the smallest picture is too small for the expected photo": expecting(undecided(SMALL, "expected")),
    "a colleague's picture is broken": record(but(COLLEAGUE, kind=Kind.BROKEN)),
    "a colleague has no photo": record(but(COLLEAGUE, kind=Kind.INITIALS)),
    "somebody's picture is loading": record(but(COLLEAGUE, subject=None, kind=Kind.LOADING)),
    "reference is the home header": record(without(PANEL), HOME),
    "reference is the mailbox": colleague(instead(2, seen(Surface.OUTLOOK_PHOTO), OTHERS)),
    "no properties": record(properties=()),
    "a namesake on the page": record(mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PAGE_BYLINE, how="name"),)),
    "a surface that was asked for": record(
        (*OWN, seen(Surface.LIST_AUTHOR)), inputs={"pages": [PAGE], "surfaces": ["default", "list-author"]}
    ),
}
"""Runs that meet every condition: the healthy controls for the faults below."""


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


def held(reason: Reason, sightings) -> Record:
    """Return a healthy run in which SharePoint did not serve its largest picture."""
    why = message("SharePoint did not give it.")
    return record(sightings, unseen=(Unseen(surface=Surface.USERPHOTO_L, reason=reason, why=why),))


OPEN = {
    "no reference": (record(reference=None), Reason.NO_REFERENCE),
    "no reference, but differences": (
        record(reference=None, comparisons=(differs(CARD, PANEL),)),
        Reason.NO_REFERENCE,
    ),
    "nothing seen": (record((), None), Reason.NO_REFERENCE),
    "nothing on the page": (record(without(CARD, BYLINE)), Reason.TOO_FEW_SIGHTINGS),
    "only a header on the page": (
        record((*without(CARD, BYLINE), seen(Surface.SHAREPOINT_HEADER, page=0))),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "only a card above the page": (
        record((*without(CARD, BYLINE), seen(Surface.PROFILE_CARD, page=0))),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "only a colleague on the page": (
        record(but(CARD, but(BYLINE, subject=RADU), subject=RADU)),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "only somebody on the page": (
        record(but(CARD, but(BYLINE, subject=None), subject=None)),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "only the first of two pages": (record(inputs=TWO_PAGES), Reason.TOO_FEW_SIGHTINGS),
    "only the second of two pages": (
        record((*without(CARD, BYLINE), SECOND_CARD), inputs=TWO_PAGES),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "a header on the second page": (
        record((*OWN, seen(Surface.SHAREPOINT_HEADER, page=1)), inputs=TWO_PAGES),
        Reason.TOO_FEW_SIGHTINGS,
    ),
    "content of no page": (record(but(CARD, but(BYLINE, page=None), page=None)), Reason.TOO_FEW_SIGHTINGS),
    "no page asked for": (record(inputs={"pages": []}), Reason.TOO_FEW_SIGHTINGS),
    "no inputs": (record(inputs={}), Reason.TOO_FEW_SIGHTINGS),
    "loading on the page": (record(but(CARD, kind=Kind.LOADING)), Reason.IMAGES_NOT_SETTLED),
    "broken on the page": (record(but(CARD, kind=Kind.BROKEN)), Reason.IMAGES_NOT_SETTLED),
    "loading at home": (record(but(HOME, kind=Kind.LOADING)), Reason.IMAGES_NOT_SETTLED),
    "broken picture service": (record(but(MEDIUM, kind=Kind.BROKEN)), Reason.IMAGES_NOT_SETTLED),
    "broken smallest picture": (record(but(SMALL, kind=Kind.BROKEN)), Reason.IMAGES_NOT_SETTLED),
    "kept from the page by session control": (record(but(CARD, **KEPT_OUT)), Reason.PICTURES_REFUSED),
    "one kept out, another loading": (
        record(but(HOME, but(CARD, **KEPT_OUT), kind=Kind.LOADING)),
        Reason.IMAGES_NOT_SETTLED,
    ),
    "people card too small": (record(rows={CARD: undecided(CARD, PANEL)}), Reason.TOO_SMALL),
    "people card too small, reference first": (record(rows={CARD: undecided(PANEL, CARD)}), Reason.TOO_SMALL),
    "byline too small": (record(rows={BYLINE: undecided(BYLINE, PANEL)}), Reason.TOO_SMALL),
    "medium picture too small": (record(rows={MEDIUM: undecided(MEDIUM, PANEL)}), Reason.TOO_SMALL),
    "large picture too small": (record(rows={LARGE: undecided(LARGE, PANEL)}), Reason.TOO_SMALL),
    "people card undecided": (record(rows={CARD: undecided(CARD, PANEL, "retouched")}), Reason.UNDETERMINED),
    "header undecided": (record(rows={HEADER: undecided(HEADER, PANEL, "unreadable")}), Reason.UNDETERMINED),
    "smallest picture undecided": (record(rows={SMALL: undecided(SMALL, PANEL, "retouched")}), Reason.UNDETERMINED),
    "smallest picture unreadable": (record(rows={SMALL: undecided(SMALL, PANEL, "unreadable")}), Reason.UNDETERMINED),
    "smallest picture no photo": (record(rows={SMALL: undecided(SMALL, PANEL, "not-a-photo")}), Reason.UNDETERMINED),
    "SharePoint holds one size of its copy back": (held(Reason.THROTTLED, without(LARGE)), Reason.THROTTLED),
    "SharePoint gives no size of its copy": (
        held(Reason.NOT_REACHED, without(SMALL, MEDIUM, LARGE)),
        Reason.NOT_REACHED,
    ),
    "somebody else's picture stands over the user's name": (
        record(mixups=(Mixup(page=0, page_url=PAGE, surface=Surface.PAGE_BYLINE, how="other-name"),)),
        Reason.SUBJECT_NOT_IDENTIFIED,
    ),
    "a surface that was asked for was seen in part": (
        record(
            (*OWN, seen(Surface.LIST_AUTHOR)),
            inputs={"pages": [PAGE], "surfaces": ["default", "list-author"]},
            unseen=(Unseen(surface=Surface.LIST_AUTHOR, reason=Reason.NOT_REACHED, why=message("No answer in time.")),),
        ),
        Reason.NOT_REACHED,
    ),
    "one pair undecided": (expecting(undecided(CARD, BYLINE, "retouched")), Reason.UNDETERMINED),
    "one pair too small": (expecting(undecided(CARD, BYLINE)), Reason.TOO_SMALL),
    "a failed step without a reason": (ended(FAILED, None), Reason.TOO_FEW_SIGHTINGS),
    "a skipped step": (ended(SKIPPED, None), Reason.TOO_FEW_SIGHTINGS),
    "a step skipped at the start": (ended(SKIPPED, None, at=0), Reason.TOO_FEW_SIGHTINGS),
    "interrupted by a person": (record(interrupted_by="SIGINT"), Reason.INTERRUPTED),
    "interrupted by the system": (record(interrupted_by="SIGTERM"), Reason.INTERRUPTED),
    "ended by its time limit": (record(interrupted_by="time-limit"), Reason.TIME_LIMIT),
}
"""Healthy runs with one thing broken, and the reason why each is inconclusive."""


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


OFF = {
    "smallest picture": record(rows=stale(SMALL)),
    "medium picture": record(rows=stale(MEDIUM)),
    "large picture": record(rows=stale(LARGE)),
    "people card": record(rows=stale(CARD)),
    "byline": record(rows=stale(BYLINE)),
    "header": record(rows=stale(HEADER)),
    "home": record(rows=stale(HOME)),
    "re-cropped": record(rows=stale(CARD, code="recropped")),
    "initials on the page": record(but(CARD, kind=Kind.INITIALS)),
    "silhouette on the page": record(but(CARD, kind=Kind.SILHOUETTE)),
    "blank on the page": record(but(CARD, kind=Kind.BLANK)),
    "not the expected photo": expecting(differs(CARD, "expected")),
    "source not the expected photo": expecting(differs(PANEL, "expected")),
    "initials instead of the expected photo": expecting(sightings=but(CARD, kind=Kind.INITIALS)),
    "two sightings that differ from each other": expecting(differs(CARD, MEDIUM)),
    "a colleague's view": colleague(rows=stale(1, reference=2)),
    "an old photo where the source has none": record(but(PANEL, kind=Kind.INITIALS)),
    "an old photo in one place": record(
        tuple(s if i == MEDIUM else s.model_copy(update={"kind": Kind.INITIALS}) for i, s in enumerate(OWN))
    ),
}
"""Runs with one certain difference."""


@pytest.mark.parametrize("name", OFF)
def test_one_certain_difference_suffices(name):
    """One sighting that differs from the reference makes the run out of sync, without a reason."""
    assert (Verdict.OUT_OF_SYNC, None) == verdict_of(OFF[name])


def bare(kind: Kind, **fields) -> Record:
    """Return a run that saw no photo of the subject anywhere."""
    return record(tuple(s.model_copy(update={"kind": kind}) for s in OWN), **fields)


@pytest.mark.parametrize("kind", [Kind.INITIALS, Kind.SILHOUETTE, Kind.BLANK])
def test_none_at_the_source_and_none_shown_is_no_photo(kind):
    """If the source has no photo and none is shown, the verdict is no photo, whatever is shown instead."""
    assert (Verdict.NO_PHOTO, None) == verdict_of(bare(kind))


MISSING = step("page-1", FAILED, Reason.PAGE_MISSING)
LOST = step("page-1", FAILED, Reason.CRASHED)
STOPPED = {"stop": STOP, "verdict": Verdict.STOPPED, "reason": Reason.WRONG_PASSWORD}
NOBODY = bare(Kind.INITIALS).sightings
PRECEDENCE = {
    "stopped over a difference": (
        record(rows=stale(CARD), **STOPPED),
        Verdict.STOPPED,
        Reason.WRONG_PASSWORD,
    ),
    "stopped over no photo": (bare(Kind.INITIALS, **STOPPED), Verdict.STOPPED, Reason.WRONG_PASSWORD),
    "stopped over interrupted": (record(interrupted_by="SIGINT", **STOPPED), Verdict.STOPPED, Reason.WRONG_PASSWORD),
    "stopped over a step": (record(steps=(MISSING,), **STOPPED), Verdict.STOPPED, Reason.WRONG_PASSWORD),
    "stopped over health": (record(**STOPPED), Verdict.STOPPED, Reason.WRONG_PASSWORD),
    "difference over a missing page": (record(rows=stale(CARD), steps=(*STEPS, MISSING)), Verdict.OUT_OF_SYNC, None),
    "difference over a crash": (record(rows=stale(CARD), steps=(*STEPS, LOST)), Verdict.OUT_OF_SYNC, None),
    "difference over too few": (record(rows=stale(CARD), inputs=TWO_PAGES), Verdict.OUT_OF_SYNC, None),
    "difference over broken": (
        record(but(MEDIUM, kind=Kind.BROKEN), rows=stale(CARD)),
        Verdict.OUT_OF_SYNC,
        None,
    ),
    "difference over undecided": (
        record(rows={**stale(CARD), MEDIUM: undecided(MEDIUM, PANEL, "retouched")}),
        Verdict.OUT_OF_SYNC,
        None,
    ),
    "difference over no photo": (record(but(CARD, NOBODY, kind=Kind.PHOTO)), Verdict.OUT_OF_SYNC, None),
    "no photo over a missing page": (bare(Kind.INITIALS, steps=(*STEPS, MISSING)), Verdict.NO_PHOTO, None),
    "no photo over too few": (bare(Kind.INITIALS, inputs=TWO_PAGES), Verdict.NO_PHOTO, None),
    "no photo over broken": (record(but(CARD, NOBODY, kind=Kind.BROKEN)), Verdict.NO_PHOTO, None),
    "no photo over loading": (record(but(CARD, NOBODY, kind=Kind.LOADING)), Verdict.NO_PHOTO, None),
    "interrupted over a difference": (
        record(rows=stale(CARD), interrupted_by="SIGINT"),
        Verdict.INCONCLUSIVE,
        Reason.INTERRUPTED,
    ),
    "interrupted over no photo": (
        bare(Kind.INITIALS, interrupted_by="SIGTERM"),
        Verdict.INCONCLUSIVE,
        Reason.INTERRUPTED,
    ),
}
"""Runs with two possible verdicts, and the verdict that takes precedence."""


@pytest.mark.parametrize("name", PRECEDENCE)
def test_the_order_of_precedence(name):
    """Stopped takes precedence, then interrupted, out of sync, no photo, inconclusive and in sync, in this order."""
    made, verdict, reason = PRECEDENCE[name]
    assert (verdict, reason) == verdict_of(made)


@pytest.mark.parametrize("reason", sorted(STOPPED_REASONS))
def test_a_stop_keeps_its_reason(reason):
    """A stopped run keeps its reason, and judging it again changes nothing."""
    made = record(stop=STOP, verdict=Verdict.STOPPED, reason=reason)
    assert (Verdict.STOPPED, reason) == verdict_of(made)
    assert judged(made) == judged(judged(made))


ALL = {**HEALTHY, **{k: made for k, (made, _) in OPEN.items()}, **OFF, **{k: row[0] for k, row in PRECEDENCE.items()}}


@pytest.mark.parametrize("name", ALL)
def test_judging_changes_verdict_and_reason_only(name):
    """Judging changes only the verdict and the reason, and a stored record gets the same verdict again."""
    made = ALL[name]
    found = judged(made)
    assert made == found.model_copy(update={"verdict": made.verdict, "reason": made.reason})
    assert found == judged(found)
    assert found == judged(Record.model_validate_json(found.model_dump_json(by_alias=True)))


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.IN_SYNC, 0),
        (Verdict.OUT_OF_SYNC, 1),
        (Verdict.NO_PHOTO, 1),
        (Verdict.STOPPED, 3),
        (Verdict.INCONCLUSIVE, 4),
    ],
)
def test_the_exit_code_of_each_verdict(verdict, expected):
    """Each verdict without a reason has its documented exit code."""
    assert expected == exit_code(record(verdict=verdict, reason=None))


@pytest.mark.parametrize(("interrupted_by", "expected"), [("SIGINT", 130), ("SIGTERM", 4), (None, 4), ("SIGHUP", 4)])
def test_the_exit_code_of_an_interruption(interrupted_by, expected):
    """The exit code is 130 after Ctrl-C, and 4 after SIGTERM or an interruption of unknown origin."""
    fields = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.INTERRUPTED, "interrupted_by": interrupted_by}
    assert expected == exit_code(record(**fields))


def test_every_reason_has_the_code_of_its_verdict():
    """Every inconclusive reason has exit code 4, except an interruption by Ctrl-C, and every reason to stop has 3."""

    def codes(verdict, reasons, signals):
        made = [{"verdict": verdict, "reason": r, "interrupted_by": s} for r, s in product(reasons, signals)]
        return {exit_code(record(**fields)) for fields in made}

    assert {4} == codes(Verdict.INCONCLUSIVE, INCONCLUSIVE_REASONS, (None, "SIGTERM"))
    assert {4} == codes(Verdict.INCONCLUSIVE, INCONCLUSIVE_REASONS - {Reason.INTERRUPTED}, ("SIGINT",))
    assert {3} == codes(Verdict.STOPPED, STOPPED_REASONS, (None, "SIGTERM", "SIGINT"))


@pytest.mark.parametrize("name", ALL)
def test_code_1_means_that_something_was_seen(name):
    """Only a run in sync has code 0, and only one out of sync or without a photo has code 1."""
    found = judged(ALL[name])
    code = exit_code(found)
    assert (code == 0) == (found.verdict is Verdict.IN_SYNC)
    assert (code == 1) == (found.verdict in (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO))


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
