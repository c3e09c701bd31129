"""Whatever workers, crashes and shutdowns do: no user is lost, none is finished twice, and fences grow."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Lease
from troubleshooter.batch.sign_ins import OnHold, SignInOutcome
from troubleshooter.model.batch_records import Depth
from troubleshooter.model.enums import REFUSED_SECRET, Reason

from .made import journal, result, resumed, upn

VERDICTS = st.sampled_from(["in-sync", "out-of-sync", "inconclusive"])


class JournalMachine(RuleBasedStateMachine):
    """Works on a journal, and on a plain model of it."""

    leases = Bundle("leases")
    """Leases, of which some have ended: their workers are late."""
    attempts = Bundle("attempts")

    @initialize(count=st.integers(1, 6))
    def begin(self, count: int) -> None:
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.journal = journal(self.folder, count)
        self.states = dict.fromkeys(range(1, count + 1), UserState.WAITING)
        self.depths = dict.fromkeys(self.states, Depth.QUICK)
        self.crashes = dict.fromkeys(self.states, 0)
        self.current: dict[int, int] = {}
        self.done: dict[int, str] = {}
        self.highest = 0
        self.sign_ins: dict[int, tuple[str, SignInOutcome, Reason | None]] = {}

    @rule(target=leases, most=st.integers(1, 3), depth=st.sampled_from([None, Depth.QUICK, Depth.FULL]))
    def lease(self, most: int, depth: Depth | None):
        waiting = [n for n, s in self.states.items() if s is UserState.WAITING and depth in (None, self.depths[n])]
        found = self.journal.lease_some(most, "worker", depth)
        assert min(most, len(waiting)) == len(found)
        for lease in found:
            assert lease.fence > self.highest
            assert lease.row.number in waiting
            assert self.depths[lease.row.number] is lease.depth
            self.highest = lease.fence
            self.states[lease.row.number] = UserState.LEASED
            self.current[lease.row.number] = lease.fence
        return multiple(*found)

    def holds(self, lease: Lease) -> bool:
        return self.current.get(lease.row.number) == lease.fence

    def ended(self, lease: Lease, state: UserState) -> None:
        self.states[lease.row.number] = state
        del self.current[lease.row.number]

    @rule(lease=leases, verdict=VERDICTS)
    def finish(self, lease: Lease, verdict: str) -> None:
        number, holds = lease.row.number, self.holds(lease)
        assert holds == self.journal.finish(upn(number), lease.fence, result(number, verdict, depth=lease.depth))
        if holds:
            assert number not in self.done
            self.done[number] = verdict
            self.ended(lease, UserState.DONE)

    @rule(lease=leases, verdict=VERDICTS)
    def look_closer(self, lease: Lease, verdict: str) -> None:
        if lease.depth is Depth.FULL:
            return
        holds = self.holds(lease)
        assert holds == self.journal.look_closer(lease.row.upn, lease.fence, result(lease.row.number, verdict))
        if holds:
            self.depths[lease.row.number] = Depth.FULL
            self.ended(lease, UserState.WAITING)

    @rule(lease=leases)
    def give_back(self, lease: Lease) -> None:
        holds = self.holds(lease)
        assert holds == self.journal.give_back(lease.row.upn, lease.fence)
        if holds:
            self.ended(lease, UserState.WAITING)

    @rule(lease=leases)
    def crash(self, lease: Lease) -> None:
        number, holds = lease.row.number, self.holds(lease)
        after = UserState.SET_ASIDE if self.crashes[number] else UserState.WAITING
        evidence = result(number, "inconclusive", depth=lease.depth)
        assert (after if holds else None) is self.journal.crashed(upn(number), lease.fence, evidence)
        if holds:
            self.crashes[number] += 1
            self.ended(lease, after)

    @rule(clean=st.booleans())
    def die_and_resume(self, clean: bool) -> None:
        if clean:
            self.journal.release_all_leases()
        self.journal.close()
        self.journal = resumed(self.folder)
        for number in list(self.current):
            self.states[number] = UserState.WAITING
        self.current.clear()

    @rule(target=attempts, account=st.sampled_from("ab"))
    def sign_in(self, account: str):
        held = [
            attempt
            for attempt, (who, outcome, reason) in self.sign_ins.items()
            if who == account and (outcome is SignInOutcome.UNKNOWN or reason in REFUSED_SECRET)
        ]
        try:
            attempt = self.journal.sign_ins.begin(account, f"session {len(self.sign_ins)}")
        except OnHold:
            assert held
            return multiple()
        assert not held
        self.sign_ins[attempt] = (account, SignInOutcome.UNKNOWN, None)
        return attempt

    @rule(attempt=consumes(attempts), reason=st.sampled_from([None, Reason.WRONG_PASSWORD, Reason.HOST_UNREACHABLE]))
    def see_outcome(self, attempt: int, reason: Reason | None) -> None:
        account = self.sign_ins[attempt][0]
        if reason:
            self.journal.sign_ins.failed(attempt, reason)
        else:
            self.journal.sign_ins.passed(attempt)
        self.sign_ins[attempt] = (account, SignInOutcome.FAILED if reason else SignInOutcome.PASSED, reason)

    @invariant()
    def nobody_is_lost(self) -> None:
        if not hasattr(self, "states"):
            return
        expected = {state: list(self.states.values()).count(state) for state in UserState}
        assert expected == self.journal.counts()
        results = {found.number: found for found in self.journal.results()}
        assert list(results) == sorted(n for n, s in self.states.items() if s in (UserState.DONE, UserState.SET_ASIDE))
        assert self.done == {n: found.verdict for n, found in results.items() if not found.set_aside}
        seen = {
            attempt.id: (attempt.account, attempt.outcome, attempt.reason) for attempt in self.journal.sign_ins.all()
        }
        assert self.sign_ins == seen

    def teardown(self) -> None:
        if hasattr(self, "journal"):
            self.journal.close()
            self.temporary.cleanup()


TestJournal = JournalMachine.TestCase
TestJournal.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
