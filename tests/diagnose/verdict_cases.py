"""Records for the tests of the verdict: runs in which everything holds, and runs with one gap, difference or stop."""

from troubleshooter.diagnose import judged
from troubleshooter.model.enums import (
    Kind,
    Reason,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.message import message
from troubleshooter.model.records import Mixup, Record, Response, Unseen

from .records import (
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
    differs,
    instead,
    record,
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


def bare(kind: Kind, **fields) -> Record:
    """Return a run that saw no photo of the subject anywhere."""
    return record(tuple(s.model_copy(update={"kind": kind}) for s in OWN), **fields)


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


ALL = {**HEALTHY, **{k: made for k, (made, _) in OPEN.items()}, **OFF, **{k: row[0] for k, row in PRECEDENCE.items()}}
