"""Says for each tenant-wide cause who could show it, who does, and what else would look the same.

`patterns.py` decides whether the cause is claimed, and says what all of these rules assume. Each user counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Confidence, Verdict
from troubleshooter.model.message import Message, message
from troubleshooter.model.scalars import rfc3339
from troubleshooter.model.service_limits import COPY_WINDOW

LEAST = 20
"""The smallest number of users from which anything is claimed, or for which times have to be known."""
_COMPARED = frozenset({Verdict.IN_SYNC, Verdict.OUT_OF_SYNC})
"""Verdicts on a user who has a photo at the source, which was compared with SharePoint's."""
_LATE = frozenset({"C1", "C2", "C3", "C4", "C26"})
"""Causes of one user that all say: the copy was not made."""
_DUE = 2 * COPY_WINDOW
"""How long after a change a copy is overdue, and how old the newest copy is if none are made any more."""
_SETTLED = timedelta(days=7)
"""Time in which nearly everybody opens SharePoint: a week has no more than one weekend."""
_EXCEPTIONS = 50
"""One user in this many may have a fresh copy although the others have none."""


@dataclass(frozen=True)
class Claim:
    """A tenant-wide cause, before anybody has counted."""

    cause: str
    confidence: Confidence
    seen: Sequence[UserResult]
    """Results that would show the cause if it were true."""
    fits: Callable[[UserResult], bool]
    """Whether one of these results shows it."""
    evidence: tuple[Message, ...]
    caveats: tuple[Message, ...]
    exceptions: Sequence[UserResult] = ()
    """Further results that contradict the cause."""


Rule = Callable[[Sequence[UserResult]], Claim | None]


def not_copied(results: Sequence[UserResult]) -> Claim | None:
    """C4: users have photos at the source that SharePoint has not copied, and it has not copied any for two days."""
    times = _times([result for result in results if result.verdict in _COMPARED], results)
    if times is None:
        return None
    fitting = sum(map(_late, times.seen))
    said = message(
        "Outdated in SharePoint, or not there at all: {fits} of {seen} photos", fits=fitting, seen=len(times.seen)
    )
    look_alike = message("C26 looks the same: pages that no longer need SharePoint’s copies.")
    return times.claim("C4", _late, said, look_alike)


def not_renewed(results: Sequence[UserResult]) -> Claim | None:
    """C26: pages show the photos of the source, while SharePoint's own copies are no longer renewed."""
    times = _times([result for result in results if result.verdict in _COMPARED and result.pages], results)
    if times is None:
        return None
    fitting = sum(map(_late_but_right_on_pages, times.seen))
    said = message(
        "Right on pages, but outdated in SharePoint’s own copy: {fits} of {seen} photos",
        fits=fitting,
        seen=len(times.seen),
    )
    look_alike = message("C4 looks the same: a setting that stops SharePoint’s copies.")
    return times.claim("C26", _late_but_right_on_pages, said, look_alike)


def _late(result: UserResult) -> bool:
    """Return whether SharePoint has not copied this user's photo, which no other cause explains."""
    if result.verdict is not Verdict.OUT_OF_SYNC or _fresh(result):
        return False
    if result.copied and result.changed_at and result.copied >= result.changed_at:
        return False
    if not result.causes:
        return not result.placeholder  # which may as well be C6 or C14
    return result.causes[0] in _LATE


def _late_but_right_on_pages(result: UserResult) -> bool:
    return "C26" in result.causes and _late(result)


def _fresh(result: UserResult) -> bool:
    """Return whether SharePoint copied this user's photo so recently that copying must work."""
    return result.copied is not None and result.finished - result.copied < _DUE


