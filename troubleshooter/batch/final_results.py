"""Makes one result of the checks of a user: a quick one, and a full one where that was not enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from troubleshooter.model.batch_records import UserResult

Query = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""Returns what a query with these values finds in a journal."""
_AT_ONCE = 500
"""Users whose results are in memory at one time."""
_DONE = """
    SELECT user.number, user.crashes, quick.result, full.result
    FROM user
    LEFT JOIN result AS quick ON quick.number = user.number AND quick.depth = 'quick'
    LEFT JOIN result AS full ON full.number = user.number AND full.depth = 'full'
    WHERE user.state = 'done' AND user.number > ? ORDER BY user.number LIMIT ?
"""
_SET_ASIDE = """
    SELECT user.number, user.crashes, NULL, crash.result
    FROM user JOIN crash ON crash.fence = (SELECT max(fence) FROM crash WHERE crash.number = user.number)
    WHERE user.state = 'set-aside' AND user.number > ? ORDER BY user.number LIMIT ?
"""

_EARLIER = """
    SELECT user.number, user.crashes, NULL, earlier.result
    FROM user JOIN earlier ON earlier.number = user.number
        AND earlier.period = (SELECT max(period) FROM earlier AS other WHERE other.number = user.number)
    WHERE user.state IN ('waiting', 'leased') AND user.number > ? ORDER BY user.number LIMIT ?
"""
"""Of users who wait to be checked again, what the last check found."""


def combined(quick: UserResult, full: UserResult) -> UserResult:
    """Return the result of the full check, and whether the two certainly disagree; times and requests are of both."""
    return full.model_copy(
        update={
            "flaky": quick.certain and full.certain and quick.verdict is not full.verdict,
            "seconds": round(quick.seconds + full.seconds, 3),
            "requests": quick.requests + full.requests,
        }
    )


def final(query: Query) -> Iterator[UserResult]:
    """Yield the newest result of every user who has one, in the list's order."""
    last = 0
    while found := _next(query, last):
        for number, crashes, quick, full in found:
            last = number
            yield _result(crashes, quick, full)


def _next(query: Query, last: int) -> list[tuple[Any, ...]]:
    found = [row for part in (_DONE, _SET_ASIDE, _EARLIER) for row in query(part, (last, _AT_ONCE))]
    return sorted(found, key=lambda row: row[0])[:_AT_ONCE]


def _result(crashes: int, quick: str | None, full: str | None) -> UserResult:
    kept = UserResult.model_validate_json(full or quick or "")
    if quick and full:
        kept = combined(UserResult.model_validate_json(quick), kept)
    return kept.model_copy(update={"attempts": max(crashes, 1) if kept.set_aside else crashes + 1})
