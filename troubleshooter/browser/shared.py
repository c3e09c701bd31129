"""A browser that several runs share. Each run gets a private session of its own, which may be signed in already."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.launch import Options, Started
from troubleshooter.browser.session import Session
from troubleshooter.tenant.hosts import HostPolicy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.async_api import Request, Response, StorageState


class SessionSource(Protocol):
    """What a run gets its session from: a browser of its own, or a part of one."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Return the versions of Playwright and the browser."""

    async def session(self, hosts: HostPolicy, options: Options) -> Session:
        """Return a private session."""


class RunBrowser(Protocol):
    """The browser of one run, from its start to its end."""

    async def started(self) -> SessionSource:
        """Wait for the browser, and return what opens sessions in it."""

    def release(self) -> None:
        """Begin to close it: no step needs it any more."""

    async def closed(self) -> None:
        """Wait until it is closed, as far as this run is concerned."""


class SharedBrowser:
    """One run's share of a browser: the sessions that it opened there. Whoever makes one closes them."""

    def __init__(self, browser: Started, state: StorageState | None = None) -> None:
        """Open sessions in `browser`.

        Args:
            state: the cookies of a session that has signed in; None for sessions that have not.
        """
        self._browser = browser
        self._state = state
        self._sessions: list[Session] = []
        self._watch: tuple[Callable[[Request], None], Callable[[Response], None]] | None = None

    @property
    def versions(self) -> Mapping[str, str]:
        """Return the versions of Playwright and the browser."""
        return self._browser.versions

    async def started(self) -> SharedBrowser:
        """Return this object: its browser has started."""
        return self

    async def session(self, hosts: HostPolicy, options: Options) -> Session:
        """Return a new private session.

        Raises:
            BrowserFailure: the browser is gone.
        """
        with browser_failures():
            return await self._new_session(hosts, options)

    async def _new_session(self, hosts: HostPolicy, options: Options) -> Session:
        session = await self._browser.session(hosts, options, self._state)
        if self._watch:
            session.context.on("request", self._watch[0])
            session.context.on("response", self._watch[1])
        self._sessions.append(session)
        return session

    def watch(self, request: Callable[[Request], None], response: Callable[[Response], None]) -> None:
        """From now on, call these with each request and each response of the sessions that are opened."""
        self._watch = request, response

    async def state(self) -> StorageState:
        """Return the cookies of the last session, with which others continue it.

        Raises:
            BrowserFailure: the browser is gone.
        """
        with browser_failures():
            return await self._sessions[-1].context.storage_state()

    def release(self) -> None:
        """Keep the sessions open: whoever made this object may need their cookies."""

    async def closed(self) -> None:
        """Return at once, for the same reason."""

    async def close(self) -> None:
        """Close the sessions with all their tabs. The browser stays open."""
        while self._sessions:
            with suppress(BrowserFailure), browser_failures():  # one that is gone is closed
                await self._sessions.pop().context.close()
