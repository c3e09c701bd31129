"""Checks many users: the table of contents of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from troubleshooter.batch.deadline import ending_at
from troubleshooter.batch.engine.here import perform_here
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.plan import Ending
from troubleshooter.batch.prepared_batch import Batch, Engine
from troubleshooter.batch.sign_in import NotLetIn
from troubleshooter.model.batch_records import EndedBy

if TYPE_CHECKING:
    from playwright.async_api import StorageState

__all__ = ["Batch", "Ended", "verify"]


@dataclass(frozen=True)
class Ended:
    """How a run of many users ended."""

    by: EndedBy
    refused: tuple[NotLetIn, ...] = ()
    throttled: int = 0
    notes: tuple[str, ...] = ()
    """What else to say about it, a line each."""
    sessions: Mapping[str, StorageState] = field(default_factory=dict)
    """The sessions that go on, by their account."""


async def verify(batch: Batch, engine: Engine = perform_here, deadline: datetime | None = None) -> Ended:
    """Check everybody who waits in the journal.

    Args:
        deadline: after which nothing new begins.

    Raises:
        Stopped: no browser started.
        CannotWrite: the journal or the folder can't be written any more.
    """
    ending = Ending()
    async with ending_at(deadline, ending):
        performed = await engine(batch, ending)
    counts = batch.journal.counts()
    left = counts[UserState.WAITING] + counts[UserState.LEASED]
    by = ending.by or (EndedBy.NOT_LET_IN if performed.refused and left else EndedBy.DONE)
    if by is EndedBy.DEADLINE and not left:
        by = EndedBy.DONE  # the last check was in flight
    return Ended(by, performed.refused, performed.throttled, performed.notes, performed.sessions)
