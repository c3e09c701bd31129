"""Judges what a quick check saw of one user. Only agreement is a result; everything else is looked into closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.batch.picture_tab import ServedPicture
from troubleshooter.compare import Avatar, UnreadablePicture, kind_of, load, match, match_expected
from troubleshooter.model.enums import Kind, MatchVerdict, Reason, Verdict
from troubleshooter.model.message import Message, message


@dataclass(frozen=True)
class QuickFinding:
    """What a quick check says about one user."""

    verdict: Verdict
    reason: Reason | None = None
    note: Message | None = None
    """What was seen, if that is not agreement."""
    score: float | None = None
    """The largest distance between the source's photo and another picture."""
    placeholder: bool = False
    """Whether SharePoint shows its placeholder, and the source has a photo."""

    @property
    def final(self) -> bool:
        """Return whether no closer check is needed."""
        return self.verdict is Verdict.IN_SYNC


@dataclass(frozen=True)
class SeenOfUser:
    """The pictures that a quick check saw of one user."""

    copy: ServedPicture
    source: ServedPicture | None
    """None if the source serves no photos to this session at all."""
    cards: Sequence[Avatar] = ()
    """The user's cards on the pages of the list."""
    missing: int = 0
    """The number of pages on which the user was not certainly seen."""


def judged(seen: SeenOfUser, placeholder: Avatar | None, expected: Avatar | None = None) -> QuickFinding:
    """Return what follows from `seen`.

    Args:
        placeholder: SharePoint's picture for users without a photo.
        expected: the photo that everyone should see, if the list names one.
    """
    if seen.copy.throttled or (seen.source and seen.source.throttled):
        return _open(Reason.THROTTLED, message("The service asked to slow down."))
    source = picture_in(seen.source) if seen.source else None
    reference, copy = expected or source, picture_in(seen.copy)
    if reference is None or copy is None or (not expected and kind_of(reference) is not Kind.PHOTO):
        return _without_pictures(seen, reference)
    if kind_of(copy, [placeholder] if placeholder else []) is not Kind.PHOTO:
        note = message("SharePoint shows its placeholder, and the source has a photo.")
        return QuickFinding(Verdict.OUT_OF_SYNC, note=note, score=1.0, placeholder=True)
    if expected and seen.source and source is None:
        return _without_pictures(seen, None)  # the source has another photo than expected, or none
    others = [copy, *seen.cards, *([source] if expected and source else [])]
    return _compared(reference, others, seen.missing, is_expected=expected is not None)


def _without_pictures(seen: SeenOfUser, reference: Avatar | None) -> QuickFinding:
    """Return the finding where one of the two pictures is missing, or the reference is no photo."""
    if reference is not None and kind_of(reference) is Kind.PHOTO:
        return _open(Reason.NOT_REACHED, message("SharePoint returned no picture."))
    if seen.source and seen.source.empty:
        return _open(Reason.NO_REFERENCE, message("The mailbox returned no photo."))
    what = message("The source returned no picture.") if reference is None else message("The source shows no photo.")
    return _open(Reason.NO_REFERENCE, what)


def _compared(reference: Avatar, others: Sequence[Avatar], missing: int, *, is_expected: bool) -> QuickFinding:
    compare = match_expected if is_expected else match
    matches = [compare(reference, other) for other in others]
    score = max((one.score for one in matches if one.score is not None), default=None)
    verdicts = {one.verdict for one in matches}
    if MatchVerdict.DIFFERENT in verdicts:
        return QuickFinding(Verdict.OUT_OF_SYNC, note=message("SharePoint shows a different photo."), score=score)
    if verdicts != {MatchVerdict.SAME}:
        return QuickFinding(
            Verdict.INCONCLUSIVE, Reason.UNDETERMINED, message("The pictures could not be compared."), score
        )
    if missing:
        note = message("Pages on which it is not certain that the user was seen: {count}.", count=missing)
        return QuickFinding(Verdict.INCONCLUSIVE, Reason.TOO_FEW_SIGHTINGS, note, score)
    return QuickFinding(Verdict.IN_SYNC, score=score)


def _open(reason: Reason, note: Message) -> QuickFinding:
    return QuickFinding(Verdict.INCONCLUSIVE, reason, note)


def picture_in(served: ServedPicture) -> Avatar | None:
    """Return the picture in an answer; None if it is none, or of one pixel."""
    if served.body is None or served.natural is None or served.empty:
        return None
    try:
        return load(served.body)
    except UnreadablePicture:
        return None
