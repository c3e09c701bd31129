"""Declares what workers share, wherever they run: in the journal's own process, or in one that sends it messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Finished
from troubleshooter.batch.sign_ins import SignIn
from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Reason


class SignInLog(Protocol):
    """The sign-in attempts of a run; `SignIns` says what each method does."""

    def begin(self, account: str, session: str) -> int:
        """Write down that a password is about to be sent; return the attempt's id."""

    def passed(self, attempt: int) -> None:
        """Write down that an attempt was seen to succeed."""

    def failed(self, attempt: int, reason: Reason) -> None:
        """Write down that an attempt was seen to fail."""

    def all(self) -> tuple[SignIn, ...]:
        """Return all attempts, first to last."""


class Ledger(Protocol):
    """Where workers write down what came of a check; `Journal` says what each method does."""

    @property
    def sign_ins(self) -> SignInLog:
        """Return the sign-in attempts."""

    def finish(self, upn: str, fence: int, result: UserResult) -> bool:
        """Write down a result; False if the worker is late."""

    def finish_all(self, finished: Iterable[Finished]) -> frozenset[str]:
        """Write down several results; return the users whose worker was late."""

    def look_closer(self, upn: str, fence: int, quick: UserResult) -> bool:
        """Keep a quick result, and let the user wait for a full check; False if the worker is late."""

    def give_back(self, upn: str, fence: int) -> bool:
        """Let a user who was not checked wait again; False if the worker is late."""

    def crashed(self, upn: str, fence: int, evidence: UserResult) -> UserState | None:
        """Write down that the browser crashed with a user; None if the worker is late."""


class Paced(Protocol):
    """The pace of one account's requests; `Pace` says what each method does."""

    async def take(self, requests: int) -> bool:
        """Wait until that many requests may be sent; False if the run ended meanwhile."""

    def spend(self, requests: int) -> None:
        """Count requests that were sent without waiting."""

    def note_throttled(self, retry_after: str = "") -> None:
        """Pause all requests, and send fewer afterwards."""

    def note_answered(self) -> None:
        """Note a batch without a throttled request."""
