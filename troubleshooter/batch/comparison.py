"""Compares two runs of many users. Pure.

Who was not checked in the later run is compared with nothing, because whatever it did not get to see would read as
fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troubleshooter.model.batch_records import ChangedSince, UserResult
from troubleshooter.model.enums import Verdict


@dataclass(frozen=True)
class UserChange:
    """What became of one user."""

    upn: str
    what: ChangedSince
    before: UserResult | None
    """None for a user who was not checked before."""
    after: UserResult


def change_of(before: UserResult | None, after: UserResult) -> ChangedSince | None:
    """Return what became of a user; None if there is nothing to say: in sync, and not known to have been otherwise."""
    if after.verdict is Verdict.IN_SYNC:
        return ChangedSince.FIXED if before and before.verdict is not Verdict.IN_SYNC else None
    if after.accepted:
        return ChangedSince.ACCEPTED
    if before is None or before.verdict is Verdict.IN_SYNC:
        return ChangedSince.NEW
    return ChangedSince.STILL if _conclusion(before) == _conclusion(after) else ChangedSince.CHANGED


def _conclusion(result: UserResult) -> tuple[object, ...]:
    return result.verdict, result.reason, frozenset(result.causes)


def with_changes(results: Iterable[UserResult], baseline: Iterable[UserResult]) -> Iterator[UserResult]:
    """Yield `results`, each with what became of the user since `baseline`."""
    before = {result.upn: result for result in baseline}
    for result in results:
        yield result.model_copy(update={"changed": change_of(before.get(result.upn), result)})


def changes(before: Iterable[UserResult], after: Iterable[UserResult]) -> tuple[UserChange, ...]:
    """Return what became of each user of the later run of whom there is something to say, in its order."""
    earlier = {result.upn: result for result in before}
    found = ((earlier.get(result.upn), result) for result in after)
    return tuple(UserChange(b.upn, what, a, b) for a, b in found if (what := change_of(a, b)))


def not_checked(before: Iterable[UserResult], after: Iterable[UserResult]) -> tuple[str, ...]:
    """Return the users of the earlier run of whom the later one has no result, in the order of the earlier."""
    there = {result.upn for result in after}
    return tuple(result.upn for result in before if result.upn not in there)
