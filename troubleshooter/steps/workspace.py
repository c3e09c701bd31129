"""The browser that a run works in: its tabs, what they requested, and the camera."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.browser.waits import short_wait
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import SessionKind
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out

if TYPE_CHECKING:
    from playwright.async_api import Page

    from troubleshooter.evidence.camera import Camera

_CLOSING = 5.0
"""Seconds to wait for a tab to close; a tab that takes longer is closed with the browser."""


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
        """Return the guard that watches the session's tabs."""
        return self.session.guard

    @property
    def trouble(self) -> asyncio.Future[Stopped]:
        """Return the future that is done once the guard stops the run."""
        return self.session.guard.trouble

    @property
    def tab(self) -> Page:
        """Return the tab that the steps work in."""
        if self._tab is None:
            raise RuntimeError("no tab is open yet: the first step of a scenario opens one")
        return self._tab

    @property
    def has_tab(self) -> bool:
        """Return whether the current tab is open."""
        return self._tab is not None and not self._tab.is_closed()

    @property
    def address(self) -> str:
        """Return the URL of the current tab."""
        return self._tab.url if self._tab else self._home

    @property
    def signed_in(self) -> bool:
        """Return whether sign-in is over."""
        return self._signed_in

    def sign_in_is_over(self) -> None:
        """Note that sign-in is over: from now on, a page that fails ends its step, not the run."""
        self._signed_in = True

    @property
    def signed_in_again(self) -> bool:
        """Return whether the run's second sign-in has been used up."""
        return self._signed_in_again

    def use_second_sign_in(self) -> bool:
        """Use up the run's only second sign-in; return whether it was still available."""
        first, self._signed_in_again = not self._signed_in_again, True
        return first

    @property
    def at_sign_in(self) -> bool:
        """Return whether the current tab shows the sign-in page after sign-in was over: the session has ended."""
        return self._signed_in and self.has_tab and self.guard.hosts.may_type(self.tab.url)

    async def open_tab(self, *, aside: bool = False) -> Page:
        """Return a new guarded tab; with `aside`, a refused page in it does not stop the run."""
        tab = await self.session.tab(aside=aside)
        self.traffic(tab)
        return tab

    async def close_tab(self, tab: Page) -> None:
        """Close `tab`; if it does not close in time, it is closed with the browser."""
        try:
            async with asyncio.timeout(_CLOSING):
                await or_default(tab.close(), None)
        except TimeoutError:
            return

    @asynccontextmanager
    async def extra_tab(self) -> AsyncIterator[Page]:
        """Yield a tab that is closed at the end of the block; the steps keep working in their own tab."""
        tab = await self.open_tab()
        try:
            yield tab
        finally:
            await self.close_tab(tab)

    def turn_to(self, tab: Page) -> None:
        """Make `tab` the current tab."""
        self.traffic(tab)
        self._tab = tab

    @contextmanager
    def working_in(self, tab: Page) -> Iterator[None]:
        """Make `tab` the current tab within the block."""
        before = self._tab
        self.turn_to(tab)
        try:
            yield
        finally:
            self._tab = before

    async def follow(
        self, click: Callable[[], Awaitable[None]], unless: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        """Run `click`, and make the tab in which the clicked URL opens the current one.

        Args:
            unless: also ends the wait for a URL; the current tab then stays the same.
        """
        self.turn_to(await self.session.follow(self.tab, click, unless))

    def traffic(self, tab: Page) -> Traffic:
        """Return what `tab` requested and received."""
        if tab not in self._traffic:
            self._traffic[tab] = Traffic(tab)
        return self._traffic[tab]

    async def arrive(self, origin: str, tab: Page | None = None) -> None:
        """Wait until `tab` (default: the current one) shows a document of `origin`.

        A silent sign-in on the way completes by itself.

        Raises:
            CannotTell: sign-in asks for the account again (`signed-out`).
        """
        tab = tab or self.tab

        def there(url: str) -> bool:
            return self.guard.hosts.leads_to(url, origin) and "/_forms/" not in url

        if not await comes_back(tab, there, self.guard.hosts, short_wait(self.timeout)):
            if self._signed_in and self.guard.hosts.may_type(tab.url):
                raise signed_out(origin)
            await tab.wait_for_url(there, wait_until="commit")
        await tab.wait_for_load_state("domcontentloaded")
