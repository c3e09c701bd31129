"""One worker: checks the users whom it has leased, and writes down what came of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from troubleshooter.batch.browsers import BrowserSlot
from troubleshooter.batch.full_check import Checked, Checker, check_in_full
from troubleshooter.batch.journal_schema import UserState
from troubleshooter.batch.leases import Finished, Lease
from troubleshooter.batch.next_work import Work
from troubleshooter.batch.plan import BatchPlan, Colleague
from troubleshooter.batch.quick_batch import check_quickly
from troubleshooter.batch.quick_session import QuickSession
from troubleshooter.batch.refusals import Refusals
from troubleshooter.batch.shared_state import Paced
from troubleshooter.batch.sign_in import check_not_held
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.errors import CannotTell
from troubleshooter.evidence.run_folder import RunFolder
from troubleshooter.model.batch_records import Depth, UserResult
from troubleshooter.model.enums import Reason, Verdict

if TYPE_CHECKING:
    from playwright.async_api import StorageState

_BATCHES = 20
"""Quick batches after which a session is replaced, before what the browser keeps of it grows."""
_PER_USER = 2
"""Requests of SharePoint for each user of a quick check: the address of the photo redirects to another one."""
_MOST_GIVEN_BACK = 5
"""How often a user waits again because the service asked to slow down; then nothing can be said in this run."""


@dataclass
class Worker:
    """One worker, with one account and one browser at a time."""

    name: str
    plan: BatchPlan
    colleague: Colleague
    slot: BrowserSlot
    _session: tuple[SharedBrowser, QuickSession, StorageState] | None = None
    _batches: int = 0
    _throttled: dict[str, int] = field(default_factory=dict)
    _lost_browser_with: set[str] = field(default_factory=set)
    """The users in whose quick check a browser ended."""
    _refusals: Refusals = field(default_factory=lambda: Refusals(_MOST_GIVEN_BACK))

    async def check(self, work: Work) -> None:
        """Check the users of `work`, and write down what came of it.

        Raises:
            NotLetIn: the account was not let in.
        """
        if work.account:
            await self._as_themselves(work.leases[0], work.account)
        elif work.depth is Depth.QUICK:
            await self._quickly(work.leases)
        else:
            await self._in_full(work.leases[0])

    async def go_on_with(self, colleague: Colleague) -> None:
        """Check users with another account from now on."""
        await self._drop_session()
        self.colleague = colleague

    async def close(self) -> None:
        """Close what the worker keeps open between checks."""
        await self._drop_session()

    async def _quickly(self, leases: Sequence[Lease]) -> None:
        journal, mine = self.plan.journal, self.colleague.sign_in.prepared.credentials.username.lower()
        for lease in leases:
            if lease.row.upn == mine:  # whose photo may be requested only once the properties have been read
                journal.look_closer(lease.row.upn, lease.fence, nothing_seen(lease, self.colleague.name))
        leases = [lease for lease in leases if lease.row.upn != mine]
        if not leases:
            return None
        try:
            if not await self.colleague.pace.take(_PER_USER * len(leases)):
                return self._give_back(leases)
            session = await self._quick_session()
            before = session.requests
            results = await check_quickly(session, leases, self.colleague.name)
        except (CannotTell, BrowserFailure) as failure:
            ended = not self.slot.is_up or (isinstance(failure, BrowserFailure) and failure.ended)
            if isinstance(failure, CannotTell) and not ended:
                return await self._after_refusal(failure, leases)
            await self._drop_session(crashed=ended)
            return self._after_failure(leases, ended=ended)
        except BaseException:
            self._give_back(leases)
            raise
        self.colleague.pace.spend(max(0, session.requests - before - _PER_USER * len(leases)))
        self._batches += 1
        if self._batches % _BATCHES == 0:
            await self._drop_session()
        self._keep(leases, results, session.asked_to_wait)
        return None

    def _keep(self, leases: Sequence[Lease], results: Sequence[UserResult], retry_after: str) -> None:
        """Write down the results of a quick batch; whoever is not certainly in sync waits for a full check."""
        plan, finished = self.plan, []
        self._refusals.note_answered(sum(result.reason is not Reason.THROTTLED for result in results))
        for lease, result in zip(leases, results, strict=True):
            throttled = result.reason is Reason.THROTTLED
            if throttled and not self._refusals.is_singled_out(lease.row.upn, alone=len(leases) == 1):
                self.colleague.pace.note_throttled(retry_after)
                self._give_back([lease])
            elif result.verdict is Verdict.IN_SYNC or not plan.confirm:
                finished.append(Finished(lease.row.upn, lease.fence, result))
            else:
                plan.journal.look_closer(lease.row.upn, lease.fence, result)
        late = plan.journal.finish_all(finished)
        for upn, _, result in finished:
            if upn not in late:
                plan.done(result)
        if not any(result.reason is Reason.THROTTLED for result in results):
            self.colleague.pace.note_answered()

    async def _after_refusal(self, error: CannotTell, leases: Sequence[Lease]) -> None:
        """Let users wait again whom nobody could check, because the session is over or the service is busy."""
        if error.reason is Reason.THROTTLED:
            self.colleague.pace.note_throttled()
        if error.reason is Reason.SIGNED_OUT and self._session:
            self.colleague.sign_in.lose(self._session[2])
        await self._drop_session()
        if error.reason in (Reason.THROTTLED, Reason.SIGNED_OUT):
            return self._give_back(leases)
        for lease in leases:
            self.plan.journal.look_closer(lease.row.upn, lease.fence, nothing_seen(lease, self.colleague.name))
        return None

    def _after_failure(self, leases: Sequence[Lease], *, ended: bool) -> None:
        """Let users whose browser ended wait again, each once; look closely at everybody else.

        A browser seldom ends because of a user. If one does, the full checks, one by one, show who it is.
        """
        for lease in leases:
            upn = lease.row.upn
            if ended and upn not in self._lost_browser_with:
                self._lost_browser_with.add(upn)
                self.plan.journal.give_back(upn, lease.fence)
            else:
                self.plan.journal.look_closer(upn, lease.fence, nothing_seen(lease, self.colleague.name))

    async def _in_full(self, lease: Lease) -> None:
        try:
            if not await self.colleague.pace.take(1):
                return self._give_back([lease])
            browser = await self.slot.browser()
            state = await self.colleague.sign_in.state(browser)
            checker = Checker(self.colleague.name, self.colleague.pace, browser, state)
            checked = await check_in_full(self.plan, lease, checker)
        except BrowserFailure:
            return await self._crashed(lease, nothing_seen(lease, self.colleague.name))
        except BaseException:
            self._give_back([lease])
            raise
        if checked.signed_out:
            self.colleague.sign_in.lose(state)
            return self._give_back([lease])
        return await self._conclude(lease, checked, self.colleague.pace)

    async def _as_themselves(self, lease: Lease, account: str) -> None:
        """Check a user in a session of the account that the list names.

        Raises:
            NotLetIn: it must not sign in again by itself; the user waits.
        """
        try:
            pace = self.plan.paces[account]
            if not await pace.take(1):
                return self._give_back([lease])
            async with self.plan.turns(account):  # it signs in for this user alone, and others may, too
                check_not_held(one for one in self.plan.journal.sign_ins.all() if one.account == account)
                checker = Checker(account, pace, await self.slot.browser())
                checked = await check_in_full(self.plan, lease, checker)
        except BrowserFailure:
            return await self._crashed(lease, nothing_seen(lease, account))
        except BaseException:
            self._give_back([lease])
            raise
        return await self._conclude(lease, checked, pace)

    async def _crashed(self, lease: Lease, seen: UserResult) -> None:
        """Write down that the browser crashed with a user, and let the next one start."""
        await self._drop_session()
        await self.slot.renew()
        if self.plan.journal.crashed(lease.row.upn, lease.fence, seen) is UserState.SET_ASIDE:
            self.plan.done(seen.model_copy(update={"set_aside": True}))

    async def _conclude(self, lease: Lease, checked: Checked, pace: Paced) -> None:
        journal, upn = self.plan.journal, lease.row.upn
        if checked.throttled:
            pace.note_throttled(checked.retry_after)
            self._throttled[upn] = self._throttled.get(upn, 0) + 1
            if self._throttled[upn] < _MOST_GIVEN_BACK:
                return self._give_back([lease])
            unknown = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.THROTTLED}
            checked = replace(checked, result=checked.result.model_copy(update=unknown))
        else:
            pace.note_answered()
        if checked.crashed:
            return await self._crashed(lease, checked.result)
        if journal.finish(upn, lease.fence, checked.result):
            self.plan.done(checked.result)
        return None

    def _give_back(self, leases: Sequence[Lease]) -> None:
        for lease in leases:
            self.plan.journal.give_back(lease.row.upn, lease.fence)

    async def _quick_session(self) -> QuickSession:
        if self._session is None:
            browser = await self.slot.browser()
            state = await self.colleague.sign_in.state(browser)
            shared = SharedBrowser(browser, state)
            path = self.plan.folder / "evidence" / f".{self.name}-{self._batches}"
            shutil.rmtree(path, ignore_errors=True)  # of a process that died
            folder = RunFolder.at(path)
            try:
                session = await QuickSession.opened(self.colleague.sign_in.prepared, shared, folder)
            except BaseException as error:
                await shared.close()
                folder.discard()
                if isinstance(error, CannotTell) and error.reason is Reason.SIGNED_OUT:
                    self.colleague.sign_in.lose(state)
                raise
            self._session = shared, session, state
        return self._session[1]

    async def _drop_session(self, *, crashed: bool = False) -> None:
        """Close the session of the quick checks, with what it kept."""
        if self._session:
            shared, session, _ = self._session
            self._session = None
            session.step.workspace.camera.folder.discard()
            if not crashed:
                await shared.close()
        if crashed:
            await self.slot.renew()


def nothing_seen(lease: Lease, account: str) -> UserResult:
    """Return the result of a quick check that saw nothing."""
    return UserResult(
        number=lease.row.number,
        upn=lease.row.upn,
        verdict=Verdict.INCONCLUSIVE,
        reason=Reason.NOT_REACHED,
        depth=Depth.QUICK,
        account=account,
        pages=lease.row.pages,
        finished=datetime.now(UTC),
    )