@dataclass(frozen=True)
class _Times:
    """Users who should have a new copy by now, according to the times."""

    seen: Sequence[UserResult]
    known: bool
    """Whether the list says when the photos of these users were changed."""
    settled: bool
    """Whether all of these changes are a week old."""
    copies: Sequence[UserResult]
    """Results that say when SharePoint copied the photo."""

    @property
    def fresh(self) -> list[UserResult]:
        """Return the results that show that copying works."""
        return [result for result in self.copies if _fresh(result)]

    def claim(self, cause: str, fits: Callable[[UserResult], bool], said: Message, look_alike: Message) -> Claim:
        """Return the claim of `cause`, with `said` as its first evidence."""
        sure = self.settled and not self.fresh
        confidence = Confidence.MEDIUM if sure else Confidence.LOW
        return Claim(
            cause, confidence, self.seen, fits, (said, *self._evidence()), self._caveats(look_alike), self.fresh
        )

    def _evidence(self) -> list[Message]:
        said = []
        if self.known:
            said.append(message("These photos were changed at least two days before they were checked"))
        if self.copies:
            newest = rfc3339(max(result.copied for result in self.copies if result.copied))
            count = len(self.copies)
            said.append(
                message(
                    "SharePoint’s newest copy is from {time}; number of copies with a known time: {count}",
                    time=newest,
                    count=count,
                )
            )
        return said

    def _caveats(self, look_alike: Message) -> tuple[Message, ...]:
        said = [look_alike]
        if not self.settled:
            said.append(message("Users who have not opened SharePoint since the change look the same."))
        if not self.known:
            said.append(message("If the photos were changed less than two days ago, wait before you act."))
        return tuple(said)


def _times(shown: list[UserResult], results: Sequence[UserResult]) -> _Times | None:
    """Return which users of those `shown` should have a new copy; None without times, or if copying works."""
    changed = [r for r in shown if r.changed_at and r.finished - r.changed_at >= _DUE]
    known = len(changed) >= LEAST
    settled = known and all(r.finished - r.changed_at >= _SETTLED for r in changed if r.changed_at)
    times = _Times(changed if known else shown, known, settled, [r for r in results if r.copied])
    if len(times.fresh) * _EXCEPTIONS > len(times.seen) or not (known or len(times.copies) >= LEAST):
        return None
    return times


def not_allowed(results: Sequence[UserResult]) -> Claim | None:
    """C8: the source itself does not have the photos that the list gives as right, and neither does SharePoint."""
    shown = [result for result in results if result.verdict in _COMPARED]
    expected = [result for result in shown if result.expected]
    seen = expected if len(expected) >= LEAST else shown

    def fits(result: UserResult) -> bool:
        return result.verdict is Verdict.OUT_OF_SYNC and "C8" in result.causes

    fitting = sum(map(fits, seen))
    said = message(
        "Not the expected photo, at the source and in SharePoint: {fits} of {seen}", fits=fitting, seen=len(seen)
    )
    return Claim(
        cause="C8",
        confidence=Confidence.LOW,
        seen=seen,
        fits=fits,
        evidence=(said,),
        caveats=(
            message("If the expected photos in the list are outdated or belong to other people, it looks the same."),
            message("So does an on-premises directory that overwrites the photos (C9)."),
        ),
    )


def not_served(results: Sequence[UserResult]) -> Claim | None:
    """C14: SharePoint's pictures are refused or broken, or are placeholders although SharePoint once copied a photo."""
    seen = [result for result in results if result.verdict in _COMPARED or _failed(result)]
    failed = [result for result in seen if _failed(result)]
    if not failed:
        return None
    times = sorted(result.finished for result in failed)
    accounts = {result.account for result in failed}
    return Claim(
        cause="C14",
        confidence=Confidence.MEDIUM if len(accounts) > 1 else Confidence.LOW,
        seen=seen,
        fits=_failed,
        evidence=(
            message("Not served by SharePoint: {fits} of {seen} pictures", fits=len(failed), seen=len(seen)),
            message(
                "The first failed at {first}, the last at {last}", first=rfc3339(times[0]), last=rfc3339(times[-1])
            ),
            message("Number of accounts that saw it: {count}", count=len(accounts)),
        ),
        caveats=(
            message("An account or a computer with limited access sees the same. Check one user with another account."),
        ),
    )


def _failed(result: UserResult) -> bool:
    """Return whether SharePoint did not serve a picture; a placeholder alone may mean that it never had one."""
    if result.causes:
        return result.causes[0] == "C14"
    return result.verdict is Verdict.OUT_OF_SYNC and result.placeholder and result.copied is not None


RULES: tuple[Rule, ...] = (not_served, not_copied, not_renewed, not_allowed)
"""All rules, in the order that ranks equally confident causes."""
