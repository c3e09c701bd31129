"""Gives each user a standing: one word for a result, or for the lack of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from troubleshooter.locale import N_
from troubleshooter.model.batch_records import Depth, Summary, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.report.labels import VERDICTS


class Standing(StrEnum):
    """A user's state in a run of many, the worst first. The ids are those of the verdicts, as far as these go."""

    OUT_OF_SYNC = "out-of-sync"
    NO_PHOTO = "no-photo"
    SET_ASIDE = "set-aside"
    """The user was given up in this run, so that nothing is known, whether or not a difference is accepted."""
    STOPPED = "stopped"
    INCONCLUSIVE = "inconclusive"
    NO_RESULT = "no-result"
    """The user, or the part of the list, has no result."""
    ACCEPTED = "accepted"
    IN_SYNC = "in-sync"


WORST_FIRST = tuple(Standing)
BAD = frozenset({Standing.OUT_OF_SYNC, Standing.NO_PHOTO})
"""Standings that say that something is wrong."""
GOOD = frozenset({Standing.ACCEPTED, Standing.IN_SYNC})
"""Standings that need nobody to act. The others are neither good nor bad but unknown."""

LABELS: dict[Standing, str] = {
    Standing.OUT_OF_SYNC: VERDICTS[Verdict.OUT_OF_SYNC],
    Standing.NO_PHOTO: VERDICTS[Verdict.NO_PHOTO],
    Standing.SET_ASIDE: N_("Set aside"),
    Standing.STOPPED: VERDICTS[Verdict.STOPPED],
    Standing.INCONCLUSIVE: VERDICTS[Verdict.INCONCLUSIVE],
    Standing.NO_RESULT: N_("No result"),
    Standing.ACCEPTED: N_("Accepted"),
    Standing.IN_SYNC: VERDICTS[Verdict.IN_SYNC],
}
ICONS: dict[Standing, str] = {
    Standing.OUT_OF_SYNC: "bad",
    Standing.NO_PHOTO: "nobody",
    Standing.SET_ASIDE: "stop",
    Standing.STOPPED: "stop",
    Standing.INCONCLUSIVE: "open",
    Standing.NO_RESULT: "open",
    Standing.ACCEPTED: "skip",
    Standing.IN_SYNC: "good",
}


@dataclass(frozen=True)
class Entry:
    """A user of the list: with a result, or named as one who has none."""

    upn: str
    """The user, or a part of the list, such as `shard 3/10`."""
    standing: Standing
    result: UserResult | None = None


def standing(result: UserResult) -> Standing:
    """Return the standing of the user of `result`."""
    if result.set_aside:
        return Standing.SET_ASIDE
    if result.verdict is Verdict.IN_SYNC:
        return Standing.IN_SYNC
    return Standing.ACCEPTED if result.accepted else Standing(result.verdict.value)


def entries(summary: Summary, results: Sequence[UserResult]) -> tuple[Entry, ...]:
    """Return everybody in the list's order, then those without a result whom the summary names."""
    known = {result.upn.casefold() for result in results}
    missing = [name for name in dict.fromkeys(summary.missing) if name.casefold() not in known]
    return (
        *(Entry(result.upn, standing(result), result) for result in results),
        *(Entry(name, Standing.NO_RESULT) for name in missing),
    )


def worst_first(users: Sequence[Entry]) -> list[Entry]:
    """Return `users` with the worst first; users with the same standing stay in the list's order."""
    rank = {standing: number for number, standing in enumerate(WORST_FIRST)}
    return sorted(users, key=lambda entry: rank[entry.standing])


def copy_only(result: UserResult) -> bool:
    """Return whether "in sync" says only that SharePoint's copy agrees with the source, because no page was checked."""
    return result.depth is Depth.QUICK and result.verdict is Verdict.IN_SYNC and not result.pages
