"""The state machine of a sign-in: looks at the screen, acts once, waits until the screen is another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.errors import Stopped
from troubleshooter.hosts import Hosts, host_of
from troubleshooter.model import Reason, Said, say
from troubleshooter.secret import Secret
from troubleshooter.session import unexpected_host
from troubleshooter.signin.screens import Name, Probe, Screen, classify
from troubleshooter.signin.stops import stopped

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request

PROBE = files("troubleshooter.signin").joinpath("probe.js").read_text(encoding="utf-8")
_PRIMARY = "#idSIButton9"
_USABLE = """e => !e.disabled && !e.closest('.moveOffScreen, [aria-hidden="true"], [inert]')
  && e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  && e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().right > 0"""
ROUNDS = 25
"""Screens that one sign-in may show; more is a loop (AADSTS50196 warns of them)."""
CLICKS = 3
"""How often a click is repeated that the page swallowed."""


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
    acted_on: Callable[[Locator, Said], Any] = lambda locator, what: None  # noqa: ARG005
    """Told of each element just before it is used (awaited when it returns an awaitable)."""
    _named: bool = False
    """Whether the user name was entered."""
    _submitted: bool = False
    _pushed: bool = False
    _sent: list[str] = field(default_factory=list)

    async def run(self) -> None:
        """Sign in until the home page stands.

        Raises:
            Stopped: the account was not let in; the reason says why.
        """
        self.page.on("request", self._note)
        try:
            for _ in range(ROUNDS):
                probe = await self._probe()
                screen = classify(probe, self.hosts)
                if screen.name is Name.HOME:
                    return
                await self._act(screen, probe)
            raise stopped(Reason.SIGN_IN_ERROR)
        finally:
            self.page.remove_listener("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method == "POST" and self.hosts.may_type(request.url):
            self._sent.append(request.url)

    async def _probe(self) -> Probe:
        """Return what the page shows; a page in the middle of a navigation shows nothing."""
        try:
            found = await self.page.evaluate(PROBE)
        except Error:
            found = {}
        if not found.get("me_control"):
            for frame in self.page.frames[1:]:
                try:
                    found["me_control"] = (await frame.evaluate(PROBE))["me_control"]
                except Error:
                    continue
                if found["me_control"]:
                    break
        return Probe(url=self.page.url, **found)

    async def _act(self, screen: Screen, probe: Probe) -> None:
        match screen.name:
            case Name.STOP:
                assert screen.reason
                raise stopped(screen.reason, screen.code)
            case Name.UNKNOWN:
                raise stopped(Reason.UNKNOWN_SIGN_IN_SCREEN)
            case Name.SIGNED_OUT:
                link = "#hero-banner-sign-in-microsoft-365-link, #hero-banner-sign-in-to-office-365-link"
                await self._click(await self._usable(link), say("the sign-in link"), probe)
            case Name.EMAIL:
                await self._enter_name(probe)
            case Name.PICKER:
                await self._pick(probe)
            case Name.WORK_OR_PERSONAL:
                await self._click(
                    await self._usable("#aadTile, #aadTileTitle"), say("the work or school account"), probe
                )
            case Name.PASSWORD:
                await self._enter_password(probe)
            case Name.KMSI:
                await self._click(await self._usable("#idBtn_Back"), say("No to staying signed in"), probe)
            case Name.PROOF_UP_SKIPPABLE:
                await self._click(await self._usable("#skipMfaRegistrationLink"), say("skip for now"), probe)
            case Name.APP_CONFIRM:
                await self._click(await self._usable(_PRIMARY), say("continue"), probe)
            case Name.PASSING:
                await self._let_pass(probe)
            case _:
                await self._wait(probe)

    async def _usable(self, selector: str) -> Locator:
        """Return the first element of `selector` that a person could use: the views that are done stay, hidden."""
        locator = self.page.locator(selector)
        for index in range(await locator.count()):
            if await locator.nth(index).evaluate(_USABLE):
                return locator.nth(index)
        return locator.first

    async def _pick(self, probe: Probe) -> None:
        if self.username.lower() in probe.tiles:
            tiles = self.page.locator(".table[role=button][data-test-id], #tilesHolder [data-test-id]")
            for tile in await tiles.all():
                mine = (await tile.get_attribute("data-test-id") or "").lower() == self.username.lower()
                if mine and await tile.evaluate(_USABLE):
                    await self._click(tile, say("the account's tile"), probe)
                    return
        other = await self._usable('#otherTile, [aria-labelledby="otherTileText"]')
        await self._click(other, say("another account"), probe)

    async def _enter_name(self, probe: Probe) -> None:
        if self._named:
            await self._wait(probe)  # the view is about to change: a busy overlay goes before it does
            return
        self._named = True
        await self._type(await self._usable('#i0116, input[name="loginfmt"]'), self.username)
        await self._click(await self._usable(_PRIMARY), say("the user name and Next"), probe)

    async def _enter_password(self, probe: Probe) -> None:
        if self._submitted:
            if probe.password_error:
                raise stopped(Reason.WRONG_PASSWORD)
            await self._wait(probe)
            return
        if probe.identity and "@" in probe.identity and probe.identity.lower() != self.username.lower():
            raise Stopped(
                Reason.WRONG_ACCOUNT,
                say(
                    "Sign-in asks for the password of {other}, not of {wanted}.",
                    other=probe.identity,
                    wanted=self.username,
                ),
                say("Run again; if it stays so, sign in by hand in a private window to see who is offered."),
            )
        locator = await self._usable('#i0118, input[name="passwd"]')
        secret = self.password()
        self._submitted = True
        await self._type(locator, secret)
        await self._click(await self._usable(_PRIMARY), say("the password and Sign in"), probe)

    async def _type(self, locator: Locator, value: str | Secret) -> None:
        """Type `value` after a last look at the host of the frame that holds the field."""
        handle = await locator.element_handle()
        frame = await handle.owner_frame() if handle else None
        url = frame.url if frame else self.page.url
        if not self.hosts.may_type(url):
            raise unexpected_host(url)
        try:
            await locator.fill(value.reveal() if isinstance(value, Secret) else value)
        except Error:
            # The driver's error text contains what was to be typed: it must not travel.
            raise _field_gone(url) from None

    async def _click(self, locator: Locator, what: Said, before: Probe) -> None:
        """Click until the screen changes: a page may swallow the first click after typing. Nothing is typed again."""
        noted = self.acted_on(locator, what)
        if noted is not None:
            await noted
        sent = len(self._sent)
        for _ in range(CLICKS):
            await locator.click()
            if await self._changed(before, min(2.0, self.timeout / 2)):
                return
            if len(self._sent) > sent:
                break
        await self._wait(before)

    async def _wait(self, before: Probe) -> None:
        """Wait until the screen changes.

        Raises:
            Stopped: it did not within the limit (`sign-in-error`).
        """
        if not await self._changed(before, self.timeout):
            raise _no_answer(self.page.url)

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
        old = json.dumps(before.model_dump(exclude={"url"}), sort_keys=True)
        script = f"""([old, url]) => {{
            const now = ({PROBE})();
            const sorted = JSON.stringify(now, Object.keys(now).sort());
            return location.href !== url || sorted !== JSON.stringify(JSON.parse(old), Object.keys(now).sort());
        }}"""
        try:
            await self.page.wait_for_function(script, arg=[old, before.url], timeout=max(seconds, 0.1) * 1000)
        except WaitedTooLong:
            return False
        return True


def _field_gone(url: str) -> Stopped:
    return Stopped(
        Reason.SIGN_IN_ERROR,
        say("A field on {host} could not be filled in.", host=host_of(url)),
        say("Run again; if it stays so, sign in by hand to see what the page shows."),
    )


def _no_answer(url: str) -> Stopped:
    return Stopped(
        Reason.SIGN_IN_ERROR,
        say("Sign-in on {host} did not go on within the time limit.", host=host_of(url)),
        say("Run again with a longer --timeout."),
    )
