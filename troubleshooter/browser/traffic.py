"""Tracks what a tab requests and receives: whether pictures are still loading, and the response behind an avatar."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import succeeded
from troubleshooter.browser.going import is_for_tab
from troubleshooter.browser.patience import Wait, patience
from troubleshooter.browser.picture_response import PictureResponse, body_of, described
from troubleshooter.browser.withheld import SHORT
from troubleshooter.model.message import Message, message
from troubleshooter.redaction.run_log import Event, Phase, log
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Request
    from playwright.async_api import Response as BrowserResponse

_AWAITED = frozenset({"document", "script", "stylesheet", "image", "fetch", "xhr"})
_KEPT = frozenset({"image", "document", "fetch", "xhr"})
_ABORTED = "net::ERR_ABORTED"
"""How a request ends whose response the page does not read, such as the body of an error; also if the page stops it."""
_QUIET_MS = 150
"""How many ms a document must stay unchanged to count as rendered: several frames, and React's batching."""
_BRIEFLY_QUIET_MS = 50
"""The same for a view that is not looked at yet: enough for a page to request what has come into sight."""
_SETTLED = files("troubleshooter.browser").joinpath("settled.js").read_text(encoding="utf-8")


class Traffic:
    """The requests of one tab and its frames."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pending: set[Request] = set()
        self._overdue: set[Request] = set()
        self._began: dict[Request, float] = {}
        self._withheld = patience().withheld
        self._responses: dict[str, tuple[BrowserResponse, datetime]] = {}
        self._failed: dict[str, datetime] = {}
        self._change = asyncio.Event()
        self._last_end = time.monotonic()
        """When a request last ended: what it brought may not be on the page yet."""
        self.opened_at = datetime.now(UTC)
        """When the tab's present document arrived; requests of earlier documents say nothing about it."""
        page.on("request", self._note_start)
        page.on("requestfinished", self._note_finish)
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_response)

    def _note_start(self, request: Request) -> None:
        if request.resource_type in _AWAITED:
            self._pending.add(request)
            self._began[request] = time.monotonic()
            if self._is_withheld(request):
                asyncio.get_running_loop().call_later(SHORT, self._give_up, request)

    def _note_end(self, request: Request) -> None:
        self._pending.discard(request)
        self._last_end = time.monotonic()
        self._began.pop(request, None)
        self._change.set()

    def _note_finish(self, request: Request) -> None:
        if request in self._pending:
            self._withheld.arrived(request.url)
        self._note_end(request)

    def _is_withheld(self, request: Request) -> bool:
        """Return whether the like of `request` has been withheld."""
        return self._withheld.knows(request.url, page=request.resource_type == "document")

    def _give_up(self, request: Request) -> None:
        """Wait no longer for `request`, unless the like of it has arrived meanwhile."""
        if request in self._pending and self._is_withheld(request):
            self._overdue.add(request)
            self._change.set()

    def _note_failure(self, request: Request) -> None:
        url = first_of(request).url
        left_unread = request.failure == _ABORTED and url in self._responses
        if request.resource_type in _KEPT and not left_unread:
            self._failed[url] = datetime.now(UTC)
        self._note_end(request)

    def _note_response(self, response: BrowserResponse) -> None:
        if response.request.is_navigation_request() and response.frame == self._page.main_frame:
            self.opened_at = datetime.now(UTC)
        if response.request.resource_type in _KEPT:
            self._responses[first_of(response.request).url] = (response, datetime.now(UTC))
        if 300 <= response.status < 400:
            self._withheld.arrived(response.request.url, redirect=True)
            self._note_end(response.request)

    async def settle(self, seconds: float, *, briefly: bool = False, least: float = 0.0) -> bool:
        """Wait until nothing is loading and the document settles; return False if that takes longer than `seconds`.

        A request that outlasts the limit is not waited for again, because an avatar's element shows whether its picture
        arrived.

        Args:
            briefly: whether the view is only passed by, so that what it shows does not matter yet.
            least: how many seconds to watch the document in any case.
        """
        began = time.monotonic()
        with patience().wait(self._said, seconds) as wait:
            settled = await self._settles(wait, _BRIEFLY_QUIET_MS if briefly else _QUIET_MS, least * 1000)
        event = Event.NETWORK_QUIET if settled else Event.NETWORK_NOT_QUIET
        log(Phase.SETTLE, event, seconds=time.monotonic() - began, still_loading=len(self._pending))
        return settled

    def _said(self) -> Message:
        """Return what is waited for at the moment."""
        hosts = ", ".join(sorted({host_of(request.url) for request in self._awaited()} - {""}))
        return message("the page’s requests to {hosts}", hosts=hosts) if hosts else message("the page to settle")

    async def _settles(self, wait: Wait, quiet: int, least: float) -> bool:
        try:
            async with asyncio.timeout(wait.seconds):
                while True:
                    while self._awaited():
                        self._change.clear()
                        await self._change.wait()
                    handled = quiet - (time.monotonic() - self._last_end) * 1000
                    if not await succeeded(self._page.evaluate(_SETTLED, [quiet, max(least, handled)])):
                        return False  # the document was replaced in the meantime
                    if not self._awaited():
                        return True
        except TimeoutError:
            patience().in_vain(wait)
            for request in self._awaited():
                self._withheld.missed(request.url, self._began[request], wait.asked)
            self._overdue.update(self._pending)
            return False

    def navigating(self) -> bool:
        """Return whether the tab has left for another page, and waits for it."""
        return any(is_for_tab(request, self._page) for request in self._pending)

    def is_awaiting(self, url: str) -> bool:
        """Return whether the response to `url` has not arrived."""
        return any(first_of(request).url == url for request in self._pending)

    def overdue(self) -> bool:
        """Return whether a request that outlasted the limit is still pending."""
        return bool(self._overdue & self._pending)

    def _awaited(self) -> set[Request]:
        return self._pending - self._overdue

    def answered_since(self, moment: datetime) -> list[str]:
        """Return the URLs of pictures, documents and script calls that got a response since `moment`."""
        return [url for url, (_, at) in self._responses.items() if at >= moment]

    def refused_since(self, moment: datetime) -> list[str]:
        """Return the URLs that were refused, failed or are overdue since `moment`.

        A 404 is no failure: there is no such picture.
        """
        return [url for url, status in self.outcomes_since(moment).items() if status == 0 or _is_refusal(status)]

    def outcomes_since(self, moment: datetime) -> dict[str, int]:
        """Return how the requests since `moment` ended: the last HTTP status by URL, 0 if it failed, or is overdue.

        A connection may also fail after the status arrived, in the middle of the response or of a chain of redirects.
        """
        ended = {url: at for url, at in self._failed.items() if at >= moment}
        statuses = {
            url: response.status
            for url, (response, at) in self._responses.items()
            if at >= moment and (url not in ended or ended[url] < at)
        }
        late = {first_of(request).url for request in self._overdue & self._pending if self._start_of(request) >= moment}
        return dict.fromkeys(ended, 0) | statuses | dict.fromkeys(late, 0)

    def _start_of(self, request: Request) -> datetime:
        return datetime.now(UTC) - timedelta(seconds=time.monotonic() - self._began[request])

    async def body(self, url: str) -> bytes | None:
        """Return the body of the response to `url`; None if it is not available."""
        if url not in self._responses:
            return None
        return await body_of(self._responses[url][0])

    async def picture_response(self, url: str) -> PictureResponse | None:
        """Return the response to `url`, after any redirects; None if there is none."""
        if url not in self._responses:
            return None
        return await described(*self._responses[url])


def _is_refusal(status: int) -> bool:
    return status >= HTTPStatus.BAD_REQUEST and status != HTTPStatus.NOT_FOUND


def first_of(request: Request) -> Request:
    """Return the first request in the redirect chain that led to `request`, or `request` itself."""
    while request.redirected_from:
        request = request.redirected_from
    return request
