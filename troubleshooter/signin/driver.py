"""Signs in: looks at the screen, decides, acts once, waits until the screen is another one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.guard import Guard, unexpected_host
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import Message, message
from troubleshooter.signin import elements
from troubleshooter.signin.actions import Able, Action, Do, Memory, Target
from troubleshooter.signin.approval import Waiting
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.credentials_entry import Giver
from troubleshooter.signin.decide import decide
from troubleshooter.signin.input import Hands
from troubleshooter.signin.page_view import View
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screens import Name, Screen, aadsts, classify, in_the_end, is_front_page
from troubleshooter.signin.selectors import AT, METHODS
from troubleshooter.signin.stop_messages import no_answer, stopped, window_closed
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

IDLE = 40
"""Pages in a row that only lead on or say nothing; more is a loop that nobody can leave."""
_MORE = 1.5
"""Seconds in which a page that offers no way on may show more: it is drawn in any order."""
_WHY = 3.0
"""Seconds in which a page that asks for the password again may say why."""
_SURE = frozenset({Reason.UNEXPECTED_HOST, Reason.MFA_DENIED, Reason.MFA_TIMEOUT, Reason.PASSWORD_EXPIRED})
"""Reasons that a page shows and does not take back."""
_LABELS = {
    Target.SIGN_IN: message("the sign-in link"),
    Target.PRIMARY: message("continue"),
    Target.NO: message("No to staying signed in"),
    Target.SKIP: message("skip for now"),
    Target.WORK: message("the work or school account"),
    Target.SSO: message("continue"),
    Target.ANOTHER_WAY: message("another way to sign in"),
    Target.TO_PASSWORD: message("the password instead"),
}


@dataclass
class SignIn:
    """One sign-in: each secret is submitted at most once in its life."""

    tab: Page
    guard: Guard
    credentials: Credentials
    settings: SignInSettings
    _memory: Memory = field(default_factory=Memory)
    _pushed: bool = False
    _doubted: tuple[float, str] = (0, "")
    """The document that gave a reason to stop, and which."""
    _sure_at: float = 0
    """When that reason counts."""
    _before: Memory = field(default_factory=Memory)
    """What was remembered before the present action."""

    @property
    def _hosts(self) -> HostPolicy:
        return self.guard.hosts

    async def run(self) -> None:
        """Sign in until the home page stands.

        Raises:
            Stopped: the account was not let in; the reason says why.
        """
        self._memory = replace(self._memory, again=self.settings.again)
        self._view = View(self.tab, lambda: self.guard.refused)
        self._hands = Hands(self._view, self._hosts, self.settings.timeout, self.settings.acted_on)
        if operator := self.settings.operator:
            self._waiting = Waiting(self._view, self._hosts, self.credentials.username, operator)
        self._giver = Giver(self._hands, self.credentials, self.settings)
        self.tab.on("request", self._hands.note)
        try:
            with browser_failures():
                await (self._waiting.alone(self._is_home) if self.settings.interactive else self._drive())
        except BrowserFailure as error:
            if self.tab.is_closed():
                raise window_closed() from error
            raise
        finally:
            self.tab.remove_listener("request", self._hands.note)

    async def _is_home(self, probe: Probe) -> bool:
        return classify(probe, self._hosts).name is Name.HOME

    async def _drive(self) -> None:
        operator = self.settings.operator
        able = Able(
            self.credentials.username,
            totp=self.credentials.totp is not None,
            operator=operator is not None,
            terminal=operator is not None and operator.terminal,
        )
        idle = 0
        while True:
            probe = await self._view.probe()
            screen = classify(probe, self._hosts)
            posted = self._memory.posted or (self._memory.typed and self._hands.sent > 0)
            memory = self._before = replace(self._memory, posted=posted, sent=self._hands.sent > 0)
            idle += 1
            try:
                action, self._memory = decide(screen, probe, memory, able, self._hosts)
            except Stopped as stop:
                if idle <= IDLE and await self._may_be_early(stop, probe):
                    continue
                raise
            if action.do is Do.DONE:
                return
            if action.do not in (Do.WAIT, Do.PASS):
                idle = 0
            if idle > IDLE:
                raise no_answer(self.tab.url)
            await self._perform(action, screen, probe)

    async def _may_be_early(self, stop: Stopped, probe: Probe) -> bool:
        """Give a page that ends the sign-in a moment to show more: a way past, or why; a code counts at once.

        Returns:
            Whether the page is to be looked at again.
        """
        if stop.reason in _SURE or (stop.code and stop.reason is not Reason.UNKNOWN_SIGN_IN_SCREEN):
            return False
        if self._doubted != (probe.document, stop.reason):
            again = self._memory.typed and stop.reason in (Reason.WRONG_PASSWORD, Reason.SIGN_IN_ERROR)
            self._doubted = (probe.document, stop.reason)
            self._sure_at = time.monotonic() + (_WHY if again else _MORE)
        if (left := self._sure_at - time.monotonic()) <= 0:
            return False
        await self._view.changed(probe, left)
        return True

    async def _perform(self, action: Action, screen: Screen, probe: Probe) -> None:
        match action.do:
            case Do.PASS:
                await self._let_pass(probe)
            case Do.WAIT:
                await self._wait(probe, screen)
            case Do.CLICK | Do.PICK | Do.METHOD:
                await self._click(*await self._clicked(action, probe), probe)
            case Do.PERSON:
                await self._wait_for_person(screen, probe)
            case _:
                await self._give(action, probe)

    async def _clicked(self, action: Action, probe: Probe) -> tuple[Locator | None, Message]:
        if action.do is Do.PICK:
            return await self._tile(probe)
        if action.do is Do.METHOD:
            return await self._method(action.method), message("how to confirm the sign-in")
        assert action.target
        return await elements.usable(self.tab, elements.TARGETS[action.target]), _LABELS[action.target]

    async def _tile(self, probe: Probe) -> tuple[Locator | None, Message]:
        if self.credentials.username.lower() in probe.tiles:
            for tile in await self.tab.locator(AT["tiles"]).all():
                if await elements.is_usable(tile) and await self._is_mine(tile):
                    return tile, message("the account's tile")
        return await elements.usable(self.tab, AT["other_tile"]), message("another account")

    async def _is_mine(self, tile: Locator) -> bool:
        element = await elements.pinned(tile)
        name = await element.get_attribute("data-test-id") if element else None
        return (name or "").strip().lower() == self.credentials.username.lower()

    async def _method(self, index: int) -> Locator | None:
        for selector in METHODS:
            shown = [e for e in await self.tab.locator(selector).all() if await elements.is_usable(e)]
            if shown:
                return shown[index] if index < len(shown) else None
        return None

    async def _click(self, locator: Locator | None, what: Message, before: Probe) -> None:
        """Click, and wait until the screen changes."""
        if not await self._hands.click(locator, what, before):
            await self._wait(before)

    async def _give(self, action: Action, probe: Probe) -> None:
        """Type what the screen asks for, and wait until it changes."""
        changed = await self._giver.give(action, probe)
        if changed is None:
            # The field was gone: nothing was typed, and so nothing is remembered but that it was tried.
            self._memory = replace(self._before, rounds=self._memory.rounds)
        elif not changed:
            await self._wait(probe)

    async def _wait_for_person(self, screen: Screen, probe: Probe) -> None:
        element = await elements.usable(self.tab, AT["phone"])
        if element:
            await self._hands.show(element, message("what the phone asks for"))
        await self._waiting.approval(screen, probe)

    async def _wait(self, before: Probe, screen: Screen | None = None) -> None:
        """Wait until the screen changes.

        Raises:
            Stopped: it did not within the limit: by its code or `unknown-sign-in-screen` where it shows nothing known,
                `unexpected-host` where a part of it was refused, else `sign-in-error`.
        """
        if self._leads_nowhere(before):
            return await self._go_to_sign_in(before)
        if await self._view.changed(before, self.settings.timeout):
            return None
        nothing = screen and screen.name is Name.WAIT and not before.busy
        if nothing and self._hosts.may_type(before.url) and not _shows_something(before):
            if refused := self._view.refused_since():
                raise unexpected_host(refused[-1])  # nobody saw it, and without it the page does not go on
            raise stopped(*in_the_end(before))
        raise no_answer(self.tab.url, aadsts(before))

    def _leads_nowhere(self, before: Probe) -> bool:
        """Return whether this is a front page, before anything was done, that shows no link that is known."""
        begun = self._memory.rounds or self._pushed
        return not begun and is_front_page(before) and not before.sign_in_link

    async def _go_to_sign_in(self, before: Probe) -> None:
        """Wait for the front page to show more; then take the address that leads to sign-in by itself, once."""
        if not await self._view.changed(before, min(10.0, self.settings.timeout)):
            self._pushed = True
            await self.tab.goto(f"https://{host_of(before.url)}/?auth=2", wait_until="commit")

    async def _let_pass(self, probe: Probe) -> None:
        """Wait for a page that leads on by itself; its script sometimes does not run, then go home once."""
        if "/landing" not in probe.url or self._pushed:
            await self._wait(probe)
        elif not await self._view.changed(probe, min(15.0, self.settings.timeout)):
            self._pushed = True
            # The session is there already: home is the root of the host that should have led on.
            await self.tab.goto(f"https://{host_of(probe.url)}/", wait_until="commit")


def _shows_something(probe: Probe) -> bool:
    return probe.email or probe.password or probe.federated_password or bool(probe.tiles)
