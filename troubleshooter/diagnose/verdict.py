"""The verdict, computed from a compared record. `in-sync` is a claim: whatever does not prove it, denies it.

The claim is made of what the private session saw. What a copy of a browser profile showed beside it (`--also-profile`)
proves nothing for it and leaves no doubt; but where that browser certainly shows another photo, not all is in sync.
"""

from __future__ import annotations

from itertools import combinations

from troubleshooter.model.enums import (
    INCONCLUSIVE_REASONS,
    PAGE_CONTENT,
    REACHED,
    USERPHOTO,
    WITHOUT_PHOTO,
    Kind,
    MatchVerdict,
    Reason,
    StepStatus,
    Surface,
    Verdict,
)
from troubleshooter.model.records import Comparison, Record, Sighting
from troubleshooter.model.reference import reference_kind


def judged(record: Record) -> Record:
    """Return `record` with its verdict and reason.

    Precedence: stopped; out of sync (one certain difference suffices); no photo; cannot tell; in sync.
    """
    verdict, reason = _verdict(record)
    return record.model_copy(update={"verdict": verdict, "reason": reason})


def _verdict(record: Record) -> tuple[Verdict, Reason | None]:
    if record.stop:
        return Verdict.STOPPED, record.reason
    if record.interrupted_by:
        return Verdict.INCONCLUSIVE, Reason.INTERRUPTED
    kind = reference_kind(record)
    if kind is not None and any(c.verdict is MatchVerdict.DIFFERENT for c in record.comparisons):
        return Verdict.OUT_OF_SYNC, None
    if kind in WITHOUT_PHOTO and not any(s.reason is Reason.CRASHED for s in record.steps):
        return Verdict.NO_PHOTO, None
    reason = _doubt(record)
    return (Verdict.INCONCLUSIVE, reason) if reason else (Verdict.IN_SYNC, None)


def _doubt(record: Record) -> Reason | None:
    """Return why the run can't claim that the photo is in sync; None when nothing speaks against it."""
    lost = (Reason.CRASHED, Reason.SIGNED_OUT)
    steps = [s for s in record.steps if not s.beside or s.reason is Reason.CRASHED]
    if ended := next((s.reason for s in steps if s.reason in lost), None):
        return ended
    if reference_kind(record) is None:
        return Reason.NO_REFERENCE
    for step in steps:
        if step.status is not StepStatus.PASSED:
            return step.reason or Reason.TOO_FEW_SIGHTINGS
    if any(mixup.how == "other-name" for mixup in record.mixups):
        return Reason.SUBJECT_NOT_IDENTIFIED  # somebody else's picture stands over the user's name
    return _asked_in_vain(record) or _held_back(record) or _doubt_of_pictures(record)


def _asked_in_vain(record: Record) -> Reason | None:
    """Return why a surface that was asked for by its name was not seen, or not all of it; None when each was."""
    seen = {s.surface for _, s in _private(record)}
    for name in record.inputs.get("surfaces") or ():
        why = next((u.reason for u in record.unseen if u.surface == name and u.reason), None)
        if name in list(Surface) and (name not in seen or why):
            return why if why in INCONCLUSIVE_REASONS else Reason.NOT_REACHED
    return None


def _held_back(record: Record) -> Reason | None:
    """Return why nothing is known of SharePoint's copy: it was refused for now, or no size of it was given."""
    silent = [u for u in record.unseen if u.surface in USERPHOTO]
    if any(u.reason is Reason.THROTTLED for u in silent):
        return Reason.THROTTLED
    answered = any(s.surface in USERPHOTO for _, s in _private(record))
    return Reason.NOT_REACHED if silent and not answered else None


def _doubt_of_pictures(record: Record) -> Reason | None:
    """Return why what was seen does not suffice; None when it does."""
    mine = [s for _, s in _private(record)]
    if any(s.kind in (Kind.LOADING, Kind.BROKEN) for s in mine):
        return Reason.IMAGES_NOT_SETTLED
    for comparison in [c for c in record.comparisons if not _beside(record, c)]:
        if comparison.verdict is MatchVerdict.UNDETERMINED and not _only_small(record, comparison):
            return Reason.TOO_SMALL if comparison.code == "too-small" else Reason.UNDETERMINED
    if not _all_compared(record):
        return Reason.UNDETERMINED
    pages = {s.page for s in mine if s.surface in PAGE_CONTENT and s.page is not None}
    wanted = range(len(record.inputs.get("pages", ())))
    return Reason.TOO_FEW_SIGHTINGS if not wanted or set(wanted) - pages else None


def _private(record: Record) -> list[tuple[int, Sighting]]:
    """Return the subject's sightings in the private session, with their index."""
    pairs = enumerate(record.sightings)
    return [(i, s) for i, s in pairs if s.subject == record.subject and s.in_private_session]


def _beside(record: Record, comparison: Comparison) -> bool:
    """Return whether a comparison is about the copy of a browser profile."""
    return any(isinstance(i, int) and not record.sightings[i].in_private_session for i in (comparison.a, comparison.b))


def _only_small(record: Record, comparison: Comparison) -> bool:
    """Return whether a comparison is open for no other reason than the size of SharePoint's smallest picture."""
    sides = [record.sightings[i].surface for i in (comparison.a, comparison.b) if isinstance(i, int)]
    return Surface.USERPHOTO_S in sides and comparison.code == "too-small"


def _all_compared(record: Record) -> bool:
    """Return whether each sighting of the subject was held against the reference: silence is no agreement.

    With an expected photo the sightings are held against one another as well.
    """
    mine = {i: s.kind for i, s in _private(record) if i != record.reference}
    wanted = {frozenset((i, record.reference)) for i in mine}
    if isinstance(record.reference, str):
        photos = [i for i, kind in mine.items() if kind is Kind.PHOTO]
        wanted |= {frozenset(pair) for pair in combinations(photos, 2)}
    return wanted <= {frozenset((c.a, c.b)) for c in record.comparisons}


def exit_code(record: Record) -> int:
    """Return the process's exit code for `record`: the one place that derives it."""
    if record.reason is Reason.INTERRUPTED:
        return 130 if record.interrupted_by == "SIGINT" else 4
    if record.outcome is not None:
        return 0 if record.outcome in REACHED else 4
    return {
        Verdict.IN_SYNC: 0,
        Verdict.OUT_OF_SYNC: 1,
        Verdict.NO_PHOTO: 1,
        Verdict.STOPPED: 3,
        Verdict.INCONCLUSIVE: 4,
    }[record.verdict]
