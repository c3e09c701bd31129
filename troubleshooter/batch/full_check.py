"""Checks one user with the whole scenario, in a private session that continues the account's sign-in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from troubleshooter.batch.leases import Lease
from troubleshooter.batch.plan import BatchPlan
from troubleshooter.batch.record_result import result_of
from troubleshooter.batch.shared_state import Paced
from troubleshooter.batch.sign_in import Attempt, is_sign_in, signed_out
from troubleshooter.browser.launch import Started
from troubleshooter.browser.shared import SharedBrowser
from troubleshooter.model.batch_records import UserResult
from troubleshooter.model.enums import Reason, Verdict
from troubleshooter.model.records import Record, Step
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.run.execute import Finished, run
from troubleshooter.run.prepared import PreparedRun
from troubleshooter.run.runner import Observer
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Request, Response, StorageState

_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_LONGEST_NAME = 40
_MAY_ONLY_SEEM_SO = frozenset({Verdict.NO_PHOTO, Verdict.INCONCLUSIVE})
"""Verdicts that may follow from what the service did not answer."""


@dataclass(frozen=True)
class Checked:
    """A full check that has ended."""

    record: Record
    result: UserResult
    retry_after: str = ""
    """The last `Retry-After` header of a throttled response; empty if there is none."""

    @property
    def signed_out(self) -> bool:
        """Return whether the session was over, so that nothing was seen."""
        return self.record.reason is Reason.SIGNED_OUT

    @property
    def crashed(self) -> bool:
        """Return whether the browser, or the page, ended in the middle of the check."""
        return self.record.reason is Reason.CRASHED

    @property
    def throttled(self) -> bool:
        """Return whether the service kept the check from seeing enough.

        A difference that was seen is there, whatever else was refused; that there is no photo, or that something
        is missing, may only seem so.
        """
        if self.record.reason is Reason.THROTTLED:
            return True
        reasons = (*(step.reason for step in self.record.steps), *(place.reason for place in self.record.unseen))
        return self.record.verdict in _MAY_ONLY_SEEM_SO and Reason.THROTTLED in reasons


def run_folder(lease: Lease) -> str:
    """Return the name of a user's run folder, which says who the user is, and is safe on every system."""
    check = f"-check-{lease.checked + 1}" if lease.checked else ""
    again = f"-{lease.crashes + 1}" if lease.crashes else ""
    return f"runs/{lease.row.number:05}-{file_name(lease.row.upn)}{check}{again}"


def session_name(lease: Lease) -> str:
    """Return the name of a session in which a user is checked with an account of their own: another for each lease."""
    return f"{run_folder(lease)} ({lease.fence})"


def file_name(upn: str) -> str:
    """Return a part of a file's name that says who a user is, and is safe on every system."""
    return _UNSAFE.sub("-", upn.partition("@")[0])[:_LONGEST_NAME].strip(".-") or "user"


@dataclass(frozen=True)
class Checker:
    """An account that checks a user, and the browser in which it does."""

    account: str
    pace: Paced
    browser: Started
    state: StorageState | None = None
    """The cookies of its session; None if it signs in for one user alone."""


async def check_in_full(plan: BatchPlan, lease: Lease, checker: Checker) -> Checked:
    """Perform the whole scenario for the user of `lease`."""
    prepared = plan.prepare(checker.account, lease.row)
    name = run_folder(lease)
    path = plan.folder / name
    shutil.rmtree(path, ignore_errors=True)  # what an earlier process had begun, and nobody saw the end of
    attempt = None if checker.state else Attempt(plan.journal.sign_ins, checker.account, session_name(lease))
    gate = attempt.gate if attempt else signed_out
    request = prepared.request.model_copy(update={"run_dir": path})
    prepared = replace(prepared, request=request, credentials=replace(prepared.credentials, gate=gate))
    observer = Observer(done=_noting(attempt)) if attempt else None
    session = await check_in_session(prepared, checker, observer)
    finished = session.finished
    if attempt:
        attempt.note(finished.record)
    result = result_of(finished.record, lease, name, session.requests)
    return Checked(finished.record, result, session.retry_after)


def _noting(attempt: Attempt) -> Callable[[Step], None]:
    """Return what writes down that a sign-in succeeded as soon as that is seen: the check goes on for a while."""

    def note(step: Step) -> None:
        if is_sign_in(step):
            attempt.note_passed()

    return note


@dataclass(frozen=True)
class SessionCheck:
    """A check in a private session of its own."""

    finished: Finished
    requests: int
    """The number of requests that it made of SharePoint."""
    retry_after: str
    """As for `Checked`."""


async def check_in_session(prepared: PreparedRun, checker: Checker, observer: Observer | None = None) -> SessionCheck:
    """Perform a check in a private session of its own."""
    shared, requests, retry_after = SharedBrowser(checker.browser, checker.state), 0, ""
    hosts = {host_of(prepared.tenant.sharepoint), host_of(prepared.tenant.my)}

    def count(request: Request) -> None:
        nonlocal requests
        requests += host_of(request.url) in hosts

    def note(response: Response) -> None:
        nonlocal retry_after
        if response.status in THROTTLED:
            retry_after = response.headers.get("retry-after", retry_after)

    shared.watch(count, note)
    try:
        finished = await run(prepared, observer, browser=shared, interruptible=False)
    finally:
        await shared.close()
        checker.pace.spend(requests)
    return SessionCheck(finished, requests, retry_after)
