"""Answers what processes ask about the journal. Who comes with a lease that has ended is late, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from troubleshooter.batch.engine.assignments import Assignments
from troubleshooter.batch.engine.channel import Message
from troubleshooter.batch.engine.parcels import Parcels
from troubleshooter.batch.engine.remote import as_json
from troubleshooter.batch.journal import Journal
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Finished
from troubleshooter.batch.sign_ins import OnHold
from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Reason


class Late(Exception):
    """The process that asks is late: what it wants to do was given to another one."""


@dataclass(frozen=True)
class JournalDesk:
    """Where results and sign-in attempts are handed in."""

    journal: Journal
    assignments: Assignments
    parcels: Parcels
    done: Callable[[UserResult], None]
    """Called with each result that counts."""

    def finish(self, process: str, finished: Sequence[tuple[str, int, str]]) -> list[str]:
        """Write down results, with their evidence; return the users for whom the process is late."""
        results = [Finished(upn, fence, UserResult.model_validate_json(text)) for upn, fence, text in finished]
        mine = [one for one in results if self._placed(process, one.fence, one.result)]
        late = self.journal.finish_all(mine)
        for upn, _, result in mine:
            if upn not in late:
                self.done(result)
        return [*late, *(one.upn for one in results if one not in mine)]

    def closer(self, process: str, upn: str, fence: int, result: str) -> bool:
        """Keep a quick result, and let the user wait for a full check."""
        quick = UserResult.model_validate_json(result)
        return self.assignments.holds(process, fence) and self.journal.look_closer(upn, fence, quick)

    def give_back(self, process: str, upn: str, fence: int) -> bool:
        """Let a user wait again."""
        return self.assignments.holds(process, fence) and self.journal.give_back(upn, fence)

    def crashed(self, process: str, upn: str, fence: int, result: str) -> str | None:
        """Write down that the browser crashed with a user."""
        evidence = UserResult.model_validate_json(result)
        if not self._placed(process, fence, evidence):
            return None
        state = self.journal.crashed(upn, fence, evidence)
        if state is UserState.SET_ASIDE:
            self.done(evidence.model_copy(update={"set_aside": True}))
        return state.value if state else None

    def piece(self, process: str, fence: int, name: str, start: int, piece: bytes) -> None:
        """Take a piece of a folder of evidence; `fence` is 0 for that of a sign-in."""
        if fence and not self.assignments.holds(process, fence):
            raise Late
        self.parcels.add(process, name, start, piece)

    def sign_in_begins(self, process: str, account: str, session: str) -> Message:
        """Write down that a password is about to be sent, unless an earlier attempt forbids it."""
        if not self.assignments.has(process):
            raise Late
        try:
            return {"id": self.journal.sign_ins.begin(account, session)}
        except OnHold as hold:
            return {"held": as_json(hold.sign_in)}

    def sign_in_passed(self, process: str, attempt: int) -> None:  # noqa: ARG002 - a late one has seen it, too
        """Write down that an attempt was seen to succeed."""
        self.journal.sign_ins.passed(attempt)

    def sign_in_failed(self, process: str, attempt: int, reason: str) -> None:  # noqa: ARG002 - as above
        """Write down that an attempt was seen to fail."""
        self.journal.sign_ins.failed(attempt, Reason(reason))

    def sign_ins(self, process: str) -> list[Message]:  # noqa: ARG002 - everybody may know
        """Return all attempts."""
        return [as_json(attempt) for attempt in self.journal.sign_ins.all()]

    def _placed(self, process: str, fence: int, result: UserResult) -> bool:
        """Put the evidence of a result where it belongs; return False if its process is late."""
        if not self.assignments.holds(process, fence):
            return False
        if result.run:
            self.parcels.put(process, result.run)
        return True
