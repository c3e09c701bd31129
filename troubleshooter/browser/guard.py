"""Decides which hosts a session may visit, and when a user's SharePoint photo may be requested."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from troubleshooter.browser.unexpected_host import unexpected_host
from troubleshooter.errors import Stopped
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of

_PHOTO_HOSTS = ("sharepoint", "cloud.microsoft")
"""Parts of the names of hosts that serve SharePoint's photos."""
_PHOTO_PARTS = ("userphoto", "User%20Photos", "GetPersonaPhoto", "profileimage")
"""Parts of the URLs from which SharePoint serves a user's photo."""
_DOCUMENTS = ({"urlPattern": "*", "resourceType": "Document"},)
"""Documents, as patterns for CDP's `Fetch.enable`."""
# The patterns are case-sensitive, and a `?` in them does not match everything that it should (in Chromium 156,
# `*?ser?hoto*` misses `_userprofile/userphoto.jpg`). So they contain only the letters that all spellings share.
_PHOTOS = tuple(
    {"urlPattern": f"*{host}*{part}*"}
    for host in _PHOTO_HOSTS
    for part in ("hoto", "HOTO", "rofileimage", "rofileImage", "PROFILEIMAGE")
)
"""Requests that may be for a SharePoint photo, as patterns for CDP's `Fetch.enable`."""


def requests_sharepoint_photo(url: str) -> bool:
    """Return whether `url` requests a user's photo from SharePoint or OneDrive."""
    served = any(part in host_of(url) for part in _PHOTO_HOSTS)
    return served and any(part.lower() in url.lower() for part in _PHOTO_PARTS)


class _Hold:
    """Photo requests on hold. The first one starts `first`, if given; when `first` ends, all requests are released."""

    def __init__(self, first: Callable[[], Awaitable[None]] | None) -> None:
        self._first = first
        self._running: asyncio.Task[None] | None = None
        self.over = asyncio.Event()

    async def wait(self) -> None:
        """Wait until requests may be sent."""
        if self._first and not self._running:
            self._running = asyncio.ensure_future(self._run(self._first))
        await self.over.wait()

    async def _run(self, first: Callable[[], Awaitable[None]]) -> None:
        try:
            await first()
        finally:
            self.over.set()

    async def end(self, *, failed: bool) -> None:
        """Release the requests once `first`, if it was started, has ended; with `failed`, cancel `first` instead."""
        try:
            if self._running:
                if failed:
                    self._running.cancel()
                    await asyncio.gather(self._running, return_exceptions=True)
                else:
                    await self._running
        finally:
            self.over.set()


@dataclass
class Guard:
    """Decides what a session's tabs may request, and keeps what it refused and noticed."""

    hosts: HostPolicy
    refused: list[str] = field(default_factory=list)
    """Redacted URLs of frames that were not loaded because their host is not allowed."""
    trouble: asyncio.Future[Stopped] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """A future that is done once a whole page was refused, which has to stop the run."""
    photo_requests: list[tuple[datetime, str]] = field(default_factory=list)
    """The requests for users' SharePoint photos: when each was sent, and its URL."""
    _hold: _Hold | None = None
    _watchers: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @property
    def is_holding(self) -> bool:
        """Return whether requests for SharePoint photos are held back."""
        return self._hold is not None

    @property
    def paused_requests(self) -> list[dict[str, str]]:
        """Return which requests are paused until they have been inspected, as patterns for CDP's `Fetch.enable`.

        Every pause delays a page, so photos are paused only while they are held back.
        """
        return [*_DOCUMENTS, *(_PHOTOS if self.is_holding else ())]

    def when_paused_requests_change(self, watcher: Callable[[], Awaitable[None]]) -> None:
        """Await `watcher()` each time that `paused_requests` has changed."""
        self._watchers.append(watcher)

    async def _tell_watchers(self) -> None:
        for watcher in self._watchers:
            await watcher()

    def refuse(self, url: str, whole_page: bool) -> None:
        """Record a document from a host that is not allowed; a whole page stops the run."""
        address = redact_address(url)
        if not whole_page:
            self.refused.append(address)
        elif not self.trouble.done():
            self.trouble.set_result(unexpected_host(url, self.hosts.sites))

    async def photo_request_may_leave(self, url: str) -> None:
        """Wait until the request for the SharePoint photo at `url` may be sent, then record it."""
        if self._hold:
            await self._hold.wait()
        self.record_photo_request(url)

    def record_photo_request(self, url: str) -> None:
        """Record that the request for the SharePoint photo at `url` is being sent."""
        self.photo_requests.append((datetime.now(UTC), url))

    @asynccontextmanager
    async def holding_photo_requests(self, first: Callable[[], Awaitable[None]] | None = None) -> AsyncIterator[None]:
        """Within the block, hold back every request for a SharePoint photo; with `first`, only until `first` is done.

        Args:
            first: started by the first request on hold. The requests are sent when it ends, so they can't keep a page
                from settling. If None, they are sent at the end of the block, which must not wait for pictures.

        Raises:
            Exception: whatever `first` raised, at the end of the block.
        """
        hold = self._hold = _Hold(first)
        failed = True
        try:
            await self._tell_watchers()
            yield
            failed = False
        finally:
            try:
                await hold.end(failed=failed)
            finally:
                self._hold = None
                await self._tell_watchers()

    async def hold_photo_requests_for_good(self) -> None:
        """Hold back every request of this session for a SharePoint photo from now on."""
        self._hold = _Hold(None)
        await self._tell_watchers()


async def unless_stopped(work: Coroutine[object, object, None], trouble: asyncio.Future[Stopped] | None) -> None:
    """Await `work`; if `trouble` is done first, cancel `work` and raise the result of `trouble`."""
    task = asyncio.ensure_future(work)
    waiting: list[asyncio.Future[None] | asyncio.Future[Stopped]] = [task, *([trouble] if trouble else [])]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if trouble and trouble.done():
            raise trouble.result()
        await task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
