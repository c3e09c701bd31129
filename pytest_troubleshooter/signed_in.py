"""Signs an account in once in this process, and checks photos in sessions that continue that one."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_troubleshooter.browser import KeptBrowser
from pytest_troubleshooter.sign_in_turns import sign_in_turn
from troubleshooter.batch.full_check import Checker, check_in_session
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.sign_in import NotLetIn, SharedSignIn, signed_out
from troubleshooter.browser.launch import Started
from troubleshooter.errors import CannotWrite, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.run.execute import Finished
from troubleshooter.run.prepared import PreparedRun

if TYPE_CHECKING:
    from playwright.async_api import StorageState

_REPEATED: Mapping[Reason | None, int] = {Reason.THROTTLED: 3, Reason.CRASHED: 1}
"""How often a check is repeated that ended for such a reason; then that is what it says."""


@dataclass(frozen=True)
class Place:
    """Where the checks of this process are made."""

    browser: KeptBrowser
    folder: Path
    """The folder of the pytest run, which all its processes share."""
    own: Path
    """The folder in it for what belongs to this process alone."""


class SignedIn:
    """The sign-in of one account in this process."""

    def __init__(self, prepared: PreparedRun, place: Place, pace: Pace) -> None:
        """Sign in as `prepared` says, once that is needed."""
        self.prepared = prepared
        self._place = place
        self._pace = pace
        self._lock = asyncio.Lock()
        self._state: StorageState | None = None
        self._refused: NotLetIn | None = None
        self._lost = False
        """Whether a session was lost without an error, so that the account signed in again."""

    async def state(self) -> StorageState:
        """Return the cookies of the session; the first call signs in. Once that was refused, nothing is tried again.

        Raises:
            NotLetIn: the account was not let in.
        """
        async with self._lock:
            if self._refused:
                raise self._refused
            if self._state is None:
                try:
                    self._state = await self._sign_in()
                except NotLetIn as refused:
                    self._refused = refused
                    raise
            return self._state

    async def _sign_in(self) -> StorageState:
        shared, own = self._place.folder, self._place.own
        try:
            shared.mkdir(0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(shared, error) from error
        async with sign_in_turn(shared) as attempts:

            async def sign_in(browser: Started, name: str) -> StorageState:
                prepared = replace(self.prepared, user_agent=name)
                return await SharedSignIn(prepared, attempts, own, again="start pytest again").state(browser)

            try:
                return await self._place.browser.tried(sign_in, self.prepared.tenant.name)
            except Stopped as stop:
                raise NotLetIn(f"{stop.what.text} {stop.help.text}") from stop

    async def check(self, prepared: PreparedRun) -> Finished:
        """Check the photo of a user in a private session that continues this one.

        A check that the service refuses is repeated more slowly; one in which the browser crashed, once. A session that
        is lost without an error is renewed, once in a process.

        Raises:
            NotLetIn: the account was not let in.
        """
        ended: Counter[Reason | None] = Counter()
        while True:
            await self._pace.take(1)
            state = await self.state()
            finished = await self._checked(prepared, state)
            reason = finished.record.reason
            ended[reason] += 1
            if reason is Reason.THROTTLED:
                self._pace.note_throttled()
            else:
                self._pace.note_answered()
            renewed = reason is Reason.SIGNED_OUT and self._renew(state)
            if not renewed and ended[reason] > _REPEATED.get(reason, 0):
                return finished
            await self._place.browser.renew()
            finished.folder.discard()  # it says nothing about the photo

    async def _checked(self, prepared: PreparedRun, state: StorageState) -> Finished:
        async def check(browser: Started, name: str) -> Finished:
            if prepared.request.run_dir:
                shutil.rmtree(prepared.request.run_dir, ignore_errors=True)  # of a browser that crashed
            credentials = replace(prepared.credentials, gate=signed_out)  # signing in is done above
            checker = Checker(prepared.account, self._pace, browser, state)
            session = await check_in_session(replace(prepared, credentials=credentials, user_agent=name), checker)
            return session.finished

        return await self._place.browser.tried(check, prepared.tenant.name)

    def _renew(self, state: StorageState) -> bool:
        """Let the next check sign in again, because the session of `state` is over; return False the second time."""
        if state is self._state:
            if self._lost:
                return False
            self._state, self._lost = None, True
        return True
