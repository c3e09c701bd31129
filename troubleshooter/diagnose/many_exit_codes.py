"""Derives the exit codes of the commands about many users. They are derived only here. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from troubleshooter.model.batch_records import EndedBy, Summary, UserResult
from troubleshooter.model.enums import CONCLUSIVE, Verdict

_BAD = frozenset({Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO})


def verify_exit_code(results: Iterable[UserResult], summary: Summary) -> int:
    """Return the exit code of a run of many users.

    3: nobody was let in; 1: somebody is out of sync or without photo; 4: somebody could not be determined, the run
    ended early, or something is missing; 0: all are in sync or accepted.
    """
    count, let_in, bad, unclear = 0, False, False, False
    for result in results:
        count += 1
        let_in = let_in or result.verdict is not Verdict.STOPPED
        bad = bad or (result.verdict in _BAD and not result.good)
        unclear = unclear or result.set_aside or not (result.good or result.certain)
    if not let_in and (count or summary.ended_by is EndedBy.NOT_LET_IN):
        return 3
    if bad:
        return 1
    early = summary.ended_by is not EndedBy.DONE or count < summary.total or bool(summary.missing)
    return 4 if unclear or early else 0


def diff_exit_code(pairs: Iterable[tuple[Verdict | None, Verdict]], *, whole: bool = True) -> int:
    """Return the exit code of a comparison of two runs.

    Args:
        pairs: the verdicts before, None for who was not checked, and after; without accepted differences.
        whole: whether the later run was completed.

    Returns:
        1: somebody is out of sync or without photo who was not; 4: somebody can no longer be determined; 0: nothing
        is worse.
    """
    worse = unclear = False
    for before, after in pairs:
        worse = worse or (after in _BAD and before not in _BAD)
        unclear = unclear or (after not in CONCLUSIVE and (before is None or before in CONCLUSIVE))
    if worse:
        return 1
    return 4 if unclear or not whole else 0
