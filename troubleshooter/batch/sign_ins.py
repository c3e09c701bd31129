"""Keeps the sign-in attempts of a run, so that no password is sent twice by accident, whatever ends the process.

An attempt is written before the password is sent. Until its outcome was seen it is `unknown`; after a crash it stays
so: nobody knows whether the password was sent, so the account does not sign in again by itself, and nobody calls it
failed. A refused secret is not sent again by itself either.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from troubleshooter.batch.journal_file import JournalFile
from troubleshooter.model.enums import REFUSED_SECRET, Reason
from troubleshooter.model.scalars import rfc3339


class SignInOutcome(StrEnum):
    """How a sign-in ended, as far as anybody saw."""

    UNKNOWN = "unknown"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class SignIn:
    """One attempt to sign in."""

    id: int
    account: str
    session: str
    """The browser session in which it was made."""
    started: datetime
    outcome: SignInOutcome
    reason: Reason | None = None
    """Why it failed."""
    released: bool = False
    """Whether somebody has allowed the account to sign in again since."""

    @property
    def holds(self) -> bool:
        """Whether the account must not sign in again by itself."""
        refused = self.outcome is SignInOutcome.FAILED and self.reason in REFUSED_SECRET
        return not self.released and (refused or self.outcome is SignInOutcome.UNKNOWN)

    @property
    def why(self) -> str:
        """Why the account is on hold, for a person who decides whether it may sign in again."""
        when = f"{self.account}: the sign-in of {self.started:%Y-%m-%d %H:%M:%S} UTC"
        if self.outcome is SignInOutcome.FAILED:
            return f"{when} failed ({self.reason}), so it is not repeated by itself"
        return f"{when} was not seen to end; its password may have been sent, so it is not repeated by itself"


class OnHold(Exception):
    """An account must not sign in now.

    Attributes:
        sign_in: the attempt because of which.
    """

    def __init__(self, sign_in: SignIn) -> None:
        super().__init__(sign_in.why)
        self.sign_in = sign_in


class SignIns:
    """The sign-in attempts in a journal."""

    def __init__(self, file: JournalFile, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._clock = clock

    def begin(self, account: str, session: str) -> int:
        """Write down that the password of `account` is about to be sent; return the attempt's id.

        Args:
            session: the name of the browser session; each name is used once with an account.

        Raises:
            OnHold: an attempt of this account has not ended, or was refused; nothing may be sent.
        """
        with self._file.change() as change:
            if held := self._holding(account):
                raise OnHold(held)
            added = change.execute(
                "INSERT INTO sign_in (account, session, started) VALUES (?, ?, ?)",
                (account, session, rfc3339(self._clock())),
            )
            assert added.lastrowid
            return added.lastrowid

    def passed(self, attempt: int) -> None:
        """Write down that an attempt was seen to succeed."""
        self._end(attempt, SignInOutcome.PASSED, None)

    def failed(self, attempt: int, reason: Reason) -> None:
        """Write down that an attempt was seen to fail."""
        self._end(attempt, SignInOutcome.FAILED, reason)

    def _end(self, attempt: int, outcome: SignInOutcome, reason: Reason | None) -> None:
        with self._file.change() as change:
            ended = change.execute(
                "UPDATE sign_in SET outcome = ?, reason = ?, ended = ? WHERE id = ? AND outcome = 'unknown'",
                (outcome, reason, rfc3339(self._clock()), attempt),
            )
            if not ended.rowcount:
                raise ValueError(f"sign-in attempt {attempt} has ended before, or never began")

    def on_hold(self) -> tuple[SignIn, ...]:
        """Return, for each account that must not sign in again by itself, the attempt because of which."""
        return tuple({attempt.account: attempt for attempt in self.all() if attempt.holds}.values())

    def release(self, accounts: Collection[str]) -> None:
        """Let `accounts` sign in again, because a person asks for it; what is known of their attempts stays."""
        with self._file.change() as change:
            change.executemany(
                "UPDATE sign_in SET released = ? WHERE account = ? AND outcome != 'passed' AND released IS NULL",
                [(rfc3339(self._clock()), account) for account in accounts],
            )

    def all(self) -> tuple[SignIn, ...]:
        """Return all attempts, first to last."""
        rows = self._file.rows(
            "SELECT id, account, session, started, outcome, reason, released FROM sign_in ORDER BY id"
        )
        return tuple(
            SignIn(
                id_,
                account,
                session,
                datetime.fromisoformat(started),
                SignInOutcome(outcome),
                Reason(reason) if reason else None,
                released is not None,
            )
            for id_, account, session, started, outcome, reason, released in rows
        )

    def _holding(self, account: str) -> SignIn | None:
        return next((attempt for attempt in self.on_hold() if attempt.account == account), None)
