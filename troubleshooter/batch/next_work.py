"""Chooses what a worker does next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from troubleshooter.batch.journal import Journal
from troubleshooter.batch.leases import Lease
from troubleshooter.model.batch_records import Depth

AT_ONCE = 24
"""Users whose pictures are requested side by side. A browser sends six requests to a host at a time; a page shows a
dozen people or so."""
FEW = 4
"""The same after the service asked to slow down: what is requested side by side must not be too much by itself."""


@dataclass(frozen=True)
class Work:
    """What a worker does next: several quick checks, or one full check."""

    leases: tuple[Lease, ...]
    """All of the same depth."""
    account: str | None = None
    """The account that the list names for this user; None for the worker's own."""

    @property
    def depth(self) -> Depth:
        """Return how closely the users are checked."""
        return self.leases[0].depth


def next_work(
    journal: Journal, worker: str, *, slowed: bool, let_in: bool = True, refused: Collection[str] = ()
) -> Work | None:
    """Lease what waits next to `worker`: quick checks first; None if nobody waits whom it can check.

    Args:
        slowed: whether the service asked to slow down.
        let_in: whether it has an account to check others with.
        refused: accounts of rows that were not let in.
    """
    if let_in and (leases := journal.lease_some(FEW if slowed else AT_ONCE, worker, Depth.QUICK)):
        return Work(leases)
    if let_in and (lease := journal.lease(worker, Depth.FULL)):
        return Work((lease,))
    for account, depth in journal.waiting():
        if account and account not in refused and (lease := journal.lease(worker, depth, account)):
            return Work((lease,), account)
    return None
