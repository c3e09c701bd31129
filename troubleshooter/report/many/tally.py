"""Counts the users of a run by what became of them, from the results themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from troubleshooter.model.batch_records import ChangeCounts, ChangedSince, EndedBy, Summary, UserResult
from troubleshooter.report.many.standing import BAD, GOOD, Entry, Standing, copy_only, entries

_PART = "shard "
"""How an entry of `Summary.missing` begins that names a part of the list instead of a user."""


@dataclass(frozen=True)
class Tally:
    """The numbers of one run, and the users whom its first screen names."""

    summary: Summary
    entries: tuple[Entry, ...]
    counts: dict[Standing, int]
    """Users by standing; `NO_RESULT` includes those whom nobody names."""
    total: int
    """Users in the list, as far as its size is known."""
    changes: ChangeCounts
    missing: tuple[str, ...]
    """Users and parts of the list that have no result, as far as they are named."""
    set_aside: tuple[str, ...]
    expired: tuple[str, ...]
    flaky: int
    copy_only: int
    """Users who are in sync as far as SharePoint's copy is concerned; no page that shows them was checked."""
    disagrees: bool
    """Whether the summary counts other verdicts than the results have."""

    @property
    def bad(self) -> int:
        """The number of users whose photo is wrong or missing."""
        return sum(self.counts[standing] for standing in BAD)

    @property
    def good(self) -> int:
        """The number of users for whom nobody needs to act."""
        return sum(self.counts[standing] for standing in GOOD)

    @property
    def ended_early(self) -> bool:
        """Whether the run ended before it was done."""
        return self.summary.ended_by is not EndedBy.DONE

    @property
    def all_good(self) -> bool:
        """Whether everybody in the list was checked, and nobody needs to act."""
        whole = not self.missing and not self.ended_early and not self.disagrees
        return self.total > 0 and self.good == self.total and whole


def tally(summary: Summary, results: Sequence[UserResult]) -> Tally:
    """Return the numbers of a run."""
    everybody = entries(summary, results)
    missing = tuple(entry.upn for entry in everybody if entry.result is None)
    users_missing = sum(not name.startswith(_PART) for name in missing)
    total = max(summary.total, len(results) + users_missing)
    counts = Counter(entry.standing for entry in everybody if entry.result is not None)
    counts[Standing.NO_RESULT] = total - len(results)
    verdicts = Counter(result.verdict.value for result in results)
    return Tally(
        summary=summary,
        entries=everybody,
        counts={standing: counts[standing] for standing in Standing},
        total=total,
        changes=_changes(summary, results),
        missing=missing,
        set_aside=tuple(result.upn for result in results if result.set_aside),
        expired=_expired(summary, results),
        flaky=sum(result.flaky for result in results),
        copy_only=sum(copy_only(result) and not result.set_aside for result in results),
        disagrees=bool(summary.counts) and +Counter(summary.counts) != verdicts,
    )


def _changes(summary: Summary, results: Sequence[UserResult]) -> ChangeCounts:
    """Return what became of users since the baseline, counted where results say so."""
    counted = Counter(result.changed for result in results if result.changed is not None)
    if not counted:
        return summary.changed
    return ChangeCounts(**{change.value: counted[change] for change in ChangedSince})


def _expired(summary: Summary, results: Sequence[UserResult]) -> tuple[str, ...]:
    named = [result.upn for result in results if result.acceptance is not None and result.acceptance.expired]
    return tuple(dict.fromkeys([*named, *summary.expired]))
