"""Signs in: inspects the screen, decides, acts once, and waits until the screen changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.redaction.run_log import Event, Phase, log
from troubleshooter.signin import elements
from troubleshooter.signin.actions import Capabilities, Do, Progress, SignInAction, Target
from troubleshooter.signin.approval import ApprovalWait
from troubleshooter.signin.click_targets import element_to_click
from troubleshooter.signin.codes import HARMLESS, aadsts, code_in_address, final_reason, reason_of, refusal_reason
from troubleshooter.signin.credentials import Credentials, SignInSettings
from troubleshooter.signin.credentials_entry import CredentialsEntry
from troubleshooter.signin.decide import decide
from troubleshooter.signin.expected import note_expected
from troubleshooter.signin.input import PageInput
from troubleshooter.signin.let_in import check_account_button
from troubleshooter.signin.page_view import PageView
from troubleshooter.signin.passkeys import REGISTRATION_HOST, refuse_passkeys
from troubleshooter.signin.patience import Patience
from troubleshooter.signin.probe import Probe
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.screens import classify, is_front_page, is_home_host
from troubleshooter.signin.selectors import PARTS
from troubleshooter.signin.stop_messages import no_answer, stopped, window_closed
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

IDLE = 40
"""Maximum number of consecutive pages that only redirect or show nothing; more are a loop."""
_FRONT_PAGE_WAIT = 10.0
"""Seconds in which a front page without a sign-in link may show more."""
_SWITCHING = 4.0
"""Seconds that a page has to switch from the name to the password; more than that, and it waits for both."""
_REPORTED = 5.0
"""Seconds in which an app to which sign-in reports an error may do something about it."""
_WITH_CREDENTIALS = frozenset({Do.USERNAME, Do.PASSWORD, Do.CREDENTIALS, Do.CODE, Do.ASK, Do.APPROVAL})
"""What an account is signed in by; the other actions also occur while a session continues."""
_LANDING_WAIT = 15.0
"""Seconds in which a landing page may continue by itself."""


class SignIn:
    """One sign-in: each secret is submitted at most once."""

    def __init__(self, tab: Page, guard: Guard, credentials: Credentials, settings: SignInSettings) -> None:
        self.tab = tab
        self.guard = guard
        self.credentials = credentials
        self.settings = settings
        self._view = PageView(tab, lambda: guard.refused)
        self._input = PageInput(self._view, guard.hosts, settings.timeout, settings.acted_on)
        self._approvals = (
            ApprovalWait(self._view, guard.hosts, credentials.username, settings.operator)
            if settings.operator
            else None
        )
        self._patience = Patience(self._view, self._input.sent_requests, settings.timeout)
        self._entry = CredentialsEntry(self._input, credentials, settings)
        self._progress = Progress(again=settings.again)
        self._before = self._progress
        """The progress before the current action."""
        self._pushed = False
        """Whether the tab was sent to a URL because a page did not continue."""

    async def run(self) -> None:
        """Sign in until the home page is shown.

        Raises:
            Stopped: the account was not let in; the reason says why.
            CannotTell: it was, but nothing on the home page is known to be the account button (`page-changed`).
        """
        sent = self._input.sent_requests
        listeners = (("request", sent.count), ("requestfinished", sent.end), ("requestfailed", sent.end))
        for event, listener in listeners:
            self.tab.on(event, listener)  # type: ignore[call-overload]
        try:
            with browser_failures():
                if not self.settings.interactive:
                    await refuse_passkeys(self.tab, self.guard.hosts)
                await (self._let_operator_sign_in() if self.settings.interactive else self._drive())
        except BrowserFailure as error:
            if self.tab.is_closed():  # nothing is looked for any more, so no page is to blame
                closed = window_closed()
                closed.secret_sent = self._progress.secret_sent
                raise closed from error
            raise
        except Stopped as stop:
            self._told(stop)
            raise
        finally:
            for event, listener in listeners:
                self.tab.remove_listener(event, listener)

    def _told(self, stop: Stopped) -> Stopped:
        """Return `stop`, after noting whether a secret was typed before it, and what was expected next."""
        stop.secret_sent = self._progress.secret_sent
        note_expected(stop, self._progress)
        return stop

    async def _let_operator_sign_in(self) -> None:
        assert self._approvals, "an interactive sign-in has an operator"
        await self._approvals.until_home(self._is_home)

    async def _is_home(self, probe: Probe) -> bool:
        return classify(probe, self.guard.hosts).name is ScreenName.HOME

    async def _drive(self) -> None:
        capabilities = self._capabilities()
        idle = 0
        while True:
            probe = await self._view.probe()
            screen = classify(probe, self.guard.hosts)
            log(Phase.SIGN_IN, Event.SCREEN, screen.name, *([screen.reason] if screen.reason else []))
            sent = self._input.sent_requests.submitting > 0
            posted = self._progress.posted or (self._progress.password_typed and sent)
            self._before = replace(self._progress, posted=posted, sent=sent)
            idle += 1
            try:
                action, self._progress = decide(screen, probe, self._before, capabilities, self.guard.hosts)
            except Stopped as stop:
                if idle <= IDLE and await self._patience.may_be_early(
                    stop, probe, screen, password_typed=self._progress.password_typed
                ):
                    continue
                raise
            log(Phase.SIGN_IN, Event.ACTION, action.do)
            if action.do is Do.DONE:
                return
            if action.do not in (Do.WAIT, Do.PASS):
                idle = 0
            if idle > IDLE:
                raise no_answer(self.tab.url)
            await self._perform(action, screen, probe)

    def _capabilities(self) -> Capabilities:
        operator = self.settings.operator
        return Capabilities(
            self.credentials.username,
            totp=self.credentials.totp is not None,
            operator=operator is not None,
            terminal=operator is not None and operator.terminal,
        )

    async def _perform(self, action: SignInAction, screen: Screen, probe: Probe) -> None:
        if action.do in _WITH_CREDENTIALS:
            self.credentials.gate()
        match action.do:
            case Do.PASS:
                await self._let_pass(probe)
            case Do.WAIT:
                await self._wait(probe, screen)
            case Do.CLICK | Do.PICK | Do.METHOD | Do.CREDENTIAL:
                await self._click(action, probe)
            case Do.APPROVAL:
                await self._wait_for_approval(screen, probe)
            case _:
                await self._type(action, probe)

    async def _click(self, action: SignInAction, probe: Probe) -> None:
        element, label = await element_to_click(self.tab, action, probe, self.credentials.username)
        if await self._input.click(element, label, probe):
            return
        if action.target is Target.SIGN_IN and is_home_host(probe) and not self._pushed:
            await self._go_to_sign_in(probe)  # the link is covered, or opens a window
        else:
            await self._wait(probe, spent=self._input.since_pressed)

    async def _type(self, action: SignInAction, probe: Probe) -> None:
        changed = await self._entry.enter(action, probe)
        if changed is None:
            # The field was gone, so nothing was typed, and the only progress is that it was tried.
            self._progress = replace(self._before, actions=self._progress.actions)
        elif not changed and not (action.do in (Do.CODE, Do.ASK) and await self._patience.answers_code(probe)):
            await self._wait(probe, spent=self._input.since_pressed)

    async def _wait_for_approval(self, screen: Screen, probe: Probe) -> None:
        element = await elements.usable(self.tab, PARTS["phone"])
        if element:
            await self._input.report(element, message("what the phone asks for"))
        assert self._approvals, "an approval is waited for only where an operator is there"
        await self._approvals.until_approved(screen, probe)

    async def _wait(self, before: Probe, screen: Screen | None = None, *, spent: float = 0.0) -> None:
        """Wait until the screen changes, for which it has had `spent` seconds already.

        Raises:
            Stopped: it did not change within the limit. The reason is that of its code or `unknown-sign-in-screen` if
                it shows nothing known, `unexpected-host` if a part of it was refused, else `sign-in-error`.
        """
        if self._leads_nowhere(before):
            return await self._go_to_sign_in(before)
        if self._may_want_both(before):
            ignored = not await self._view.changed(before, min(_SWITCHING, self.settings.timeout))
            self._progress = replace(self._progress, name_ignored=ignored)
            return None
        shows_nothing = screen and screen.name is ScreenName.WAIT and not before.busy and not before.asks_who
        unknown = shows_nothing and self.guard.hosts.may_type(before.url)
        if await (
            self._patience.changes_unless_still(before)
            if unknown
            else self._view.changed(before, self._limit(before, spent))
        ):
            return None
        if unknown:
            if refused := self._view.refused_since():
                raise unexpected_host(refused[-1])  # it is hidden, but without it the page does not continue
            raise stopped(*final_reason(before))
        if host_of(before.url) == REGISTRATION_HOST:
            raise stopped(Reason.REGISTRATION_NEEDED)
        if code := _reported(before):
            raise stopped(refusal_reason(code), f"AADSTS{code}")
        check_account_button(before)
        raise no_answer(self.tab.url, aadsts(before))

    def _limit(self, before: Probe, spent: float) -> float:
        """Return how long a page may take; less if its URL reports an error to an app: it is left soon, or stays."""
        left = 0.0 if _reported(before) else self.settings.timeout - spent
        return max(left, min(_REPORTED, self.settings.timeout))

    def _may_want_both(self, before: Probe) -> bool:
        """Return whether the page shows both fields, and the name was typed and sent."""
        typed = self._progress.usernames_typed and self._progress.username_document == before.document
        return bool(typed) and before.email and before.password and not self._progress.password_typed

    def _leads_nowhere(self, before: Probe) -> bool:
        """Return whether this is a front page, before the first action, that shows no known link."""
        begun = self._progress.actions or self._pushed
        return not begun and is_front_page(before) and not before.sign_in_link

    async def _go_to_sign_in(self, before: Probe) -> None:
        """Wait for the front page to show more; then open the URL that redirects to sign-in, once."""
        if not await self._view.changed(before, min(_FRONT_PAGE_WAIT, self.settings.timeout)):
            self._pushed = True
            await self.tab.goto(f"https://{host_of(before.url)}/?auth=2", wait_until="commit")

    async def _let_pass(self, probe: Probe) -> None:
        """Wait for a page that continues by itself; if its script does not run, as sometimes happens, go home, once."""
        if "/landing" not in probe.url or self._pushed or _reported(probe):
            await self._wait(probe)
        elif not await self._view.changed(probe, min(_LANDING_WAIT, self.settings.timeout)):
            self._pushed = True
            # The session exists already, so the target is the root of the host that should have continued.
            await self.tab.goto(f"https://{host_of(probe.url)}/", wait_until="commit")


def _reported(probe: Probe) -> str:
    """Return the digits of the code that the address of a page outside sign-in reports, if it ends a sign-in."""
    return next((code for code in code_in_address(probe.url) if code not in HARMLESS and reason_of(code)), "")
