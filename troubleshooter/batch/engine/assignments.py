"""Knows which process is checking whom, so that nobody is checked twice and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Lease
from troubleshooter.batch.next_work import Work
from troubleshooter.batch.worker import nothing_seen
from troubleshooter.model.batch_records import Depth, UserResult

MOST_LOST_QUICKLY, MOST_LOST = 2, 3
"""Processes lost with a user, from which on the user is checked alone, and from which on that counts as a crash."""


@dataclass
class Assignment:
    """Some users whom a process is to check."""

    id: str
    work: Work
    process: str | None = None
    """Who has begun; None as long as nobody has."""


@dataclass
class Assignments:
    """The assignments that are not over."""

    journal: Journal
    open: dict[str, Assignment] = field(default_factory=dict)
    _lost: Counter[int] = field(default_factory=Counter)
    """How many processes were lost with each user, by number."""

    def add(self, work: Work) -> Assignment:
        """Make an assignment of `work`."""
        added = Assignment(work.leases[0].worker, work)
        self.open[added.id] = added
        return added

    def begin(self, id_: str, process: str) -> Assignment | None:
        """Give an assignment to the first process that asks for it; None for every other, and if it is over."""
        found = self.open.get(id_)
        if found is None or found.process is not None:
            return None
        found.process = process
        return found

    def holds(self, process: str, fence: int) -> bool:
        """Return whether a process is still checking the user whose lease is `fence`."""
        mine = (one for one in self.open.values() if one.process == process)
        return any(lease.fence == fence for one in mine for lease in one.work.leases)

    def of(self, process: str) -> list[str]:
        """Return the assignments that a process has begun."""
        return [id_ for id_, one in self.open.items() if one.process == process]

    def has_begun(self, id_: str) -> bool:
        """Return whether a process is checking the users of an assignment."""
        return id_ in self.open and self.open[id_].process is not None

    def has(self, process: str) -> bool:
        """Return whether a process is still checking somebody."""
        return bool(self.of(process))

    def give_back(self, id_: str) -> None:
        """End an assignment; users without a result wait again."""
        if ended := self.open.pop(id_, None):
            for lease in ended.work.leases:
                self.journal.give_back(lease.row.upn, lease.fence)

    def lose(self, id_: str) -> list[UserResult]:
        """End an assignment that its process did not end: its users wait again, as if the browser had been lost.

        Returns:
            The results of users who are set aside, because too many processes were lost with them.
        """
        ended = self.open.pop(id_, None)
        found = [self._lose(lease) for lease in ended.work.leases] if ended else []
        return [result for result in found if result]

    def _lose(self, lease: Lease) -> UserResult | None:
        self._lost[lease.row.number] += 1
        times, upn = self._lost[lease.row.number], lease.row.upn
        seen = nothing_seen(lease, lease.row.account or "").model_copy(update={"depth": lease.depth})
        if lease.depth is Depth.QUICK and times >= MOST_LOST_QUICKLY:
            self.journal.look_closer(upn, lease.fence, seen)
        elif times >= MOST_LOST:
            if self.journal.crashed(upn, lease.fence, seen) is UserState.SET_ASIDE:
                return seen.model_copy(update={"set_aside": True})
        else:
            self.journal.give_back(upn, lease.fence)
        return None
