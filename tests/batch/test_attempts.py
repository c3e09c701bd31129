"""What a run saw of a sign-in decides whether it is repeated by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from troubleshooter.batch.sign_in import Attempt, NotLetIn, check_not_held
from troubleshooter.batch.sign_ins import SignInOutcome
from troubleshooter.model.enums import Reason, StepStatus
from troubleshooter.model.message import message
from troubleshooter.model.records import Record, Step, Stop

from .made import journal

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def record(reason: Reason | None, *, sent: bool, let_in: bool = False) -> Record:
    """Return the record of a run that signed in, or was stopped before or after that."""
    passed = Step(id="office-com", article_step="B2", title="Sign in", status=StepStatus.PASSED)
    stop = Stop(step="b3", what=message("No answer."), help=message("Try again."), secret_sent=sent) if reason else None
    base = Record(id="r", scenario="x", tenant="x", subject="a@b.c", account="ana", started=NOW)
    return base.model_copy(update={"reason": reason, "stop": stop, "steps": (passed,) if let_in else ()})


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (record(Reason.WRONG_PASSWORD, sent=True), SignInOutcome.FAILED),
        (record(Reason.MFA_TIMEOUT, sent=True), SignInOutcome.FAILED),
        (record(Reason.HOST_UNREACHABLE, sent=False), SignInOutcome.FAILED),
        (record(Reason.HOST_UNREACHABLE, sent=True), SignInOutcome.UNKNOWN),
        (record(Reason.PROXY, sent=True), SignInOutcome.UNKNOWN),
        (record(Reason.HOST_UNREACHABLE, sent=True, let_in=True), SignInOutcome.PASSED),
        (record(None, sent=True, let_in=True), SignInOutcome.PASSED),
        (record(None, sent=True), SignInOutcome.UNKNOWN),
    ],
)
def test_only_what_was_seen_is_an_outcome(seen: Record, outcome: SignInOutcome, tmp_path: Path):
    """A connection that was lost after the password was sent says nothing; whoever was let in was let in."""
    with journal(tmp_path) as kept:
        attempt = Attempt(kept.sign_ins, "ana", "1")
        attempt.gate()
        attempt.note(seen)
        assert [outcome] == [one.outcome for one in kept.sign_ins.all()]


def test_a_sign_in_passed_as_soon_as_that_was_seen(tmp_path: Path):
    """A process that dies in the rest of the check leaves no unknown sign-in; the end of the check changes nothing."""
    with journal(tmp_path) as kept:
        attempt = Attempt(kept.sign_ins, "ana", "1")
        attempt.gate()
        with pytest.raises(NotLetIn, match="add --sign-in-again"):
            check_not_held(kept.sign_ins.all())
        attempt.note_passed()
        check_not_held(kept.sign_ins.all())
        attempt.note(record(Reason.HOST_UNREACHABLE, sent=True, let_in=True))
        assert [SignInOutcome.PASSED] == [one.outcome for one in kept.sign_ins.all()]
