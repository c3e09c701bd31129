"""Types what a screen asks for, and submits it: user name, password, one-time code, what the operator types."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from troubleshooter.browser.patience import patience
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import Wanted
from troubleshooter.model.message import message
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import elements
from troubleshooter.signin.actions import Do, SignInAction
from troubleshooter.signin.code_claims import claim
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.input import PageInput
from troubleshooter.signin.operator import LIMIT
from troubleshooter.signin.probe import Probe, errors_of
from troubleshooter.signin.selectors import PARTS
from troubleshooter.signin.stop_messages import operator_timed_out, stopped
from troubleshooter.signin.totp import STEP, code_at

if TYPE_CHECKING:
    from playwright.async_api import Locator

_LAST_SECONDS = 3
"""A one-time code that expires within this many seconds is not sent; the next one is sent instead."""
_MOST_WINDOWS = 10
"""Time steps in which other runs of this computer may go first; the sign-in page does not wait forever."""
_SOON = 5.0
"""Seconds to wait for a button to become usable that is disabled until something is typed."""
Entered = bool | None
"""Whether the screen changed once it was given what it asks for; None if its field was gone and nothing was typed."""


@dataclass
class CredentialsEntry:
    """Types the credentials of one sign-in."""

    page_input: PageInput
    credentials: Credentials
    settings: SignInSettings

    async def enter(self, action: SignInAction, probe: Probe) -> Entered:
        """Type what `action` says, and submit it."""
        match action.do:
            case Do.USERNAME:
                return await self._username(probe)
            case Do.PASSWORD:
                return await self._password(probe)
            case Do.CREDENTIALS:
                return await self._federated(probe)
            case Do.CODE:
                return await self._one_time_code(probe)
            case _:
                return await self._ask(action, probe)

    async def _username(self, probe: Probe) -> Entered:
        if not await self.page_input.type(PARTS["email"], self.credentials.username):
            return None
        what = message("the user name and Next")
        return await self.page_input.click(await self._primary(), what, probe, enter=PARTS["email"])

    async def _password(self, probe: Probe) -> Entered:
        if probe.email and not await self.page_input.type(PARTS["email"], self.credentials.username):
            return None
        if not await self.page_input.type(PARTS["password"], self.credentials.password):
            return None
        what = message("the password and Sign in")
        return await self.page_input.click(await self._primary(), what, probe, once=True, enter=PARTS["password"])

    async def _primary(self) -> Locator | None:
        return await self._button(PARTS["primary"], _SOON)

    async def _button(self, wanted: Wanted, seconds: float) -> Locator | None:
        return await elements.usable(self.page_input.view.page, wanted, min(seconds, self.settings.timeout))

    async def _federated(self, probe: Probe) -> Entered:
        """Fill in the form of a company's own provider: user name and password together, or one after the other."""
        name, password = PARTS["federated_name"], PARTS["federated_password"]
        if probe.federated_name and not await self.page_input.type(name, self.credentials.username):
            return None
        if not probe.federated_password:
            following = await self._button((PARTS["federated_next"], PARTS["federated_submit"]), 1.0)
            return await self.page_input.click(following, message("the user name and Next"), probe, enter=name)
        if not await self.page_input.type(password, self.credentials.password):
            return None
        submit = await self._button(PARTS["federated_submit"], 1.0)
        what = message("the password and Sign in")
        return await self.page_input.click(submit, what, probe, once=True, enter=password)

    async def _one_time_code(self, probe: Probe) -> Entered:
        """Type the code of the present time step, or of the next if this one is nearly over or was used here."""
        seed, used = self.credentials.totp, self.credentials.used
        assert seed
        for windows in count():
            now = time.time()
            step, left = int(now // STEP), STEP - now % STEP
            if step > used.step and left > _LAST_SECONDS and (windows >= _MOST_WINDOWS or claim(seed, step)):
                break
            await self.page_input.view.changed(probe, left + 0.1)
            present = await self._after_waiting(probe)
            if not present:
                return None
            probe = present  # the page changed in another way, and still waits for the code
        used.use(step)
        return await self._send_code(code_at(seed, now), probe)

    async def _after_waiting(self, before: Probe) -> Probe | None:
        """Return what the screen shows after a wait; None if it is another screen, or shows a new error."""
        now = await self.page_input.same_screen(before)
        if now and any(new and new != old for new, old in zip(errors_of(now), errors_of(before), strict=True)):
            return None
        return now

    async def _send_code(self, code: Secret, probe: Probe) -> Entered:
        self.settings.learn(code)
        if not await self.page_input.type(PARTS["code"], code):
            return None
        button = await self._button((PARTS["send_code"], PARTS["primary"]), _SOON)
        return await self.page_input.click(button, message("the one-time code"), probe, once=True, enter=PARTS["code"])

    async def _ask(self, action: SignInAction, probe: Probe) -> Entered:
        """Type what the operator gives: a code, or an access pass, which must not be shown."""
        answer = await self._answer(action)
        self.settings.learn(answer)
        now = await self._after_waiting(probe)
        if not now:
            return None  # the page went on before the operator answered
        if not action.hidden:
            return await self._send_code(answer, now)
        if not await self.page_input.type(PARTS["access_pass"], answer):
            return None
        what = message("the access pass and Sign in")
        return await self.page_input.click(await self._primary(), what, now, once=True)

    async def _answer(self, action: SignInAction) -> Secret:
        operator, user = self.settings.operator, self.credentials.username
        assert operator
        what = (
            message("Temporary Access Pass for {user}: ", user=user)
            if action.hidden
            else message("Code that {user} received: ", user=user)
        )
        try:
            with patience().clock.paused():
                async with asyncio.timeout(LIMIT):
                    answer = await operator.ask(what, hidden=action.hidden)
        except TimeoutError:
            raise operator_timed_out() from None
        if answer is None:
            raise stopped(Reason.MFA_NEEDED)
        return answer
