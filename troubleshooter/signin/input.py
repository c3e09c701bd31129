"""Types and clicks: types only into the inspected field, on a host that allows it, and a secret never twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import or_default, succeeded
from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.model.message import Message
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import elements
from troubleshooter.signin.page_view import PageView
from troubleshooter.signin.probe import VISIBLE, Probe
from troubleshooter.signin.screens import classify
from troubleshooter.signin.sent_requests import SentRequests
from troubleshooter.signin.stop_messages import field_emptied, field_gone
from troubleshooter.tenant.hosts import HostPolicy

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Locator

CLICKS = 3
"""Maximum number of times that a click is tried if the page ignores it."""
_REACTION = 2.0
"""Seconds to wait for a page to show that it received a click."""
_WORKING = 8.0
"""Seconds to wait for a page that has sent something since the click, and may be working on it without showing that.

A page that was given a secret gets them in any case, and whatever the time limit is: it may be about to send it, and a
second click would send it twice.
"""
_LOOK_EVERY = 0.5
_BY_ITSELF = 5.0
"""Seconds to wait for a page that sent what was typed before anything was clicked: it may go on by itself. If it only
had it checked, it waits for the click."""
_PRESSING = 5.0
"""Seconds to wait until an element can be clicked, or a key pressed in it."""
_EMPTY = f"(e) => {{ {VISIBLE} return usable(e) && e.value === ''; }}"


@dataclass
class PageInput:
    """Types and clicks for one sign-in."""

    view: PageView
    hosts: HostPolicy
    timeout: float
    """The longest single wait, in seconds."""
    acted_on: Callable[[Locator, Message], Any]
    sent_requests: SentRequests = field(init=False)
    _field: ElementHandle | None = None
    """The field that was filled in last."""
    _filled: tuple[LocatorDefinition, str | Secret] | None = field(default=None, repr=False)
    """The field that was filled in last, and with what."""
    _answers: int = 0
    """How many requests might have been answers to the typing by then."""
    _pressed_at: float | None = None
    """When the page was first told to continue, by `time.monotonic`; None if there was nothing to press."""

    def __post_init__(self) -> None:
        self.sent_requests = SentRequests(self.hosts)

    @property
    def since_pressed(self) -> float:
        """Return the seconds for which the last click has been waiting for the page to continue."""
        return time.monotonic() - self._pressed_at if self._pressed_at else 0.0

    async def report(self, element: Locator, what: Message) -> None:
        """Call `acted_on` with an element that is about to be used, or that the operator has to read."""
        # An element that has gone meanwhile is not shown, and the page is inspected again.
        await or_default(self._report(element, what), None, unless_closed=self.view.page)

    async def _report(self, element: Locator, what: Message) -> None:
        noted = self.acted_on(element, what)
        if noted is not None:
            await noted

    async def type(self, wanted: LocatorDefinition, value: str | Secret) -> bool:
        """Type `value` after checking the host of the field's frame again; False if the field is gone."""
        locator = await elements.usable(self.view.page, wanted)
        handle = await elements.pinned(locator) if locator else None
        if not handle:
            return False
        frame = await handle.owner_frame()
        url = frame.url if frame else self.view.page.url
        if not self.hosts.may_type(url):
            raise unexpected_host(url)
        # Use the very element that was inspected, not one that has taken its place. Playwright's error contains what
        # was to be typed, so it is dropped here.
        self._answers = self.sent_requests.answering
        if not await succeeded(handle.fill(self.sent_requests.start(value))):
            raise field_gone(url)
        self._field, self._filled = handle, (wanted, value)
        return True

    async def _restore(self) -> None:
        """Fill in the field again if the page has put a new one in its place before anything was sent."""
        if self._field is None or self._filled is None:
            return
        if self.sent_requests.submitting or self.sent_requests.answering > self._answers:
            return  # a request in which no secret can be recognized may have carried it
        if not await or_default(self._field.evaluate("(e) => e.isConnected"), True):
            await self.type(*self._filled)

    async def click(
        self,
        locator: Locator | None,
        what: Message,
        before: Probe,
        *,
        once: bool = False,
        enter: LocatorDefinition | None = None,
    ) -> bool:
        """Click until the screen changes, because a page may ignore the first click after typing. Nothing is retyped.

        Args:
            before: what the page showed when the click was decided.
            once: what is submitted may be sent once only: no second click follows a request that did, or may have done
                that. The first click always happens, because a page may check the text while it is typed.
            enter: the field in which Enter is pressed if there is no button.

        Returns:
            Whether the screen changed.

        Raises:
            Stopped: the page emptied the field of a secret, and nothing was sent.
        """
        self._pressed_at = None
        if locator is None and enter:
            locator = await elements.usable(self.view.page, enter)
        elif locator is not None:
            enter = None
        if locator is None:
            return False
        await self.report(locator, what)
        now = await self.same_screen(before)
        if now is None:
            return True
        return await self._click_until_changed(locator, now, once=once, enter=enter is not None)

    async def _click_until_changed(self, locator: Locator, now: Probe, *, once: bool, enter: bool) -> bool:
        if once and self.sent_requests.submitting and await self._goes_on_by_itself(now):
            return True
        for clicks in range(CLICKS):
            if once and clicks and self.sent_requests.submitting:
                return False
            await self._restore()
            answers = self.sent_requests.answering
            self._pressed_at = self._pressed_at or time.monotonic()
            await self._press(locator, now, enter=enter)
            changed = await self._reacts(now, answers, once=once)
            if changed or (once and (self.sent_requests.answering > answers or self._is_working())):
                return changed  # a request in which no secret can be recognized may have carried it, encrypted
            if await self._is_emptied(now):
                if once:
                    raise field_emptied(self.view.page.url)
                return True
        return False

    async def _goes_on_by_itself(self, before: Probe) -> bool:
        """Return whether the page needs no click: it sent what was typed, and leads on."""
        if await self.view.changed(before, min(_BY_ITSELF, self.timeout / 2)):
            return True
        return self.sent_requests.unanswered and await self.view.changed(before, min(_WORKING, self.timeout))

    async def _reacts(self, before: Probe, answers: int, *, once: bool) -> bool:
        """Return whether the screen changes; there is more time if something was sent after the first `answers`."""
        if await self.view.changed(before, min(_REACTION, self.timeout / 2)):
            return True
        sent = self.sent_requests.answering > answers
        if once and not sent:
            return await self.view.changed(before, _WORKING) or await self._goes_on_once_answered(before, answers)
        return sent and await self.view.changed(before, min(_WORKING, self.timeout))

    async def _goes_on_once_answered(self, before: Probe, answers: int) -> bool:
        """Return whether the screen changes while the page waits for an answer that may make it submit, or after it."""
        while self._is_working() and self.sent_requests.answering == answers and self.since_pressed < self.timeout:
            if await self.view.changed(before, _LOOK_EVERY):
                return True
            if not self._is_working():
                return await self.view.changed(before, min(_REACTION, self.timeout))
        return False

    def _is_working(self) -> bool:
        """Return whether a request that began after the click has no response yet."""
        return self.sent_requests.working_since(self._pressed_at or time.monotonic())

    async def _press(self, locator: Locator, now: Probe, *, enter: bool) -> None:
        """Click, or press Enter, only in the document that `now` shows, because its successor has the same ids."""
        # An element that is covered or gone is not clicked: the page is changing its view, or shows something in front.
        await or_default(self._press_pinned(locator, now, enter=enter), None, unless_closed=self.view.page)

    async def _press_pinned(self, locator: Locator, now: Probe, *, enter: bool) -> None:
        limit = min(_PRESSING, self.timeout) * 1000
        element = await elements.pinned(locator, in_document=now.document)
        if element:
            await (element.press("Enter", timeout=limit) if enter else element.click(timeout=limit))

    async def same_screen(self, before: Probe) -> Probe | None:
        """Return what the page shows now, if it is the same screen; None if another one has appeared meanwhile.

        What the typing changed, such as a button that became usable, is then not mistaken for an effect of the click.
        """
        now = await self.view.probe()
        if now.busy and now.document == before.document and await self.view.changed(now, min(_WORKING, self.timeout)):
            now = await self.view.probe()
        same = now.document == before.document and classify(now, self.hosts) == classify(before, self.hosts)
        return now if same else None

    async def _is_emptied(self, before: Probe) -> bool:
        """Return whether the page removed the input before it was sent, so that another click would send nothing."""
        if self._field is None or self.sent_requests.submitting:
            return False
        empty = await or_default(self._field.evaluate(_EMPTY), False)  # a field that is gone took its view with it
        if not empty or await self.view.changed(before, min(_REACTION, self.timeout)):
            return False
        return not self.sent_requests.submitting
