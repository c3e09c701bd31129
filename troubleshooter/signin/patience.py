"""Decides how long a sign-in waits for a page that shows a reason to stop, or nothing known: it may show more."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from troubleshooter.browser.failures import or_default
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.signin.page_view import PageView
from troubleshooter.signin.probe import Probe, errors_of
from troubleshooter.signin.screen import Screen, ScreenName
from troubleshooter.signin.sent_requests import SentRequests

MORE = 1.5
"""Seconds in which a page that offers no way to continue may show more; its parts are rendered in any order."""
_WHY = 3.0
"""Seconds in which a page that asks for the password again may say why."""
_SKIPPABLE = 6.0
"""Seconds for which a registration has to be still: what skips it is drawn after the rest, by its own script."""
_PASSKEY = 12.0
"""Seconds in which a passkey's page may offer another way (one tool waits 20; facts/real-pages-2026.md 7.1)."""
_STILL = 4.0
"""Seconds after which a still page with unknown fields or buttons shows all that it will show."""
_STILL_TEXT = 10.0
"""The same for a page that only has a text: it may be about to continue by itself."""
_LOOK_EVERY = 0.5
_HANGING = 10.0
"""Seconds after which a request without a response no longer means that the page is still loading."""
_CERTAIN = frozenset(
    {
        Reason.UNEXPECTED_HOST,
        Reason.SESSION_CONTROL,
        Reason.TENANT_MOVED,
        Reason.MFA_DENIED,
        Reason.MFA_TIMEOUT,
        Reason.PASSWORD_EXPIRED,
    }
)
"""Reasons that are final once a page shows them."""
_DRAWN = """() => [
  document.readyState, document.getElementsByTagName('*').length,
  (document.body ? document.body.innerText : '').replace(/\\d+/g, '').slice(0, 4000),
]"""
"""What a page looks like, without numbers: a clock in it is no sign that it is still being drawn."""


@dataclass
class Patience:
    """The waits of one sign-in for what a page may still show."""

    view: PageView
    sent: SentRequests
    timeout: float
    """Seconds: the longest single wait."""
    _doubted: tuple[float, str] = (0, "")
    """The document that gave a reason to stop, and the reason."""
    _certain_at: float = 0.0
    """When that reason becomes final."""
    _passkey_until: float = 0.0
    """Until when a passkey's page may offer another way."""

    async def may_be_early(self, stop: Stopped, probe: Probe, screen: Screen, *, password_typed: bool) -> bool:
        """Give a page that ends the sign-in a moment to show more: a way past it, or why; a code counts immediately.

        Returns:
            Whether to inspect the page again.
        """
        if stop.reason in _CERTAIN or (stop.code and stop.reason is not Reason.UNKNOWN_SIGN_IN_SCREEN):
            return False
        if screen.name is ScreenName.PASSKEY:
            # In all its documents: other ways appear once the passkey has failed.
            self._passkey_until = self._passkey_until or time.monotonic() + _PASSKEY
            return await self._changes_until(self._passkey_until, probe)
        by_alert = stop.reason in (Reason.WRONG_PASSWORD, Reason.UNKNOWN_USER) and not any(errors_of(probe))
        if by_alert and await self._changes_before_answer(probe):
            return True
        if self._doubted != (probe.document, stop.reason):
            asks_again = password_typed and stop.reason in (Reason.WRONG_PASSWORD, Reason.SIGN_IN_ERROR)
            self._doubted = (probe.document, stop.reason)
            self._certain_at = time.monotonic() + (_WHY if asks_again or by_alert else MORE)
        if stop.reason is Reason.REGISTRATION_NEEDED:
            return await self._changes_unless_still(probe, _SKIPPABLE)
        return await self._changes_until(self._certain_at, probe)

    async def _changes_until(self, moment: float, probe: Probe) -> bool:
        """Wait for a change; return False once `moment` is over."""
        left = moment - time.monotonic()
        if left > 0:
            await self.view.changed(probe, left)
        return left > 0

    async def _changes_before_answer(self, before: Probe) -> bool:
        """Return whether a page changes while it works: an alert may say that it does."""
        deadline = time.monotonic() + self.timeout
        while (self.sent.unanswered or self.sent.loading(_HANGING)) and time.monotonic() < deadline:
            if await self.view.changed(before, _LOOK_EVERY):
                return True
        return False

    async def answers_code(self, before: Probe) -> bool:
        """Return whether a page that showed a code's error has answered the next code, and may show it still."""
        if not before.code_error or not self.sent.submitting:
            return False
        deadline = time.monotonic() + self.timeout
        while self.sent.unanswered and time.monotonic() < deadline:
            if await self.view.changed(before, _LOOK_EVERY):
                return True
        await self.view.changed(before, MORE)
        return True

    async def changes_unless_still(self, before: Probe) -> bool:
        """Wait until a page that shows nothing known shows something else; False once it is still.

        For a page that shows nothing at all, only the time limit ends the wait.
        """
        return await self._changes_unless_still(before, _STILL if before.options or before.fields else _STILL_TEXT)

    async def _changes_unless_still(self, before: Probe, seconds: float) -> bool:
        """Wait for a change; return False once the page shows something, and was still for `seconds`."""
        deadline = time.monotonic() + self.timeout
        drawn, since = await self._drawn(), time.monotonic()
        while (now := time.monotonic()) < deadline:
            if await self.view.changed(before, min(_LOOK_EVERY, deadline - now)):
                return True
            latest = await self._drawn()
            if latest != drawn or self.sent.loading(_HANGING):
                drawn, since = latest, time.monotonic()
            asks = before.options or before.fields
            if (asks or drawn[2].strip()) and time.monotonic() - since > seconds:
                return False
        return False

    async def _drawn(self) -> tuple[str, int, str]:
        nothing: list[Any] = ["", 0, ""]
        state, elements, text = await or_default(self.view.page.evaluate(_DRAWN), nothing, unless_closed=self.view.page)
        return str(state), int(elements), str(text)
