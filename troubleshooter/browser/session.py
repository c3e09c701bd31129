"""A private session of which every tab is guarded: which hosts it may visit, and when a photo may be asked for.

What holds and what doesn't (tried with Playwright 1.65 and Chromium 156): `context.route` does not see redirect hops
and switches the HTTP cache off, so the guard is CDP's `Fetch` on the documents of every tab. A popup's first response
has come before anybody can attach to it; so the product lets no popup load: `Session.follow` takes over its address
in a tab that was guarded before it went anywhere.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from troubleshooter.browser.guard import PAUSED_REQUESTS, Guard, requests_sharepoint_photo, unexpected_host

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Frame, Page, Request, Response, Route


def _error() -> type[Exception]:
    """Return the browser library's error: the library is loaded where it is needed."""
    from playwright.async_api import Error  # noqa: PLC0415

    return Error


_KEY = "troubleshooter-follow"
_NO_WINDOWS = """((key) => {
  const native = window.open;
  let asked = false;
  window.addEventListener(key + '-on', () => { asked = true; }, true);
  window.addEventListener(key + '-off', () => { asked = false; }, true);
  window.open = function (...where) { return asked ? native.apply(this, where) : null; };
  const stray = (event) => {
    const link = event.composedPath().find((n) => n.matches && n.matches('a[target], area[target], form[target]'));
    if (!asked && link && /^_(blank|new)$/i.test(link.target)) event.preventDefault();
  };
  const submit = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = function () {
    if (asked || !/^_(blank|new)$/i.test(this.target)) submit.call(this);
  };
  for (const name of ['click', 'auxclick', 'submit']) window.addEventListener(name, stray, true);
})"""
"""A page opens no window but the one that `Session.follow` waits for: nobody could guard its first document."""


