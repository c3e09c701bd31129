"""Guards the documents of a session's tabs and their frames: each is inspected before it is requested.

As tested with Playwright 1.65 and Chromium 156, `context.route` does not see redirect hops and disables the HTTP
cache. So the guard uses CDP's `Fetch`, on every tab and on every cross-site frame.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from troubleshooter.browser.background import BackgroundTasks
from troubleshooter.browser.failures import or_default, read_or_default, succeeded
from troubleshooter.browser.guard import Guard, requests_sharepoint_photo
from troubleshooter.browser.windows import Windows

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Frame, Page, Request, Response


class DocumentGuard:
    """Refuses documents from hosts that are not allowed, and holds back photo requests, in a session's tabs."""

    def __init__(self, context: BrowserContext, guard: Guard, windows: Windows, *, by_name: bool) -> None:
        """Watch `context`.

        Args:
            by_name: whether the browser resolves only the allowed hosts. If so, nothing is intercepted, so its cache
                responds as it would for a person, and a page that gets through anyway ends the session.
        """
        self._context = context
        self._guard = guard
        self._windows = windows
        self._by_name = by_name
        self._aside: set[Page] = set()
        self._frames: WeakKeyDictionary[Frame, CDPSession] = WeakKeyDictionary()
        self._pages: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
        self._tasks = BackgroundTasks()
        guard.when_paused_requests_change(self._pause_others)
        context.on("request", self._check_request)
        context.on("response", self._check_response)

    async def attach(self, page: Page, *, aside: bool) -> None:
        """Guard the tab `page`, which has not navigated yet.

        Args:
            aside: whether a page refused in this tab is only recorded, and does not stop the run.
        """
        if aside:
            self._aside.add(page)
        if self._by_name:
            return
        cdp = self._pages[page] = await self._context.new_cdp_session(page)
        tree = await cdp.send("Page.getFrameTree")
        await self._inspect(cdp, "" if aside else tree["frameTree"]["frame"]["id"])
        page.on("framenavigated", lambda frame: self._tasks.start(self._attach_to_frame(frame)))

    async def attached(self) -> None:
        """Wait until the frames that have appeared so far are guarded."""
        await self._tasks.finished()

    async def _attach_to_frame(self, frame: Frame) -> None:
        """Guard a cross-site frame, which is a separate CDP target that its page's guard does not cover."""
        if not frame.parent_frame:
            return
        if frame in self._frames and await succeeded(self._pause_requests(self._frames[frame])):
            return  # the same target as before
        # A same-site frame has no CDP session of its own, and a detached frame needs none.
        cdp = await or_default(self._context.new_cdp_session(frame), None)
        if cdp:
            self._frames[frame] = cdp
            await or_default(self._inspect(cdp, ""), None)

    async def _inspect(self, cdp: CDPSession, main: str) -> None:
        """Inspect a target's requests before they are sent; a refused document of the frame `main` stops the run."""
        cdp.on("Fetch.requestPaused", lambda event: self._tasks.start(self._decide(cdp, event, main)))
        await self._pause_requests(cdp)

    async def _pause_requests(self, cdp: CDPSession) -> None:
        await cdp.send("Fetch.enable", {"patterns": self._guard.paused_requests})

    async def _pause_others(self) -> None:
        """Pause other requests than so far, in every tab and frame that is still open."""
        open_ones = [self._pages[page] for page in self._pages if not page.is_closed()]
        framed = [self._frames[frame] for frame in self._frames if not frame.is_detached()]
        await asyncio.gather(*(succeeded(self._pause_requests(cdp)) for cdp in (*open_ones, *framed)))

    async def _decide(self, cdp: CDPSession, event: dict[str, Any], main: str) -> None:
        """Let the paused request of `event` continue, or refuse it."""
        url, request = event["request"]["url"], {"requestId": event["requestId"]}
        document = event.get("resourceType") == "Document"
        if document and self._is_forbidden(url):
            # Recorded first, because the tab may close before the decision is sent.
            self._guard.refuse(url, whole_page=event.get("frameId") == main)
            await cdp.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})
            return
        if requests_sharepoint_photo(url):
            if document:
                self._guard.record_photo_request(url)
            else:
                await self._guard.photo_request_may_leave(url)
        await cdp.send("Fetch.continueRequest", request)

    def _check_request(self, request: Request) -> None:
        """Record requests for photos; stop the run if a window opened by a page goes to a host that is not allowed."""
        if (
            not self._guard.is_holding
            and not request.is_navigation_request()
            and requests_sharepoint_photo(request.url)
        ):
            self._guard.record_photo_request(request.url)
        windows = self._windows
        stray = request.is_navigation_request() and not windows.expecting and not windows.is_ours(request)
        if (stray or (self._by_name and _is_for_whole_page(request))) and self._is_forbidden(request.url):
            self._guard.refuse(request.url, whole_page=True)

    def _check_response(self, response: Response) -> None:
        """Record a document that was loaded from a host that is not allowed because its frame had no guard yet."""
        request = response.request
        missed = request.is_navigation_request() and self._windows.is_ours(request)
        if missed and self._is_forbidden(request.url):
            whole_page = _is_for_whole_page(request) and request.frame.page not in self._aside
            self._guard.refuse(request.url, whole_page=whole_page)

    def _is_forbidden(self, url: str) -> bool:
        return url.startswith(("http:", "https:", "file:")) and not self._guard.hosts.may_visit(url)


def _is_for_whole_page(request: Request) -> bool:
    """Return whether `request` is for a whole page rather than for a frame in one."""
    # The first request of a window comes before its frame exists.
    return request.is_navigation_request() and read_or_default(lambda: request.frame.parent_frame is None, True)
