"""The browser that a run works in: its tabs, what they requested, and the camera."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, or_default
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.evidence.camera import Camera
from troubleshooter.model.enums import Reason, SessionKind
from troubleshooter.model.message import message
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_CLOSING = 5.0
"""Seconds for a tab to close; one that takes longer ends with the browser."""
_SHORT_WAIT = 10.0
"""Seconds for a redirect that comes at once or not at all."""


class Workspace:
    """One guarded browser session, and the tab in which the steps work."""

    def __init__(
        self, session: Session, camera: Camera, *, home: str, timeout: float, kind: SessionKind = SessionKind.PRIVATE
    ) -> None:
        self.session = session
        self.camera = camera
        self.timeout = timeout
        self.kind = kind
        self._home = home
        self._tab: Page | None = None
        self._traffic: dict[Page, Traffic] = {}
        self._signed_in = False
        self._signed_in_again = False

    @property
    def guard(self) -> Guard:
        """Return what watches the session's tabs."""
        return self.session.guard

    @property
    def trouble(self) -> asyncio.Future[Stopped]:
        """Return the future that is done when the guard stops the run."""
        return self.session.guard.trouble

    @property
    def tab(self) -> Page:
        """Return the tab that the steps work in."""
        if self._tab is None:
            raise RuntimeError("no tab is open yet: the first step of a scenario opens one")
        return self._tab

    @property
    def has_tab(self) -> bool:
        """Return whether the present tab is open."""
        return self._tab is not None and not self._tab.is_closed()

    @property
    def address(self) -> str:
        """Return the address that the present tab shows."""
        return self._tab.url if self._tab else self._home

    @property
    def signed_in(self) -> bool:
        """Return whether sign-in is over."""
        return self._signed_in

    def sign_in_is_over(self) -> None:
        """From now on, a page that fails ends its step and not the run."""
        self._signed_in = True

    @property
    def signed_in_again(self) -> bool:
        """Return whether the second sign-in of the run was used up."""
        return self._signed_in_again

    def use_second_sign_in(self) -> bool:
        """Return whether the run may sign in a second time; from then on it may not."""
        first, self._signed_in_again = not self._signed_in_again, True
        return first

    @property
    def at_sign_in(self) -> bool:
        """Return whether the present tab shows sign-in although that is over: the session ended."""
        return self._signed_in and self.has_tab and self.guard.hosts.may_type(self.tab.url)

    async def open_tab(self, *, aside: bool = False) -> Page:
        """Return a new guarded tab; `aside` for one whose refused pages do not stop the run."""
        tab = await self.session.tab(aside=aside)
        self.traffic(tab)
        return tab

    async def close_tab(self, tab: Page) -> None:
        """Close `tab`; one that does not close in time ends with the browser."""
        try:
            async with asyncio.timeout(_CLOSING):
                await or_default(tab.close(), None)
        except TimeoutError:
            return

    @asynccontextmanager
    async def extra_tab(self) -> AsyncIterator[Page]:
        """Yield a tab that is closed at the end of the block; the steps go on working in theirs."""
        tab = await self.open_tab()
        try:
            yield tab
        finally:
            await self.close_tab(tab)

    def turn_to(self, tab: Page) -> None:
        """Work in `tab` from now on."""
        self.traffic(tab)
        self._tab = tab

    @contextmanager
    def working_in(self, tab: Page) -> Iterator[None]:
        """Work in `tab` within the block."""
        before = self._tab
        self.turn_to(tab)
        try:
            yield
        finally:
            self._tab = before

    async def follow(
        self, click: Callable[[], Awaitable[None]], unless: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        """Run `click`, and work in the tab on which its address opens.

        Args:
            unless: ends the waiting for an address as well; then the tab stays.
        """
        self.turn_to(await self.session.follow(self.tab, click, unless))

    def traffic(self, tab: Page) -> Traffic:
        """Return what `tab` requested and received."""
        if tab not in self._traffic:
            self._traffic[tab] = Traffic(tab)
        return self._traffic[tab]

    async def arrive(self, origin: str, tab: Page | None = None) -> None:
        """Wait until `tab` (default: the present one) shows a document of `origin`.

        Sign-in on the way goes on by itself.

        Raises:
            CannotTell: sign-in asks for the account again (`signed-out`).
        """
        tab = tab or self.tab

        def there(url: str) -> bool:
            return host_of(url) == host_of(origin) and "/_forms/" not in url

        short = min(_SHORT_WAIT, self.timeout) * 1000
        if not await in_time(tab.wait_for_url(there, wait_until="commit", timeout=short)):
            if self._signed_in and self.guard.hosts.may_type(tab.url):
                raise CannotTell(
                    Reason.SIGNED_OUT,
                    message("The session ended before {url}: sign-in is asked for again.", url=origin),
                )
            await tab.wait_for_url(there, wait_until="commit")
        await tab.wait_for_load_state("domcontentloaded")
