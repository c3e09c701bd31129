"""Uses a browser that somebody else has started: through a Playwright server, or over Chromium's own protocol (CDP).

Such a browser has no switches of ours. What a check depends on for safety must not depend on them: the guard is tried
before the browser is used.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self

from troubleshooter.browser.call_trace import calls_traced
from troubleshooter.browser.driver import driver
from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.launch import Options, Started, new_session
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.tenant.file import Network
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserType

_FORBIDDEN = "https://guard.invalid/"
"""An address that no guard lets through, and that no name server knows."""
_OPEN, _ENCRYPTED = ("ws", "http"), ("wss", "https")
_SCHEMES = {"connect": ("ws", "wss"), "cdp": (*_OPEN, *_ENCRYPTED)}


def _connect(chromium: BrowserType, url: str, milliseconds: float) -> Awaitable[Browser]:
    return chromium.connect(url, timeout=milliseconds)


def _over_cdp(chromium: BrowserType, url: str, milliseconds: float) -> Awaitable[Browser]:
    return chromium.connect_over_cdp(url, timeout=milliseconds)


_WAYS: Mapping[str, Callable[[BrowserType, str, float], Awaitable[Browser]]] = {"connect": _connect, "cdp": _over_cdp}


@dataclass(frozen=True)
class Remote:
    """Where a browser is that somebody else has started."""

    way: str
    """`connect` or `cdp`."""
    url: str = field(repr=False)
    """May contain a token."""

    @classmethod
    def of(cls, way: str, url: str) -> Self:
        """Return the browser at `url`.

        Raises:
            ValueError: the address is wrong, or passwords would be sent to it unencrypted.
        """
        parts = split(url)
        if parts.scheme not in _SCHEMES[way] or not parts.hostname:
            raise ValueError(f"{without_token(url)!r} is refused; expected {' or '.join(_SCHEMES[way])}://HOST:PORT")
        if parts.scheme in _OPEN and not _is_this_computer(parts.hostname):
            secure = _ENCRYPTED[_OPEN.index(parts.scheme)]
            raise ValueError(
                f"{without_token(url)!r} is refused, because passwords would be sent unencrypted; expected "
                f"{secure}://, or a tunnel to an address of this computer"
            )
        return cls(way, url)

    @property
    def name(self) -> str:
        """Return what the browser is called in records: how and where it is reached, without a token."""
        return f"the remote browser ({self.way}, {split(self.url).netloc.rpartition('@')[2]})"

    @property
    def losses(self) -> str:
        """Return one line that says what such a browser does not have."""
        return (
            f"Using {self.name}, which was started by somebody else. Its proxy, its temporary files and its "
            "switches are its own, so pop-ups, background requests and WebRTC are as it was started, and whoever else "
            "controls it can read what is checked."
        )

    @asynccontextmanager
    async def started(self, options: Options, network: Network | None = None) -> AsyncIterator[Started]:
        """Yield the browser; disconnect on exit. It stays as it was: all sessions in it are private ones.

        Args:
            network: has to be None, because a lab's hosts are found by switches.

        Raises:
            Stopped: it can't be reached, is no Chromium, or its requests can't be guarded (`browser-missing`).
        """
        assert network is None
        async with driver() as playwright, calls_traced(playwright):
            try:
                with browser_failures():
                    browser = await _WAYS[self.way](playwright.chromium, self.url, options.timeout * 1000)
            except BrowserFailure as failure:
                raise _unreachable(self, failure) from failure
            try:
                if not await _is_guarded(browser, options):
                    raise _unguarded(self)
                yield Started(browser, self.name)
            finally:
                with suppress(Exception):  # it may be gone
                    await browser.close()


async def _is_guarded(browser: Browser, options: Options) -> bool:
    """Return whether the guard refuses an address that is not allowed, before anybody tries to find it."""
    nowhere = HostPolicy(sign_in=frozenset(), exact=frozenset(), families=())
    try:
        with browser_failures():
            session = await new_session(browser, nowhere, options)
            try:
                tab = await session.tab()
                with suppress(BrowserFailure), browser_failures():
                    await tab.goto(_FORBIDDEN)
                return session.guard.trouble.done()
            finally:
                await session.context.close()
    except BrowserFailure:
        return False


def without_token(url: str) -> str:
    """Return an address without what may be a secret in it: name, password, path and query."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else parts.scheme or "the address"


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _unreachable(remote: Remote, failure: BrowserFailure) -> Stopped:
    if "version mismatch" in failure.said.lower():
        help_ = message("Start the server with the version of Playwright that is installed here.")
    else:
        help_ = message("Check the address, and that the browser there is still running.")
    return Stopped(Reason.BROWSER_MISSING, message("{browser} can’t be used.", browser=remote.name), help_)


def _unguarded(remote: Remote) -> Stopped:
    return Stopped(
        Reason.BROWSER_MISSING,
        message("The requests of {browser} can’t be controlled.", browser=remote.name),
        message("Use a Chromium, Chrome or Edge whose requests can be intercepted, or a browser of this computer."),
    )
