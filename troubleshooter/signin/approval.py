"""Waits for the operator: for an approval on the phone, each request with its own deadline, or for a whole sign-in."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from troubleshooter.browser.patience import patience
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.signin.operator import INTERACTIVE_LIMIT, LIMIT, Operator, Task
from troubleshooter.signin.page_view import PageView
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.screens import classify
from troubleshooter.signin.stop_messages import operator_timed_out, stopped
from troubleshooter.tenant.hosts import HostPolicy

_APPROVALS = frozenset({ScreenName.NUMBER, ScreenName.PUSH, ScreenName.PASSWORDLESS})
_LOOK_EVERY = 1.0
"""Seconds after which the page is inspected again even if nothing changed."""


@dataclass
class ApprovalWait:
    """Waits for the operator of one sign-in."""

    view: PageView
    hosts: HostPolicy
    username: str
    operator: Operator
    _deadlines: dict[str, float] = field(default_factory=dict)
    """When each request ends, by its number; a request that an overlay covers for a moment keeps its time."""
    _number: str = ""

    async def until_approved(self, screen: Screen, probe: Probe) -> None:
        """Ask the operator to approve the sign-in on the phone, and wait until the page continues by itself.

        Raises:
            Stopped: nobody approved it in time (`mfa-timeout`).
        """
        with self._operator_asked():
            while screen.name in _APPROVALS or probe.busy:
                if screen.name in _APPROVALS:
                    task = _task(probe, self.username)
                if (left := self._seconds_left(task)) <= 0:
                    raise stopped(Reason.MFA_TIMEOUT)
                self.operator.show(task, left)
                await self.view.changed(probe, _LOOK_EVERY)
                probe = await self.view.probe()
                screen = classify(probe, self.hosts)
                if screen.name is ScreenName.STOP:
                    return

    @contextmanager
    def _operator_asked(self) -> Iterator[None]:
        """Within the block, wait for the operator, for which the run's time stands still."""
        try:
            with patience().clock.paused():
                yield
        finally:
            self.operator.clear()

    def _seconds_left(self, task: Task) -> float:
        """Return the seconds left for `task`: `LIMIT` for each number, and `INTERACTIVE_LIMIT` for all of them."""
        now = time.monotonic()
        if task.number and "" in self._deadlines:
            self._deadlines[task.number] = self._deadlines.pop("")  # the request that was shown without its number
        self._number = task.number or self._number
        last = min(self._deadlines.values(), default=now + LIMIT) + INTERACTIVE_LIMIT - LIMIT
        return min(self._deadlines.setdefault(self._number, now + LIMIT), last) - now

    async def until_home(self, is_home: Callable[[Probe], Awaitable[bool]]) -> None:
        """Let the operator sign in by hand, and wait until the home page is shown.

        Raises:
            Stopped: it was not shown in time (`mfa-timeout`).
        """
        task = Task(message("Sign in as {user} in the browser window that opened.", user=self.username))
        deadline = time.monotonic() + INTERACTIVE_LIMIT
        with self._operator_asked():
            while (left := deadline - time.monotonic()) > 0:
                probe = await self.view.probe()
                if await is_home(probe):
                    return
                self.operator.show(task, left)
                await self.view.changed(probe, _LOOK_EVERY)
        raise operator_timed_out()


def _task(probe: Probe, user: str) -> Task:
    if probe.number:
        text = message(
            "Enter the number {number} on the phone of {user} to approve the sign-in.", number=probe.number, user=user
        )
        return Task(text, probe.number)
    return Task(message("Approve the sign-in on the phone of {user}.", user=user))
