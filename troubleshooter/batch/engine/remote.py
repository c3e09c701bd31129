"""The journal and the pace of a run, as a process sees them that does not own them: each call is a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from troubleshooter.batch.engine.channel import Channel
from troubleshooter.batch.engine.parcels import send_folder
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Finished
from troubleshooter.batch.sign_ins import OnHold, SignIn, SignInOutcome
from troubleshooter.evidence.redacted import for_file
from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Reason
from troubleshooter.model.scalars import rfc3339
from troubleshooter.redaction.redactor import Redactor


def as_json(attempt: SignIn) -> dict[str, Any]:
    """Return an attempt as it is sent."""
    return {
        "id": attempt.id,
        "account": attempt.account,
        "session": attempt.session,
        "started": rfc3339(attempt.started),
        "outcome": attempt.outcome.value,
        "reason": attempt.reason.value if attempt.reason else None,
        "released": attempt.released,
    }


def _attempt(sent: dict[str, Any]) -> SignIn:
    reason = Reason(sent["reason"]) if sent["reason"] else None
    started, outcome = datetime.fromisoformat(sent["started"]), SignInOutcome(sent["outcome"])
    return SignIn(sent["id"], sent["account"], sent["session"], started, outcome, reason, sent["released"])


@dataclass(frozen=True)
class RemoteSignIns:
    """The sign-in attempts; nothing may be typed before the owner has written the attempt down."""

    channel: Channel

    def begin(self, account: str, session: str) -> int:
        """Have an attempt written down; return its id.

        Raises:
            OnHold: an earlier attempt forbids it.
            OwnerGone: nobody wrote it down.
        """
        answer = self.channel.ask("sign-in-begins", account=account, session=session)
        if held := answer.get("held"):
            raise OnHold(_attempt(held))
        return int(answer["id"])

    def passed(self, attempt: int) -> None:
        """Have it written down that an attempt succeeded."""
        self.channel.ask("sign-in-passed", attempt=attempt)

    def failed(self, attempt: int, reason: Reason) -> None:
        """Have it written down that an attempt failed."""
        self.channel.ask("sign-in-failed", attempt=attempt, reason=reason.value)

    def all(self) -> tuple[SignIn, ...]:
        """Return all attempts."""
        return tuple(_attempt(sent) for sent in self.channel.ask("sign-ins"))


@dataclass(frozen=True)
class RemoteLedger:
    """The journal. Results are redacted here, and their evidence is sent before them."""

    channel: Channel
    folder: Path
    redactor: Redactor

    @property
    def sign_ins(self) -> RemoteSignIns:
        """Return the sign-in attempts."""
        return RemoteSignIns(self.channel)

    def finish(self, upn: str, fence: int, result: UserResult) -> bool:
        """Have a result written down; False if this process is late."""
        return not self.finish_all([Finished(upn, fence, result)])

    def finish_all(self, finished: Iterable[Finished]) -> frozenset[str]:
        """Have several results written down; return the users for whom this process is late."""
        sent = [(upn, fence, self._ready(fence, result)) for upn, fence, result in finished]
        return frozenset(self.channel.ask("finish", finished=sent) if sent else ())

    def look_closer(self, upn: str, fence: int, quick: UserResult) -> bool:
        """Have a quick result kept."""
        return bool(self.channel.ask("closer", upn=upn, fence=fence, result=self._ready(fence, quick)))

    def give_back(self, upn: str, fence: int) -> bool:
        """Let a user wait again."""
        return bool(self.channel.ask("give-back", upn=upn, fence=fence))

    def crashed(self, upn: str, fence: int, evidence: UserResult) -> UserState | None:
        """Have a crash written down."""
        state = self.channel.ask("crashed", upn=upn, fence=fence, result=self._ready(fence, evidence))
        return UserState(state) if state else None

    def _ready(self, fence: int, result: UserResult) -> str:
        """Return a result as it is sent, after its evidence."""
        if result.run and not send_folder(self.channel, fence, self.folder, result.run):
            result = result.model_copy(update={"run": None, "reference_shot": None, "copy_shot": None})
        return for_file(self.redactor, result).model_dump_json()


@dataclass(frozen=True)
class RemotePace:
    """The pace of one account, which all processes share."""

    channel: Channel
    account: str

    async def take(self, requests: int) -> bool:
        """Wait until that many requests may be sent."""
        return bool(await self.channel.asked("take", account=self.account, requests=requests))

    def spend(self, requests: int) -> None:
        """Count requests that were sent without waiting."""
        self.channel.tell("spend", account=self.account, requests=requests)

    def note_throttled(self, retry_after: str = "") -> None:
        """Slow down all processes."""
        self.channel.tell("throttled", account=self.account, retry_after=retry_after)

    def note_answered(self) -> None:
        """Note a batch without a throttled request."""
        self.channel.tell("answered", account=self.account)


@dataclass(frozen=True)
class RemoteTurn:
    """The turn of a process to sign in with an account."""

    channel: Channel
    account: str

    async def __aenter__(self) -> None:
        """Wait until no other process signs in with the account."""
        await self.channel.asked("turn", account=self.account)

    async def __aexit__(self, *_: object) -> None:
        """Let the next process sign in."""
        await self.channel.asked("turn-over", account=self.account)


def leases_as_json(leases: Sequence[Any]) -> list[dict[str, Any]]:
    """Return leases as they are sent."""
    return [
        {"row": lease.row.model_dump_json(), "depth": lease.depth.value, "fence": lease.fence}
        | {"worker": lease.worker, "crashes": lease.crashes, "checked": lease.checked}
        for lease in leases
    ]
