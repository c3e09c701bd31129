"""What a list of runs says about each. Pure."""

from __future__ import annotations

from datetime import datetime

from troubleshooter.model.enums import Verdict
from troubleshooter.model.message import Frozen
from troubleshooter.model.scalars import Time


class RunEntry(Frozen):
    """A run in a folder of reports."""

    folder: str
    """Name of its folder."""
    stamp: str = ""
    """What its record is recognized by as the one that was read: time and size of the file."""
    id: str = ""
    """The name that the run gave its folder."""
    many: bool = False
    """Whether it is a run of many users."""
    scenario: str = ""
    tenant: str = ""
    sandbox: str | None = None
    ticket: str | None = None
    started: Time
    finished: Time | None = None
    """None if it has not ended, or died."""
    subject: str = ""
    """UPN of the user; empty for many."""
    name: str = ""
    """The user's display name, if a page showed it."""
    verdicts: dict[str, int] = {}
    """Users by verdict: one for a run of one user."""
    total: int = 1
    """Users whom the run was to check."""
    reason: str | None = None
    causes: tuple[str, ...] = ()
    """Ids of the causes: of one user the likeliest only."""
    again: Time | None = None
    """When to check again, as the record says; None if it does not."""
    report: bool = True
    """Whether it has a report."""

    @property
    def verdict(self) -> Verdict:
        """The worst verdict; inconclusive if there is none."""
        found = [verdict for verdict in _WORST_FIRST if self.verdicts.get(verdict)]
        return found[0] if found else Verdict.INCONCLUSIVE

    @property
    def when(self) -> datetime:
        """When it ended, or else began."""
        return self.finished or self.started


_WORST_FIRST = (Verdict.OUT_OF_SYNC, Verdict.NO_PHOTO, Verdict.STOPPED, Verdict.INCONCLUSIVE, Verdict.IN_SYNC)
