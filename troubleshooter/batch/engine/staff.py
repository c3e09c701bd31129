"""Knows the processes of a run: where they are, and with which account each checks users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from troubleshooter.batch.sign_in import NotLetIn


@dataclass
class _Member:
    worker: str
    """The address of the Dask worker."""
    account: str | None
    """The account with which it checks users; None if no account was let in there."""
    refused: set[str] = field(default_factory=set)
    unfit: bool = False


@dataclass
class Staff:
    """The processes that check users. Each stays with its account, so that it signs in once."""

    accounts: Sequence[str]
    """The accounts of the run."""
    _members: dict[str, _Member] = field(default_factory=dict)
    _refused: dict[str, NotLetIn] = field(default_factory=dict)

    def join(self, process: str, worker: str) -> str | None:
        """Add a process; return the process that was in its place, and must have ended."""
        before = next((id_ for id_, one in self._members.items() if one.worker == worker), None)
        self._members.setdefault(process, _Member(worker, self._next_account(set())))
        return before if before != process else None

    def drop(self, process: str) -> None:
        """Remove a process that has ended."""
        self._members.pop(process, None)

    @property
    def processes(self) -> dict[str, str]:
        """Return the address of each process's Dask worker."""
        return {id_: one.worker for id_, one in self._members.items()}

    @property
    def useless(self) -> frozenset[str]:
        """Return the addresses of the Dask workers that can't check anybody."""
        return frozenset(one.worker for one in self._members.values() if one.unfit or one.account is None)

    def worker_of(self, process: str) -> str:
        """Return the address of a process's Dask worker, for people."""
        return self._members[process].worker if process in self._members else "a worker that has left"

    def is_here(self, process: str) -> bool:
        """Return whether a process has joined and not ended."""
        return process in self._members

    def account_of(self, process: str) -> str | None:
        """Return the account with which a process checks users; None if it can't check anybody."""
        member = self._members.get(process)
        return member.account if member and not member.unfit else None

    def exclude(self, process: str, why: str) -> str | None:
        """Note that a process can't check anybody; return the line that says so, the first time."""
        member = self._members[process]
        said, member.unfit = member.unfit, True
        return None if said else f"{member.worker} can't check anybody: {why}"

    def refuse(self, process: str, account: str, error: NotLetIn) -> None:
        """Note that an account was not let in there: the process goes on with another one, if it was its own."""
        member = self._members[process]
        member.refused.add(account)
        if member.account == account:
            member.account = self._next_account(member.refused)
        if account not in self._refused or error.record:
            self._refused[account] = error

    @property
    def refused_accounts(self) -> frozenset[str]:
        """Return the accounts that were not let in somewhere."""
        return frozenset(self._refused)

    @property
    def refused(self) -> tuple[NotLetIn, ...]:
        """Return why accounts were not let in, one for each."""
        return tuple(self._refused.values())

    @property
    def is_anybody_fit(self) -> bool:
        """Return whether a process has joined that can check users."""
        return any(one.account is not None and not one.unfit for one in self._members.values())

    def _next_account(self, refused: set[str]) -> str | None:
        """Return the account that the fewest processes use."""
        used = Counter(one.account for one in self._members.values())
        return min((name for name in self.accounts if name not in refused), key=lambda name: used[name], default=None)
