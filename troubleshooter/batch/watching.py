"""Checks again whoever is not in sync, at an interval, until everybody is or the deadline comes (`--watch`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from troubleshooter.batch.start import Begun
from troubleshooter.batch.verify import Ended
from troubleshooter.model.batch_records import EndedBy, UserResult
from troubleshooter.model.enums import Verdict
from troubleshooter.run.signals import handling
from troubleshooter.run.watch import Timer, Watch

Check = Callable[[Ended | None], Awaitable[Ended]]
"""Checks everybody who waits in the journal, in the sessions that go on from the check before, if there was one."""


async def watched(
    begun: Begun,
    check: Check,
    watch: Watch,
    timer: Timer,
    waiting: Callable[[datetime, int], None] = lambda due, users: None,  # noqa: ARG005
) -> Ended:
    """Call `check`, and again for whoever is not in sync, every `watch.every` after the newest result.

    Sessions go on from one check to the next. An account signs in again only if its session is over, and the journal
    allows it. Everything is in the journal: a watch that dies is continued where it was.

    Args:
        waiting: called before each wait, with the time of the next check and how many users it is about.
    """
    ended, last = Ended(EndedBy.DONE), None
    with handling(timer.stop):
        while True:
            if begun.journal.waiting():
                last = await check(last)
                ended = _together(ended, last)
            again = to_check_again(begun) if ended.by is EndedBy.DONE else []
            if not again:
                return ended
            due = max(result.finished for result in begun.journal.results()) + watch.every
            if watch.deadline and max(due, timer.now()) > watch.deadline:
                return replace(ended, by=EndedBy.DEADLINE)
            waiting(due, len(again))
            if not await timer.until(due):
                return replace(ended, by=EndedBy.INTERRUPTED)
            begun.journal.repeats.begin(again)


def to_check_again(begun: Begun) -> list[UserResult]:
    """Return the results of the users who are to be checked again: not in sync, and not accepted.

    Not those who were set aside, and those whose own account was not let in, which only a person can change.
    """
    own = {row.upn for row in begun.journal.users() if row.account}
    today = datetime.now(UTC).date()
    return [
        result
        for result in begun.journal.results()
        if not begun.acceptances.applied(result, today).good
        and not result.set_aside
        and not (result.verdict is Verdict.STOPPED and result.upn in own)
    ]


def _together(before: Ended, now: Ended) -> Ended:
    """Return how the newest check ended, with what is to be said about all of them."""
    notes = tuple(dict.fromkeys((*before.notes, *now.notes)))
    return replace(now, throttled=before.throttled + now.throttled, notes=notes)
