"""Keeps what all checks of this process share: one browser, and one signed-in session for each account."""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pytest

from pytest_troubleshooter.browser import KeptBrowser
from pytest_troubleshooter.event_loop import EventLoopThread
from pytest_troubleshooter.failures import plain_failure
from pytest_troubleshooter.options import Chosen
from pytest_troubleshooter.result import CheckFailed, NotLetIn, PhotoResult
from pytest_troubleshooter.run_name import run_name, worker, workers
from pytest_troubleshooter.settings import Asked, Settings, failing_plainly, settings_of
from pytest_troubleshooter.signed_in import Place, SignedIn
from pytest_troubleshooter.words import said, shown
from troubleshooter.batch.full_check import file_name
from troubleshooter.batch.pace import Pace
from troubleshooter.batch.sign_in import NotLetIn as Refused
from troubleshooter.browser.failures import BrowserFailure
from troubleshooter.errors import CannotWrite, InputError
from troubleshooter.redaction.redactor import Redactor
from troubleshooter.run.launch_options import launch_options
from troubleshooter.tenant.tenant import Tenant

T = TypeVar("T")


@dataclass(frozen=True)
class Shared:
    """What all sessions of this process share."""

    settings: Settings
    loop: EventLoopThread
    place: Place
    rate: float
    """Requests per second that an account may make of SharePoint in this process; 0 for no limit."""
    ends: Iterator[str]
    """Ends of names that no other check of this pytest run has."""

    def run(self, work: Coroutine[Any, Any, T], redactor: Redactor) -> T:
        """Return what `work` returns. What it raises is raised without its frames, whose variables pytest may print.

        Raises:
            NotLetIn: the account was not let in.
            CheckFailed: something unforeseen happened, or the reports can't be written.
        """
        __tracebackhide__ = True
        try:
            return self.loop.run(work)
        except Refused as refused:
            error: Exception = NotLetIn(shown(redactor, refused.text))
        except (InputError, CannotWrite) as wrong:
            error = CheckFailed(shown(redactor, str(wrong)))
        except BrowserFailure as failure:
            error = CheckFailed(shown(redactor, f"the browser crashed each time that it was started: {failure}"))
        except Exception:  # noqa: BLE001 - raised below
            error = CheckFailed(shown(redactor, f"this is a defect in troubleshooter\n{traceback.format_exc()}"))
        raise error


class PrivateSession:
    """A signed-in private session of one account. Each check runs in a window of its own that continues it."""

    def __init__(self, shared: Shared, signed_in: SignedIn) -> None:
        self._shared = shared
        self._signed_in = signed_in

    @property
    def account(self) -> str:
        """The account's name in the tenant file."""
        return self._signed_in.prepared.account

    @property
    def user_name(self) -> str:
        """The user name with which it signs in."""
        return self._signed_in.prepared.credentials.username

    def __repr__(self) -> str:
        """Return whose it is."""
        return f"<private session of {self.account}>"

    def sign_in(self) -> None:
        """Sign in, unless that was tried before in this process.

        Raises:
            NotLetIn: the account was not let in, now or before.
        """
        __tracebackhide__ = True
        self._shared.run(self._signed_in.state(), self._signed_in.prepared.redactor)

    def check(self, subject: str | None, asked: Asked) -> PhotoResult:
        """Check a user's photo; that of the account's own user if `subject` is None.

        Raises:
            InputError: something that is asked is wrong.
            NotLetIn: the account was not let in.
        """
        __tracebackhide__ = True
        prepared = self._shared.settings.for_user(self._signed_in.prepared, subject, asked)
        folder = self._shared.place.folder / f"{file_name(prepared.subject)}-{next(self._shared.ends)}"
        prepared = replace(prepared, request=prepared.request.model_copy(update={"run_dir": folder}))
        finished = self._shared.run(self._signed_in.check(prepared), prepared.redactor)
        text = said(finished.record, finished.report, prepared.request.lang, prepared.redactor)
        return PhotoResult(finished.record, finished.report, text)


class Sessions:
    """The sessions of this process, by account."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._opened: dict[str | None, PrivateSession] = {}

    def of(self, account: str | None) -> PrivateSession:
        """Return the session of an account, or of that which `--photo-as` names; it may not have signed in yet.

        Raises:
            InputError: there is no such account, or a secret of it is missing.
        """
        if account not in self._opened:
            prepared = self._shared.settings.prepared(account)
            signed_in = SignedIn(prepared, self._shared.place, Pace(self._shared.rate, asyncio.Event()))
            session = self._opened.get(prepared.account) or PrivateSession(self._shared, signed_in)
            self._opened[account] = self._opened[prepared.account] = session
        return self._opened[account]


@contextmanager
def opened_sessions(config: pytest.Config, tenant: Tenant) -> Iterator[Sessions]:
    """Yield the sessions of this process; close their browser on exit."""
    with failing_plainly():
        if not isinstance(tenant, Tenant):
            raise InputError("tenant", f"this fixture returns {tenant!r}; expected the tenant of troubleshooter")
        settings = settings_of(Chosen(config), tenant)
        browser = KeptBrowser(launch_options(settings.run, tenant.network), tenant.network)
    name = worker(config)
    ends = (f"{name}-{number}" if name else str(number) for number in itertools.count(1))
    folder = settings.run.out.absolute() / run_name(config)
    place = Place(browser, folder, folder / name)
    loop = EventLoopThread()
    try:
        yield Sessions(Shared(settings, loop, place, settings.rate / workers(config), ends))
    finally:
        loop.run(browser.close())
        loop.close()


def signed_in(sessions: Sessions, account: str | None) -> PrivateSession:
    """Return the session of an account, signed in; let the test fail with the reason if that is not possible."""
    with failing_plainly():
        session = sessions.of(account)
    try:
        session.sign_in()
    except (NotLetIn, CheckFailed) as error:
        raise plain_failure(str(error)) from None
    return session
