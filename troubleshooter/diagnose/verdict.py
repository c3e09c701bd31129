"""Derives the verdict from a compared record. `in-sync` is a claim, and anything short of proof rules it out.

The claim is about what the private session saw. What a copy of a browser profile showed (`--also-profile`) neither
proves it nor raises doubts; but if that browser certainly shows a different photo, not everything is in sync.
"""

from __future__ import annotations

from itertools import combinations

from troubleshooter.diagnose.existence import NOBODY, doubt_about_user
from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    PAGE_CONTENT,
    USERPHOTO,
    WITHOUT_PHOTO,
    Kind,
    MatchVerdict,
    Reason,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Comparison, Record
from troubleshooter.model.reference import reference_kind
from troubleshooter.model.session_control import kept_out

_ENDED_EARLY = (Reason.CRASHED, Reason.NOT_SAVED, Reason.SIGNED_OUT)
"""Reasons of a step after which nothing more was seen: they explain why the rest is missing."""


def judged(record: Record) -> Record:
    """Return `record` with its verdict and reason.

    Precedence: stopped; no such user; out of sync (one certain difference suffices); no photo; cannot tell; in sync.
    """
    verdict, reason = _verdict(RecordView(record))
    similar = record.similar if reason in NOBODY else ()  # nobody else is named without need
    return record.model_copy(update={"verdict": verdict, "reason": reason, "similar": similar})


def _verdict(view: RecordView) -> tuple[Verdict, Reason | None]:
    record = view.record
    if record.stop:
        return Verdict.STOPPED, record.reason
    if record.interrupted_by:
        by_time = record.interrupted_by == Reason.TIME_LIMIT
        return Verdict.INCONCLUSIVE, Reason.TIME_LIMIT if by_time else Reason.INTERRUPTED
    if nobody := doubt_about_user(view):
        # What is served for an address that nobody has looks like a user without a photo, or without the expected one.
        counts = nobody is Reason.USER_NOT_FOUND or reference_kind(view) is not None
        return Verdict.INCONCLUSIVE, _ended_early(view) or (nobody if counts else _doubt(view) or nobody)
    kind = reference_kind(view)
    if kind is not None and any(c.verdict is MatchVerdict.DIFFERENT for c in record.comparisons):
        return Verdict.OUT_OF_SYNC, None
    if kind in WITHOUT_PHOTO and not view.crashed:
        return Verdict.NO_PHOTO, None
    reason = _doubt(view)
    return (Verdict.INCONCLUSIVE, reason) if reason else (Verdict.IN_SYNC, None)


def _ended_early(view: RecordView) -> Reason | None:
    """Return why nothing more was seen after some step; None if every step was performed."""
    steps = [s for s in view.record.steps if not s.beside or s.reason is Reason.CRASHED]
    return next((s.reason for s in steps if s.reason in _ENDED_EARLY), None)


def _doubt(view: RecordView) -> Reason | None:
    """Return why the run cannot claim that the photo is in sync; None if there is no such reason."""
    steps = [s for s in view.record.steps if not s.beside or s.reason is Reason.CRASHED]
    if ended := _ended_early(view):
        return ended
    if reference_kind(view) is None:
        return _not_on_any_page(view) or Reason.NO_REFERENCE
    for step in steps:
        if step.status is not StepStatus.PASSED:
            return step.reason or Reason.TOO_FEW_SIGHTINGS
    if any(mixup.how == "other-name" for mixup in view.record.mixups):
        return Reason.SUBJECT_NOT_IDENTIFIED  # the user's name is shown with somebody else's picture
    return _requested_but_unseen(view) or _copy_unknown(view) or _doubt_about_pictures(view)


def _not_on_any_page(view: RecordView) -> Reason | None:
    """Return that no page shows the subject, where that is why a colleague's session has no profile card to open."""
    absent = any(step.reason is Reason.SUBJECT_NOT_ON_PAGE for step in view.record.steps)
    on_a_page = any(s.surface in PAGE_CONTENT for _, s in view.of_subject)
    return Reason.SUBJECT_NOT_ON_PAGE if absent and not on_a_page and not view.signed_in_as_subject else None


def _requested_but_unseen(view: RecordView) -> Reason | None:
    """Return why a surface named in `--surfaces` was not (fully) seen; None if all were."""
    seen = {s.surface for _, s in view.in_private_session}
    for name in view.record.inputs.get("surfaces") or ():
        why = next((u.reason for u in view.record.unseen if u.surface == name and u.reason), None)
        if name in list(Surface) and (name not in seen or why):
            return why if why in INCONCLUSIVE_REASONS else Reason.NOT_REACHED
    return None


def _copy_unknown(view: RecordView) -> Reason | None:
    """Return why nothing is known about SharePoint's copy: requests were throttled, or no size was served."""
    unseen = [u for u in view.record.unseen if u.surface in USERPHOTO]
    if any(u.reason is Reason.THROTTLED for u in unseen):
        return Reason.THROTTLED
    answered = any(s.surface in USERPHOTO for _, s in view.in_private_session)
    return Reason.NOT_REACHED if unseen and not answered else None


def _doubt_about_pictures(view: RecordView) -> Reason | None:
    """Return why what was seen is not enough; None if it is."""
    unsettled = [s for _, s in view.in_private_session if s.kind in (Kind.LOADING, Kind.BROKEN)]
    if unsettled:
        return Reason.PICTURES_REFUSED if all(map(kept_out, unsettled)) else Reason.IMAGES_NOT_SETTLED
    for comparison in view.record.comparisons:
        undetermined = comparison.verdict is MatchVerdict.UNDETERMINED and not view.involves_profile(comparison)
        if undetermined and not _only_small(view.record, comparison):
            return Reason.TOO_SMALL if comparison.code == "too-small" else Reason.UNDETERMINED
    if not _all_compared(view):
        return Reason.UNDETERMINED
    seen = {s.page for _, s in view.in_private_session if s.surface in PAGE_CONTENT and s.page is not None}
    wanted = set(range(len(view.pages)))
    return Reason.TOO_FEW_SIGHTINGS if not wanted or wanted - seen else None


def _only_small(record: Record, comparison: Comparison) -> bool:
    """Return whether a comparison is undetermined only because SharePoint's smallest picture is too small."""
    sides = [record.sightings[i].surface for i in (comparison.a, comparison.b) if isinstance(i, int)]
    return Surface.USERPHOTO_S in sides and comparison.code == "too-small"


def _all_compared(view: RecordView) -> bool:
    """Return whether each of the subject's sightings was compared with the reference, without which nothing is proved.

    With an expected photo, the sightings are compared with one another as well.
    """
    reference = view.record.reference
    kinds = {i: s.kind for i, s in view.in_private_session if i != reference}
    wanted = {frozenset((i, reference)) for i in kinds}
    if isinstance(reference, str):
        photos = [i for i, kind in kinds.items() if kind is Kind.PHOTO]
        wanted |= {frozenset(pair) for pair in combinations(photos, 2)}
    return wanted <= {frozenset((c.a, c.b)) for c in view.record.comparisons}


def exit_code(record: Record) -> int:
    """Return the exit code of the process for `record`. It is derived only here."""
    if record.reason is Reason.INTERRUPTED:
        return 130 if record.interrupted_by == "SIGINT" else 4
    if record.outcome is not None:
        return 0 if RecordView(record).reached else 4
    return {
        Verdict.IN_SYNC: 0,
        Verdict.OUT_OF_SYNC: 1,
        Verdict.NO_PHOTO: 1,
        Verdict.STOPPED: 3,
        Verdict.INCONCLUSIVE: 4,
    }[record.verdict]
