"""A password is sent once: what nobody saw the end of, and what was refused, is not repeated by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooter.batch.sign_ins import OnHold, SignInOutcome
from troubleshooter.model.enums import REFUSED_SECRET, Reason

from .made import journal, resumed


def test_an_attempt_is_unknown_until_its_outcome_is_seen(tmp_path: Path):
    """It is there before anything is sent, and has an outcome once that was seen."""
    with journal(tmp_path) as kept:
        attempt = kept.sign_ins.begin("ana", "1")
        assert [("ana", "1", SignInOutcome.UNKNOWN)] == [(a.account, a.session, a.outcome) for a in kept.sign_ins.all()]
        kept.sign_ins.passed(attempt)
        assert [SignInOutcome.PASSED] == [a.outcome for a in kept.sign_ins.all()]
        assert () == kept.sign_ins.on_hold()


def test_an_attempt_that_nobody_saw_end_stays_unknown(tmp_path: Path):
    """After the process died, the account does not sign in again; others do, and nobody calls it failed."""
    with journal(tmp_path) as kept:
        kept.sign_ins.begin("ana", "1")
    for _ in range(2):
        with resumed(tmp_path) as kept:
            assert [("ana", SignInOutcome.UNKNOWN)] == [(a.account, a.outcome) for a in kept.sign_ins.on_hold()]
            with pytest.raises(OnHold, match="not seen to end"):
                kept.sign_ins.begin("ana", "2")
            assert 1 == len(kept.sign_ins.all())
    with resumed(tmp_path) as kept:
        kept.sign_ins.passed(kept.sign_ins.begin("helpdesk", "2"))


def test_one_attempt_of_an_account_at_a_time(tmp_path: Path):
    """A second session of an account signs in only once the first has been seen to succeed."""
    with journal(tmp_path) as kept:
        first = kept.sign_ins.begin("ana", "1")
        with pytest.raises(OnHold):
            kept.sign_ins.begin("ana", "2")
        kept.sign_ins.passed(first)
        kept.sign_ins.passed(kept.sign_ins.begin("ana", "2"))


@pytest.mark.parametrize("reason", [Reason.WRONG_PASSWORD, Reason.MFA_TIMEOUT, Reason.HOST_UNREACHABLE])
def test_a_refused_secret_is_not_sent_again(reason: Reason, tmp_path: Path):
    """A refused secret holds the account; what had nothing to do with the secret does not."""
    with journal(tmp_path) as kept:
        kept.sign_ins.failed(kept.sign_ins.begin("ana", "1"), reason)
    with resumed(tmp_path) as kept:
        held = [attempt.reason for attempt in kept.sign_ins.on_hold()]
        assert ([reason] if reason in REFUSED_SECRET else []) == held
        if held:
            with pytest.raises(OnHold, match=r"failed \(wrong-password\)"):
                kept.sign_ins.begin("ana", "2")
        else:
            kept.sign_ins.begin("ana", "2")


def test_a_person_may_let_an_account_sign_in_again(tmp_path: Path):
    """It then signs in once; what is known of the attempt before does not change; another account stays on hold."""
    with journal(tmp_path) as kept:
        kept.sign_ins.begin("ana", "1")
        kept.sign_ins.begin("bob", "1")
    with resumed(tmp_path) as kept:
        kept.sign_ins.release(["ana"])
        assert ["bob"] == [attempt.account for attempt in kept.sign_ins.on_hold()]
        kept.sign_ins.begin("ana", "2")
        outcomes = [(a.account, a.session, a.outcome) for a in kept.sign_ins.all()]
        unknown = SignInOutcome.UNKNOWN
        assert [("ana", "1", unknown), ("bob", "1", unknown), ("ana", "2", unknown)] == outcomes
        with pytest.raises(OnHold):
            kept.sign_ins.begin("ana", "3")


def test_an_outcome_is_written_once(tmp_path: Path):
    """An attempt that has ended, or that nobody began, cannot end."""
    with journal(tmp_path) as kept:
        attempt = kept.sign_ins.begin("ana", "1")
        kept.sign_ins.passed(attempt)
        for number in (attempt, 99):
            with pytest.raises(ValueError, match="has ended before, or never began"):
                kept.sign_ins.failed(number, Reason.WRONG_PASSWORD)
        assert [SignInOutcome.PASSED] == [a.outcome for a in kept.sign_ins.all()]
