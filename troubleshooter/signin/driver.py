"""Signs in: looks at the screen, decides, acts once, waits until the screen is another one."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.hosts import Hosts, host_of
from troubleshooter.model import Reason, Said, say
from troubleshooter.secret import Secret
from troubleshooter.session import unexpected_host
from troubleshooter.signin import locators
from troubleshooter.signin.codes import STEP, code_at
from troubleshooter.signin.decide import Able, Action, Do, Memory, Target, decide
from troubleshooter.signin.people import HANDS_ON_LIMIT, LIMIT, Person, Task
from troubleshooter.signin.probe import SCRIPT, Probe
from troubleshooter.signin.screens import Name, Screen, classify
from troubleshooter.signin.stops import field_gone, no_answer, nobody_came, stopped, window_closed

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request

CLICKS = 3
"""How often a click is repeated that the page swallowed."""
_LAST_SECONDS = 3
"""A one-time code that is about to expire is not sent: the next one is."""
IDLE = 40
"""Pages in a row that only lead on or say nothing; more is a loop that nobody can leave."""
_SOON = 5.0
"""Seconds in which a button that waits for the typing becomes usable."""
_WAITED_FOR = frozenset({Name.NUMBER, Name.PUSH, Name.PASSWORDLESS})
_LABELS = {
    Target.SIGN_IN: say("the sign-in link"),
    Target.PRIMARY: say("continue"),
    Target.NO: say("No to staying signed in"),
    Target.SKIP: say("skip for now"),
    Target.WORK: say("the work or school account"),
    Target.SSO: say("continue"),
    Target.ANOTHER_WAY: say("another way to sign in"),
    Target.TO_PASSWORD: say("the password instead"),
}


@dataclass
class SignIn:
    """One sign-in: each secret is submitted at most once in its life."""

    page: Page
    hosts: Hosts
    username: str
    password: Callable[[], Secret]
    """Gives the password when its field stands; asked at most once."""
    timeout: float
    """Seconds: the longest single wait."""
    totp: Secret | None = None
    """The seed of one-time codes, base32."""
    person: Person | None = None
    """Who can be told to do something; None: nobody."""
    hands_on: bool = False
    """Whether the person signs in alone: then nothing is typed and nothing is clicked."""
    refused: Callable[[], int] = lambda: 0
    """How many frames were not loaded so far because their host is not allowed."""
    acted_on: Callable[[Locator, Said], Any] = lambda locator, what: None  # noqa: ARG005
    """Told of each element just before it is used (awaited when it returns an awaitable)."""
    learn: Callable[[Secret], None] = lambda secret: None  # noqa: ARG005
    """Told of each secret that a person types or that is made here, before it is used: it may appear nowhere."""
    _memory: Memory = field(default_factory=Memory)
    _pushed: bool = False
    _sent: int = 0
    """Requests since the last typing that carried what was typed, or led to another page."""
    _typed: str = field(default="", repr=False)
    _doubted: float = 0
    """The document in which the password is asked for again, and that was given time to say why."""
    _step: int = 0
    """The time step of the last one-time code."""
    _refused: int = 0

    async def run(self) -> None:
        """Sign in until the home page stands.

        Raises:
            Stopped: the account was not let in; the reason says why.
        """
        self._refused = self.refused()
        self.page.on("request", self._note)
        try:
            await (self._watch() if self.hands_on else self._drive())
        except Error as error:
            if self.page.is_closed():
                raise window_closed() from error
            raise
        finally:
            self.page.remove_listener("request", self._note)

    async def _drive(self) -> None:
        able = Able(
            self.username,
            totp=self.totp is not None,
            person=self.person is not None,
            terminal=self.person is not None and self.person.terminal,
        )
        idle = 0
        while True:
            probe = await self._probe()
            screen = classify(probe, self.hosts)
            posted = self._memory.posted or (self._memory.typed and self._sent > 0)
            if await self._says_why(screen, probe):
                continue
            memory = replace(self._memory, posted=posted)
            action, self._memory = decide(screen, probe, memory, able, self.hosts)
            if action.do is Do.DONE:
                return
            idle = idle + 1 if action.do in (Do.WAIT, Do.PASS) else 0
            if idle > IDLE:
                raise no_answer(self.page.url)
            await self._perform(action, screen, probe)

    async def _says_why(self, screen: Screen, probe: Probe) -> bool:
        """Give a page that asks for the password again a moment to say why: its configuration may come late."""
        again = self._memory.typed and probe.document != self._memory.typed_in
        if screen.name not in (Name.PASSWORD, Name.FEDERATED) or not again or self._doubted == probe.document:
            return False
        self._doubted = probe.document
        return await self._changed(probe, 3.0)

    async def _watch(self) -> None:
        """Let the person sign in, and see when the home page stands."""
        assert self.person
        task = Task(say("Sign in as {user} in the browser window that opened.", user=self.username))
        end = time.monotonic() + HANDS_ON_LIMIT
        try:
            while (left := end - time.monotonic()) > 0:
                probe = await self._probe()
                if classify(probe, self.hosts).name is Name.HOME:
                    return
                self.person.tell(task, left)
                await self._changed(probe, 1.0)
        finally:
            self.person.told()
        raise nobody_came()

    def _note(self, request: Request) -> None:
        """Count what was sent of what was typed: a page also posts for its own purposes."""
        if request.method != "POST" or not self.hosts.may_type(request.url):
            return
        body = request.post_data or ""
        forms = {self._typed, quote(self._typed, safe=""), quote_plus(self._typed), json.dumps(self._typed)[1:-1]}
        self._sent += request.is_navigation_request() or any(form and form in body for form in forms)

    async def _probe(self) -> Probe:
        """Return what the page shows; a page in the middle of a navigation shows nothing."""
        try:
            found = await self.page.evaluate(SCRIPT)
        except Error:
            if self.page.is_closed():
                raise
            found = {}
        if not found.get("me_control"):
            for frame in self.page.frames[1:]:
                try:
                    found["me_control"] = (await frame.evaluate(SCRIPT))["me_control"]
                except Error:
                    continue
                if found["me_control"]:
                    break
        return Probe(url=self.page.url, refused_frame=self.refused() > self._refused, **found)

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
            case Do.ASK:
                await self._ask(action, probe)
            case _:
                await self._give(action, probe)

    async def _clicked(self, action: Action, probe: Probe) -> tuple[Locator | None, Said]:
        if action.do is Do.PICK:
            return await self._tile(probe)
        if action.do is Do.METHOD:
            return await self._method(action.method), say("how to confirm the sign-in")
        assert action.target
        return await locators.usable(self.page, locators.TARGETS[action.target]), _LABELS[action.target]

    async def _give(self, action: Action, probe: Probe) -> None:
        """Type what the screen asks for, and send it."""
        if action.do is Do.NAME:
            if await self._type(locators.EMAIL, self.username):
                await self._click(await self._primary(), say("the user name and Next"), probe)
        elif action.do is Do.CREDENTIALS:
            await self._federated(probe)
        elif action.do is Do.CODE:
            await self._one_time_code(probe)
        elif action.do is Do.PASSWORD:
            self._sent = 0
            if await self._type(locators.PASSWORD, self.password()):
                await self._click(await self._primary(), say("the password and Sign in"), probe, once=True)

    async def _primary(self) -> Locator | None:
        return await locators.usable(self.page, locators.TARGETS[Target.PRIMARY], min(_SOON, self.timeout))

    async def _tile(self, probe: Probe) -> tuple[Locator | None, Said]:
        if self.username.lower() in probe.tiles:
            for tile in await self.page.locator(locators.TILES).all():
                mine = (await tile.get_attribute("data-test-id") or "").lower() == self.username.lower()
                if mine and await locators.is_usable(tile):
                    return tile, say("the account's tile")
        return await locators.usable(self.page, locators.OTHER_TILE), say("another account")

    async def _method(self, index: int) -> Locator | None:
        for selector in (locators.METHODS, locators.METHODS_BY_PLACE):
            shown = [e for e in await self.page.locator(selector).all() if await locators.is_usable(e)]
            if index < len(shown):
                return shown[index]
        return None

    async def _federated(self, probe: Probe) -> None:
        """Fill in the form of a company's own provider: name and password at once, or one after the other."""
        if probe.federated_name and not await self._type(locators.FEDERATED_NAME, self.username):
            return
        if not probe.federated_password:
            following = await locators.usable(self.page, f"{locators.FEDERATED_NEXT}, {locators.FEDERATED_SUBMIT}", 1.0)
            await self._click(following, say("the user name and Next"), probe, enter=locators.FEDERATED_NAME)
            return
        self._sent = 0
        if await self._type(locators.FEDERATED_PASSWORD, self.password()):
            submit = await locators.usable(self.page, locators.FEDERATED_SUBMIT, 1.0)
            label = say("the password and Sign in")
            await self._click(submit, label, probe, once=True, enter=locators.FEDERATED_PASSWORD)

    async def _one_time_code(self, probe: Probe) -> None:
        """Type the code of the present time step, or of the next where this one is over or was used."""
        assert self.totp
        while True:
            now = time.time()
            step, left = int(now // STEP), STEP - now % STEP
            if step > self._step and left > _LAST_SECONDS:
                break
            if await self._changed(probe, left + 0.1):
                if not await locators.usable(self.page, locators.CODE):
                    return
                probe = await self._probe()  # something else on the page: the code is still waited for
        self._step = step
        await self._send_code(code_at(self.totp, now), probe)

    async def _send_code(self, code: Secret, probe: Probe) -> None:
        self.learn(code)
        if await self._type(locators.CODE, code):
            button = await locators.usable(
                self.page, f"{locators.SEND_CODE}, {locators.TARGETS[Target.PRIMARY]}", min(_SOON, self.timeout)
            )
            await self._click(button, say("the one-time code"), probe, once=True, enter=locators.CODE)

    async def _ask(self, action: Action, probe: Probe) -> None:
        assert self.person
        what = (
            say("Temporary Access Pass of {user}: ", user=self.username)
            if action.hidden
            else say("Code that {user} received: ", user=self.username)
        )
        answer = await self.person.ask(what, hidden=action.hidden)
        if answer is None:
            raise stopped(Reason.MFA_NEEDED)
        self.learn(answer)
        if not action.hidden:
            await self._send_code(answer, probe)
        elif await self._type(locators.ACCESS_PASS, answer):
            await self._click(await self._primary(), say("the access pass and Sign in"), probe, once=True)

    async def _wait_for_person(self, screen: Screen, probe: Probe) -> None:
        """Say what is to be done on the phone, and wait until the page goes on by itself."""
        assert self.person
        element = await locators.usable(self.page, locators.NUMBER)
        if element:
            await self._noted(element, say("what the phone asks for"))
        end = time.monotonic() + LIMIT
        try:
            while screen.name in _WAITED_FOR:
                if (left := end - time.monotonic()) <= 0:
                    raise stopped(Reason.MFA_TIMEOUT)
                self.person.tell(_task(probe, self.username), left)
                await self._changed(probe, 1.0)
                probe = await self._probe()
                screen = classify(probe, self.hosts)
        finally:
            self.person.told()

    async def _noted(self, element: Locator, what: Said) -> None:
        noted = self.acted_on(element, what)
        if noted is not None:
            await noted

    async def _type(self, selector: str, value: str | Secret) -> bool:
        """Type `value` after a last look at the host of the frame that holds the field; False when it is gone."""
        locator = await locators.usable(self.page, selector)
        handle = await locator.element_handle() if locator else None
        if not handle:
            return False
        frame = await handle.owner_frame()
        url = frame.url if frame else self.page.url
        if not self.hosts.may_type(url):
            raise unexpected_host(url)
        self._typed, self._sent = value.reveal() if isinstance(value, Secret) else value, 0
        try:
            # The very element that was looked at, and no other that came to its place since.
            await handle.fill(self._typed)
        except Error:
            # The driver's error text contains what was to be typed: it must not travel.
            raise field_gone(url) from None
        return True

    async def _click(
        self, locator: Locator | None, what: Said, before: Probe, *, once: bool = False, enter: str = ""
    ) -> None:
        """Click until the screen changes: a page may swallow the first click after typing. Nothing is typed again.

        Args:
            once: what is submitted may be sent once only: no click follows a request that was sent.
            enter: the field in which Enter is pressed where there is no button.
        """
        if locator is None and enter:
            locator = await locators.usable(self.page, enter)
        elif locator is not None:
            enter = ""
        if locator is None:
            await self._wait(before)
            return
        await self._noted(locator, what)
        sent = self._sent
        for _ in range(CLICKS):
            try:
                await (locator.press("Enter") if enter else locator.click(timeout=min(5.0, self.timeout) * 1000))
            except Error:
                if self.page.is_closed():
                    raise
                # Covered or gone: the page is on its way to another view, or shows something in front.
            if await self._changed(before, min(2.0, self.timeout / 2)):
                return
            if self._sent > sent:
                break
        if once or not await self._changed(before, 0):
            await self._wait(before)

    async def _wait(self, before: Probe, screen: Screen | None = None) -> None:
        """Wait until the screen changes.

        Raises:
            Stopped: it did not within the limit: `unknown-sign-in-screen` where it shows nothing known, else
                `sign-in-error`.
        """
        if await self._changed(before, self.timeout):
            return
        nothing = screen and screen.name is Name.WAIT and not before.busy
        if nothing and self.hosts.may_type(before.url) and not _shows_something(before):
            raise stopped(Reason.UNKNOWN_SIGN_IN_SCREEN)
        raise no_answer(self.page.url)

    async def _let_pass(self, probe: Probe) -> None:
        """Wait for a page that leads on by itself; its script sometimes does not run, then go home once."""
        if "/landing" not in probe.url or self._pushed:
            await self._wait(probe)
        elif not await self._changed(probe, min(15.0, self.timeout)):
            self._pushed = True
            # The session is there already: home is the root of the host that should have led on.
            await self.page.goto(f"https://{host_of(probe.url)}/", wait_until="commit")

    async def _changed(self, before: Probe, seconds: float) -> bool:
        """Wait until the page shows something else than `before`; return whether it does."""
        old = json.dumps(before.model_dump(exclude={"url", "refused_frame"}), sort_keys=True)
        script = f"""([old, url]) => {{
            const now = ({SCRIPT})();
            const sorted = JSON.stringify(now, Object.keys(now).sort());
            return location.href !== url || sorted !== JSON.stringify(JSON.parse(old), Object.keys(now).sort());
        }}"""
        try:
            async with asyncio.timeout(max(seconds, 0.1) + 5):
                await self.page.wait_for_function(script, arg=[old, before.url], timeout=max(seconds, 0.1) * 1000)
        except (WaitedTooLong, TimeoutError):
            return False
        except Error:
            if self.page.is_closed():
                raise
            return True  # the document went away
        return True


def _shows_something(probe: Probe) -> bool:
    return probe.email or probe.password or probe.federated_password or bool(probe.tiles)


def _task(probe: Probe, user: str) -> Task:
    if probe.number:
        words = say(
            "Enter the number {number} on the phone of {user} to approve the sign-in.", number=probe.number, user=user
        )
        return Task(words, probe.number)
    return Task(say("Approve the sign-in on the phone of {user}.", user=user))
