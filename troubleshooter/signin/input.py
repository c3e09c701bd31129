"""What types and clicks: into the field that was looked at, on a host that allows it; a secret never twice."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, urlsplit

from troubleshooter.browser.failures import or_default, read_or_default, succeeded
from troubleshooter.browser.guard import unexpected_host
from troubleshooter.model.message import Message
from troubleshooter.redaction.secret import Secret
from troubleshooter.signin import elements
from troubleshooter.signin.page_view import View
from troubleshooter.signin.probe import VISIBLE, Probe
from troubleshooter.signin.screens import classify
from troubleshooter.signin.stop_messages import emptied, field_gone
from troubleshooter.tenant.hosts import HostPolicy

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Locator, Request

CLICKS = 3
"""How often a click is repeated that the page swallowed."""
_PATIENCE = 2.0
"""Seconds in which a page shows that it took a click."""
_WORKING = 8.0
"""Seconds that a page has which sent something since: it works on it, without showing that."""
_OWN_PURPOSES = re.compile(
    r"/(?:instrumentation|handlers/watson|telemetry|reportpageload|GetCredentialType)\b", re.IGNORECASE
)
"""Paths of sign-in hosts to which a page posts whatever a person does: how it was drawn, what failed, who is asked."""
_DOCUMENT = "() => performance.timeOrigin"
"""What `Probe.document` holds."""
_EMPTY = f"(e) => {{ {VISIBLE} return usable(e) && e.value === ''; }}"


@dataclass
class Hands:
    """The hands of one sign-in. They note what was sent of what they typed."""

    view: View
    hosts: HostPolicy
    timeout: float
    """Seconds: the longest single wait."""
    acted_on: Callable[[Locator, Message], Any]
    sent: int = 0
    """Requests since the last typing that carried what was typed, or led to another page."""
    _posts: int = 0
    """Requests that may have been an answer to what was done, whether or not they show what was typed."""
    _typed: str = field(default="", repr=False)
    _secret: bool = False
    """Whether that opens something: then it was sent wherever it went."""
    _field: ElementHandle | None = None

    def note(self, request: Request) -> None:
        """Count what was sent of what was typed: a page also posts for its own purposes."""
        answers = request.method == "POST" and self.hosts.may_type(request.url)
        # A provider may keep its form and its service on two hosts: a secret counts as sent wherever it went.
        carries = (answers or self._secret) and self._carries(request)
        self._posts += carries or (answers and not _OWN_PURPOSES.search(urlsplit(request.url).path))
        self.sent += carries or (answers and _leads_on(request))

    def _carries(self, request: Request) -> bool:
        """Return whether `request` says what was typed, as forms, JSON or base64 write it."""
        sent = (request.post_data_buffer or b"") + b" " + request.url.encode()
        plain = self._typed.encode()
        forms = {plain, quote(self._typed, safe="").encode(), quote_plus(self._typed).encode()}
        forms |= {json.dumps(self._typed)[1:-1].encode(), base64.b64encode(plain)}
        return any(form and form in sent for form in forms)

    async def show(self, element: Locator, what: Message) -> None:
        """Tell of an element that is about to be used, or that says something to a person."""
        # One that is gone meanwhile is not shown, and the page is looked at again.
        await or_default(self._report(element, what), None, unless_closed=self.view.page)

    async def _report(self, element: Locator, what: Message) -> None:
        noted = self.acted_on(element, what)
        if noted is not None:
            await noted

    async def type(self, selector: str, value: str | Secret) -> bool:
        """Type `value` after a last look at the host of the frame that holds the field; False when it is gone."""
        locator = await elements.usable(self.view.page, selector)
        handle = await elements.pinned(locator) if locator else None
        if not handle:
            return False
        frame = await handle.owner_frame()
        url = frame.url if frame else self.view.page.url
        if not self.hosts.may_type(url):
            raise unexpected_host(url)
        self._secret = isinstance(value, Secret)
        self._typed, self.sent = value.reveal() if isinstance(value, Secret) else value, 0
        # The very element that was looked at, and no other that took its place since. Playwright's error contains what
        # was to be typed, so it is dropped here.
        if not await succeeded(handle.fill(self._typed)):
            raise field_gone(url)
        self._field = handle
        return True

    async def click(
        self, locator: Locator | None, what: Message, before: Probe, *, once: bool = False, enter: str = ""
    ) -> bool:
        """Click until the screen changes: a page may swallow the first click after typing. Nothing is typed again.

        Args:
            before: what the page showed when the click was decided.
            once: what is submitted may be sent once only: no click follows a request that was, or may have been, it.
            enter: the field in which Enter is pressed where there is no button.

        Returns:
            Whether the screen changed.

        Raises:
            Stopped: the page emptied the field of a secret, and nothing was sent.
        """
        if locator is None and enter:
            locator = await elements.usable(self.view.page, enter)
        elif locator is not None:
            enter = ""
        if locator is None:
            return False
        await self.show(locator, what)
        now = await self.still(before)
        if now is None:
            return True
        for _ in range(CLICKS):
            if once and self.sent:
                return False
            posts = self._posts
            await self._press(locator, now, enter)
            changed = await self._answered(now, posts)
            if changed or (once and self._posts > posts):
                return changed  # a request that shows nothing of a secret may have been it, encrypted
            if await self._emptied(now):
                if once:
                    raise emptied(self.view.page.url)
                return True
        return False

    async def _answered(self, before: Probe, posts: int) -> bool:
        """Return whether the screen changes; there is more time where something was sent after the first `posts`."""
        if await self.view.changed(before, min(_PATIENCE, self.timeout / 2)):
            return True
        return self._posts > posts and await self.view.changed(before, min(_WORKING, self.timeout))

    async def _press(self, locator: Locator, now: Probe, enter: str) -> None:
        """Click, or press Enter, in the document that `now` shows and in no other: its successor has the same ids."""
        # One that is covered or gone is not clicked: the page is changing its view, or shows something in front of it.
        await or_default(self._press_at_once(locator, now, enter), None, unless_closed=self.view.page)

    async def _press_at_once(self, locator: Locator, now: Probe, enter: str) -> None:
        limit = min(5.0, self.timeout) * 1000
        element = await elements.pinned(locator)
        if element and await element.evaluate(_DOCUMENT) == now.document:
            await (element.press("Enter", timeout=limit) if enter else element.click(timeout=limit))

    async def still(self, before: Probe) -> Probe | None:
        """Return what the screen shows now, where it is the same one; None where another was drawn meanwhile.

        What the typing changed, such as a button that became usable, is then no answer to the click.
        """
        now = await self.view.probe()
        if now.busy and now.document == before.document and await self.view.changed(now, min(_WORKING, self.timeout)):
            now = await self.view.probe()
        same = now.document == before.document and classify(now, self.hosts) == classify(before, self.hosts)
        return now if same else None

    async def _emptied(self, before: Probe) -> bool:
        """Return whether the page removed what was typed before it was sent: clicking on would send nothing."""
        if self._field is None or self.sent:
            return False
        empty = await or_default(self._field.evaluate(_EMPTY), False)  # a field that is gone took its view with it
        return bool(empty) and not await self.view.changed(before, min(_PATIENCE, self.timeout)) and not self.sent


def _leads_on(request: Request) -> bool:
    """Return whether `request` leads the page itself on; a frame of it posts for its own purposes."""
    return request.is_navigation_request() and read_or_default(lambda: request.frame.parent_frame is None, False)
