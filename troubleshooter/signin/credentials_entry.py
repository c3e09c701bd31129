"""Typing what a screen asks for, and sending it: user name, password, one-time code, what a person types."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import elements
from troubleshooter.signin.actions import Action, Do
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.input import Hands
from troubleshooter.signin.operator import LIMIT
from troubleshooter.signin.probe import Probe, complaints
from troubleshooter.signin.selectors import AT
from troubleshooter.signin.stop_messages import nobody_came, stopped
from troubleshooter.signin.totp import STEP, code_at

if TYPE_CHECKING:
    from playwright.async_api import Locator

_LAST_SECONDS = 3
"""A one-time code that is about to expire is not sent: the next one is."""
_SOON = 5.0
"""Seconds in which a button that waits for the typing becomes usable."""
Given = bool | None
"""Whether the screen changed once it had what it asks for; None where its field was gone and nothing was typed."""


@dataclass
class Giver:
    """Who types in one sign-in."""

    hands: Hands
    credentials: Credentials
    settings: SignInSettings

    async def give(self, action: Action, probe: Probe) -> Given:
        """Type what `action` says, and send it."""
        match action.do:
            case Do.NAME:
                return await self._name(probe)
            case Do.PASSWORD:
                return await self._password(probe)
            case Do.CREDENTIALS:
                return await self._federated(probe)
            case Do.CODE:
                return await self._one_time_code(probe)
            case _:
                return await self._ask(action, probe)

    async def _name(self, probe: Probe) -> Given:
        if not await self.hands.type(AT["email"], self.credentials.username):
            return None
        what = message("the user name and Next")
        return await self.hands.click(await self._primary(), what, probe, enter=AT["email"])

    async def _password(self, probe: Probe) -> Given:
        if probe.email and not await self.hands.type(AT["email"], self.credentials.username):
            return None
        if not await self.hands.type(AT["password"], self.credentials.password):
            return None
        what = message("the password and Sign in")
        return await self.hands.click(await self._primary(), what, probe, once=True, enter=AT["password"])

    async def _primary(self) -> Locator | None:
        return await self._button(AT["primary"], _SOON)

    async def _button(self, selector: str, seconds: float) -> Locator | None:
        return await elements.usable(self.hands.view.page, selector, min(seconds, self.hands.timeout))

    async def _federated(self, probe: Probe) -> Given:
        """Fill in the form of a company's own provider: name and password at once, or one after the other."""
        name, password = AT["federated_name"], AT["federated_password"]
        if probe.federated_name and not await self.hands.type(name, self.credentials.username):
            return None
        if not probe.federated_password:
            following = await self._button(f"{AT['federated_next']}, {AT['federated_submit']}", 1.0)
            return await self.hands.click(following, message("the user name and Next"), probe, enter=name)
        if not await self.hands.type(password, self.credentials.password):
            return None
        submit = await self._button(AT["federated_submit"], 1.0)
        return await self.hands.click(submit, message("the password and Sign in"), probe, once=True, enter=password)

    async def _one_time_code(self, probe: Probe) -> Given:
        """Type the code of the present time step, or of the next where this one is over or was used."""
        seed, used = self.credentials.totp, self.credentials.used
        assert seed
        view = self.hands.view
        while True:
            now = time.time()
            step, left = int(now // STEP), STEP - now % STEP
            if step > used.step and left > _LAST_SECONDS:
                break
            await view.changed(probe, left + 0.1)
            now_there = await self._after_waiting(probe)
            if not now_there:
                return None
            probe = now_there  # something else on the page: the code is still waited for
        used.step = step
        return await self._send_code(code_at(seed, now), probe)

    async def _after_waiting(self, before: Probe) -> Probe | None:
        """Return what the screen shows after a wait; None where it is another one, or complains of something new."""
        now = await self.hands.still(before)
        if now and any(new and new != old for new, old in zip(complaints(now), complaints(before), strict=True)):
            return None
        return now

    async def _send_code(self, code: Secret, probe: Probe) -> Given:
        self.settings.learn(code)
        if not await self.hands.type(AT["code"], code):
            return None
        button = await self._button(f"{AT['send_code']}, {AT['primary']}", _SOON)
        return await self.hands.click(button, message("the one-time code"), probe, once=True, enter=AT["code"])

    async def _ask(self, action: Action, probe: Probe) -> Given:
        """Give what a person types: a code, or an access pass, which must not be shown."""
        operator = self.settings.operator
        assert operator
        what = (
            message("Temporary Access Pass of {user}: ", user=self.credentials.username)
            if action.hidden
            else message("Code that {user} received: ", user=self.credentials.username)
        )
        try:
            async with asyncio.timeout(LIMIT):
                answer = await operator.ask(what, hidden=action.hidden)
        except TimeoutError:
            raise nobody_came() from None
        if answer is None:
            raise stopped(Reason.MFA_NEEDED)
        self.settings.learn(answer)
        now = await self._after_waiting(probe)
        if not now:
            return None  # while the person looked for the code the page went on
        probe = now
        if not action.hidden:
            return await self._send_code(answer, probe)
        if not await self.hands.type(AT["access_pass"], answer):
            return None
        return await self.hands.click(await self._primary(), message("the access pass and Sign in"), probe, once=True)