class Session:
    """A private browser session of which every tab is guarded."""

    def __init__(self, context: BrowserContext, guard: Guard, limit: float, *, by_names: bool = False) -> None:
        """Guard the tabs of `context`.

        Args:
            limit: seconds: the longest single wait.
            by_names: whether the browser finds no other hosts than the allowed ones by itself. Then nothing is
                intercepted, so that its cache answers as it would to a person; what slips through ends the session.
        """
        self.context = context
        self._by_names = by_names
        self.guard = guard
        self._limit = limit
        self._key = f"{_KEY}-{secrets.token_hex(8)}"  # a page can't know it, and so can't allow itself a window
        self._tasks: set[asyncio.Task[None]] = set()
        self._known: set[Page] = set()
        self._aside: set[Page] = set()
        self._frames: WeakKeyDictionary[Frame, CDPSession] = WeakKeyDictionary()
        self._following = False
        self._opening = 0
        context.on("request", self._asked)
        context.on("response", self._slipped_through)
        context.on("page", self._appeared)

    def _asked(self, request: Request) -> None:
        """Stop the run when a window that the page opened by itself goes to a host that is not allowed."""
        own = request.is_navigation_request() and not self._following and not self._is_known(request)
        if (
            (own or (self._by_names and self._is_page(request)))
            and request.url.startswith(("http:", "https:"))
            and not self.guard.hosts.may_visit(request.url)
        ):
            self.guard.refuse(request.url, whole_page=True)

    def _slipped_through(self, response: Response) -> None:
        """Note a document that was loaded although its host is not allowed: no guard stood by its frame yet."""
        request = response.request
        missed = request.is_navigation_request() and self._is_known(request)
        if missed and request.url.startswith(("http:", "https:")) and not self.guard.hosts.may_visit(request.url):
            whole = self._is_page(request) and request.frame.page not in self._aside
            self.guard.refuse(request.url, whole_page=whole)

    def _appeared(self, page: Page) -> None:
        """Close a window that nobody asked for."""
        if not self._following and not self._opening and page not in self._known:
            self._spawn(self._quietly(page.close()))

    async def forbid_windows(self) -> None:
        """Let no page of this session open a window unasked. Called once, before the first tab."""
        await self.context.add_init_script(f"{_NO_WINDOWS}({json.dumps(self._key)})")

    async def tab(self, *, aside: bool = False) -> Page:
        """Return a new tab, guarded before it goes anywhere.

        Args:
            aside: whether a page that is refused on it is only noted, and does not stop the run.
        """
        self._opening += 1
        try:
            page = await self.context.new_page()
            self._known.add(page)
            if aside:
                self._aside.add(page)
        finally:
            self._opening -= 1
        if self._by_names:
            return page
        cdp = await self.context.new_cdp_session(page)
        tree = await cdp.send("Page.getFrameTree")
        main = tree["frameTree"]["frame"]["id"]
        await self._watch(cdp, "" if aside else main)
        page.on("framenavigated", lambda frame: self._spawn(self._guard_frame(frame)))
        return page

    async def _watch(self, cdp: CDPSession, main: str) -> None:
        """Look at what a target asks for before it leaves; `main` is the frame whose document stops the run."""
        cdp.on("Fetch.requestPaused", lambda event: self._spawn(self._paused(cdp, event, main)))
        await cdp.send("Fetch.enable", {"patterns": list(PAUSED_REQUESTS)})

    async def _guard_frame(self, frame: Frame) -> None:
        """Guard a frame that shows another site: it is a target of its own, and leads on without its page's guard."""
        if not frame.parent_frame:
            return
        if frame in self._frames:
            with suppress(_error()):
                await self._frames[frame].send("Fetch.enable", {"patterns": list(PAUSED_REQUESTS)})
                return  # the same target as before
        with suppress(_error()):  # of its page's own site, or gone
            self._frames[frame] = await self.context.new_cdp_session(frame)
            await self._watch(self._frames[frame], "")

    def _spawn(self, work: Any) -> None:  # noqa: ANN401 - any coroutine
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        # The tab may close while a request of it waits: its answer then has nowhere to go, and that is all.
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()

    async def _paused(self, cdp: CDPSession, event: dict[str, Any], main: str) -> None:
        url, request = event["request"]["url"], {"requestId": event["requestId"]}
        document = event.get("resourceType") == "Document"
        if document and url.startswith(("http:", "https:")) and not self.guard.hosts.may_visit(url):
            # Noted first: a tab that closes meanwhile takes the answer with it.
            self.guard.refuse(url, whole_page=event.get("frameId") == main)
            await cdp.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})
            return

        if requests_sharepoint_photo(url):
            if document:
                self.guard.record_photo_request(url)
            else:
                await self.guard.photo_request_may_leave(url)
        await cdp.send("Fetch.continueRequest", request)

    async def _quietly(self, work: Awaitable[None]) -> None:
        from playwright.async_api import Error  # noqa: PLC0415 - loaded by now

        try:
            await work
        except Error:
            return  # the tab was closed while its request waited

    async def follow(  # noqa: PLR0915 - one window after the other, undone in the same order
        self, page: Page, click: Callable[[], Awaitable[None]], unless: Callable[[], Awaitable[Any]] | None = None
    ) -> Page:
        """Do `click` on `page` and return the tab on which its address opens, guarded.

        That is a new tab when the click asks for one, and `page` when it stays. The document of the new tab is
        requested once, by the guarded tab. `unless` ends the waiting as well, when what it waits for is over: then the
        click has opened no address, and `page` is returned.
        """
        popups: asyncio.Queue[str] = asyncio.Queue()

        async def divert(route: Route) -> None:
            request = route.request
            if request.is_navigation_request() and not self._is_known(request):
                popups.put_nowait(request.url)
                # An empty answer, not an abort: Chromium would reload an aborted page by itself.
                await route.fulfill(status=200, content_type="text/html", body="")
            else:
                await route.fallback()

        moved: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def navigated(frame: Any) -> None:  # noqa: ANN401 - a Playwright Frame
            if frame == page.main_frame and not moved.done():
                moved.set_result(frame.url)

        empty: asyncio.Future[Page] = asyncio.get_running_loop().create_future()

        def appeared(opened: Page) -> None:
            if not empty.done():
                empty.set_result(opened)

        self.context.on("page", appeared)
        page.on("framenavigated", navigated)
        await self.context.route("**/*", divert)
        popup = asyncio.ensure_future(popups.get())
        other: asyncio.Future[Any] | None = None
        self._following = True
        try:
            await self._windows(page, "on")
            await click()
            other = asyncio.ensure_future(unless() if unless else moved)
            async with asyncio.timeout(self._limit):
                await asyncio.wait([popup, moved, other], return_when=asyncio.FIRST_COMPLETED)
            if not popup.done():
                return page
            address = popup.result()
            if not self.guard.hosts.may_visit(address):
                self.guard.refuse(address, whole_page=True)
                raise unexpected_host(address)
        finally:
            page.remove_listener("framenavigated", navigated)
            await self.context.unroute("**/*", divert)
            await self._windows(page, "off")
            self._following = False
            diverted = popup.done()
            popup.cancel()
            if other and other is not moved:
                other.cancel()
                await asyncio.gather(other, return_exceptions=True)
            if diverted:
                # The window that asked is told of only once its empty answer has come.
                await asyncio.wait([empty], timeout=self._limit)
            self.context.remove_listener("page", appeared)
            if empty.done():
                await empty.result().close()
        tab = await self.tab()
        await tab.goto(address, wait_until="commit", referer=page.url)
        return tab

    async def _windows(self, page: Page, state: str) -> None:
        """Let `page` and its frames open windows, or not."""
        from playwright.async_api import Error  # noqa: PLC0415

        for frame in page.frames:
            try:
                await frame.evaluate("(name) => window.dispatchEvent(new Event(name))", f"{self._key}-{state}")
            except Error:
                continue  # the frame went away

    def _is_page(self, request: Request) -> bool:
        """Return whether `request` is for a whole page, and not for a frame in one."""
        from playwright.async_api import Error  # noqa: PLC0415

        try:
            return request.is_navigation_request() and request.frame.parent_frame is None
        except Error:
            return request.is_navigation_request()  # the frame doesn't exist yet

    def _is_known(self, request: Any) -> bool:  # noqa: ANN401 - a Playwright Request
        from playwright.async_api import Error  # noqa: PLC0415

        try:
            return request.frame.page in self._known
        except Error:
            return False  # the frame doesn't exist yet: a popup's first request
