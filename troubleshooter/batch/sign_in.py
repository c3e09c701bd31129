"""Signs an account in once for many users. Every attempt is in the journal before anything is typed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from troubleshooter.batch.shared_state import SignInLog
from troubleshooter.batch.sign_ins import OnHold, SignIn
from troubleshooter.browser.launch import Started
from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.locale import N_
from troubleshooter.model.enums import Reason, ScenarioKind, StepStatus
from troubleshooter.model.message import message
from troubleshooter.model.records import Record, ScenarioDetails, Step
from troubleshooter.run.execute import run
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.scenario import Scenario, StepDefinition
from troubleshooter.steps.home import go_to_office, open_private_session

if TYPE_CHECKING:
    from playwright.async_api import StorageState

SIGN_IN = Scenario(
    id="sign-in",
    title="Sign in",
    summary="Signs in, and checks who is signed in.",
    steps=(
        StepDefinition("private-session", "B1", "Open a private browser session", open_private_session, essential=True),
        StepDefinition("office-com", "B2", "Go to {home} and sign in as {account}", go_to_office, essential=True),
    ),
    details=ScenarioDetails(kind=ScenarioKind.COMPARES, heading=N_("Sign-in")),
)


SIGN_IN_AGAIN = "add --sign-in-again"
"""What a person does to let an account sign in that does not do so by itself."""
_UNANSWERED = frozenset({Reason.HOST_UNREACHABLE, Reason.PROXY})
"""Reasons for a stop that say nothing about whether a secret that was sent has arrived."""


class NotLetIn(Exception):
    """An account was not let in, so that nobody can be checked with it.

    Attributes:
        record: what was seen.
        folder: where it is; None if nothing was tried.
    """

    def __init__(self, why: str, record: Record | None = None, folder: Path | None = None) -> None:
        super().__init__(why)
        self.record = record
        self.folder = folder

    @property
    def text(self) -> str:
        """Return why it was not let in, what to do, and where the evidence is."""
        stop = self.record.stop if self.record else None
        code = f" ({self.record.reason})" if self.record and self.record.reason else ""
        why = f"{self}{code}: {stop.what.text} {stop.help.text}" if stop else f"{self}{code}"
        return f"{why} Evidence: {self.folder / 'index.html'}" if self.folder else why


def check_not_held(attempts: Iterable[SignIn], again: str = SIGN_IN_AGAIN) -> None:
    """Refuse to sign in where one of an account's attempts forbids it.

    Args:
        again: what a person does to let an account sign in that does not do so by itself.

    Raises:
        NotLetIn: its last attempt was refused, or has an unknown outcome.
    """
    if held := next((attempt for attempt in attempts if attempt.holds), None):
        raise NotLetIn(f"{held.why}. Once you know that it can, {again}.")


def signed_out() -> None:
    """End a check that would have to sign in: that is done once for all users, elsewhere.

    Raises:
        CannotTell: always (`signed-out`).
    """
    raise CannotTell(Reason.SIGNED_OUT, message("The session that all users of the list are checked in is over."))


@dataclass
class Attempt:
    """One attempt to sign in, in the journal from the moment on at which something is typed."""

    sign_ins: SignInLog
    account: str
    session: str
    number: int | None = None
    _passed: bool = False

    def gate(self) -> None:
        """Write the attempt down before anything is typed.

        Raises:
            Stopped: an earlier attempt forbids it.
        """
        if self.number is not None:
            return
        try:
            self.number = self.sign_ins.begin(self.account, self.session)
        except OnHold as hold:
            what = message("The account {account} must not sign in again by itself.", account=self.account)
            raise Stopped(Reason.SIGN_IN_ERROR, what, message("Find out how its last sign-in ended.")) from hold

    def note(self, record: Record) -> None:
        """Write down how it ended, as `record` shows."""
        if self.number is None:
            return
        if has_signed_in(record):
            self.note_passed()
        elif record.stop and not (record.stop.secret_sent and record.reason in _UNANSWERED):
            self.sign_ins.failed(self.number, record.reason or Reason.SIGN_IN_ERROR)
        # Else nobody saw how it ended.

    def note_passed(self) -> None:
        """Write down that it was seen to succeed."""
        if self.number is not None and not self._passed:
            self._passed = True
            self.sign_ins.passed(self.number)


def has_signed_in(record: Record) -> bool:
    """Return whether the sign-in of `record` was seen to succeed."""
    return any(map(is_sign_in, record.steps))


def is_sign_in(step: Step) -> bool:
    """Return whether `step` saw a sign-in succeed."""
    return step.id == "office-com" and step.status is StepStatus.PASSED


class SharedSignIn:
    """The sign-in of one account, which all sessions that check users with it continue."""

    def __init__(
        self,
        prepared: PreparedRun,
        sign_ins: SignInLog,
        folder: Path,
        turn: AbstractAsyncContextManager[object] | None = None,
        *,
        again: str = SIGN_IN_AGAIN,
        state: StorageState | None = None,
    ) -> None:
        """Sign in as `prepared` says.

        Args:
            folder: the folder of the whole run; what is seen of a sign-in that fails is kept in it.
            turn: entered for each sign-in, so that processes sign in with the same account one after the other.
            again: what a person does to let an account sign in that does not do so by itself.
            state: the cookies of a session that the account has signed in to; None if it has not.
        """
        self.prepared = prepared
        self._sign_ins = sign_ins
        self._folder = folder
        self._turn = turn or nullcontext()
        self._again = again
        self._lock = asyncio.Lock()
        self._state = state
        self._refused: NotLetIn | None = None
        self._lost = 0
        """How often the session was lost without an error."""

    @property
    def account(self) -> str:
        """Return the account's name."""
        return self.prepared.account

    @property
    def held(self) -> StorageState | None:
        """Return the cookies of the account's session as far as it is known to go on; None if there is none."""
        return self._state

    async def state(self, browser: Started) -> StorageState:
        """Return the cookies of the account's session; the first call signs in.

        Raises:
            NotLetIn: the account was not let in.
        """
        async with self._lock:
            if self._refused:
                raise self._refused  # whoever waited for it would only be refused, too
            if self._state is None:
                try:
                    async with self._turn:
                        self._state = await self._sign_in(browser)
                except NotLetIn as refused:
                    self._refused = refused
                    raise
            return self._state

    def lose(self, state: StorageState) -> None:
        """Note that the session of `state` is over: the next call of `state` signs in again, once in a run."""
        if state is self._state:
            self._state = None
            self._lost += 1

    async def _sign_in(self, browser: Started) -> StorageState:
        attempts = [attempt for attempt in self._sign_ins.all() if attempt.account == self.account]
        check_not_held(attempts, self._again)
        if self._lost > 1:
            raise NotLetIn(f"{self.account}: its session was lost twice")
        name = f"sign-in-{self.account}-{len(attempts) + 1}"
        attempt = Attempt(self._sign_ins, self.account, name)
        shutil.rmtree(self._folder / name, ignore_errors=True)  # of a process that died before it typed anything
        request = self.prepared.request.model_copy(update={"run_dir": self._folder / name, "scenario": SIGN_IN.id})
        credentials = replace(self.prepared.credentials, gate=attempt.gate)
        prepared = replace(self.prepared, request=request, scenario=SIGN_IN, credentials=credentials, pages=())
        shared = SharedBrowser(browser)
        try:
            finished = await run(prepared, browser=shared, interruptible=False)
            attempt.note(finished.record)
            if not has_signed_in(finished.record):
                raise NotLetIn(f"{self.account} was not let in", finished.record, finished.folder.path)
            finished.folder.discard()  # it shows nothing but a sign-in, and its verdict is about nobody
            return await shared.state()
        finally:
            await shared.close()
