"""Waiting for a person: at the phone, with one deadline for each request, or at the window, signing in alone."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.signin.operator import INTERACTIVE_LIMIT, LIMIT, Operator, Task
from troubleshooter.signin.page_view import View
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import Name, Screen, classify
from troubleshooter.signin.stop_messages import nobody_came, stopped
from troubleshooter.tenant.hosts import HostPolicy

_WAITED_FOR = frozenset({Name.NUMBER, Name.PUSH, Name.PASSWORDLESS})


@dataclass
class Waiting:
    """The waits of one sign-in for its person."""

    view: View
    hosts: HostPolicy
    username: str
    operator: Operator
    _ends: dict[str, float] = field(default_factory=dict)
    """When each request ends, by its number; a page that covers it for a moment begins no new one."""
    _request: str = ""

    async def approval(self, screen: Screen, probe: Probe) -> None:
        """Say what is to be done on the phone, and wait until the page goes on by itself.

        Raises:
            Stopped: nobody did it in time (`mfa-timeout`).
        """
        try:
            while screen.name in _WAITED_FOR or probe.busy:
                if screen.name in _WAITED_FOR:
                    task = _task(probe, self.username)
                if (left := self._left(task)) <= 0:
                    raise stopped(Reason.MFA_TIMEOUT)
                self.operator.tell(task, left)
                await self.view.changed(probe, 1.0)
                probe = await self.view.probe()
                screen = classify(probe, self.hosts)
                if screen.name is Name.STOP:
                    return
        finally:
            self.operator.told()

    def _left(self, task: Task) -> float:
        """Return the seconds that are left for `task`: five minutes for each number, and an end to ever new ones."""
        now = time.monotonic()
        if task.number and "" in self._ends:
            self._ends[task.number] = self._ends.pop("")  # the number of the request that stood there without one
        self._request = task.number or self._request
        last = min(self._ends.values(), default=now + LIMIT) + INTERACTIVE_LIMIT - LIMIT
        return min(self._ends.setdefault(self._request, now + LIMIT), last) - now

    async def alone(self, finished: Callable[[Probe], Awaitable[bool]]) -> None:
        """Let the person sign in, and see when the home page stands.

        Raises:
            Stopped: it did not in time (`mfa-timeout`).
        """
        task = Task(message("Sign in as {user} in the browser window that opened.", user=self.username))
        end = time.monotonic() + INTERACTIVE_LIMIT
        try:
            while (left := end - time.monotonic()) > 0:
                probe = await self.view.probe()
                if await finished(probe):
                    return
                self.operator.tell(task, left)
                await self.view.changed(probe, 1.0)
        finally:
            self.operator.told()
        raise nobody_came()


def _task(probe: Probe, user: str) -> Task:
    if probe.number:
        words = message(
            "Enter the number {number} on the phone of {user} to approve the sign-in.", number=probe.number, user=user
        )
        return Task(words, probe.number)
    return Task(message("Approve the sign-in on the phone of {user}.", user=user))
