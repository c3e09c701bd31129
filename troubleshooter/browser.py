"""Finds a browser, opens a private session in it, and guards which hosts the session may visit.

What holds and what doesn't (tried with Playwright 1.65 and Chromium 156): `context.route` does not see redirect hops
and switches the HTTP cache off, so the guard is CDP's `Fetch` on the documents of every tab. A popup's first response
has come before anybody can attach to it; so the product lets no popup load: `Session.follow` takes over its address
in a tab that was guarded before it went anywhere.
"""

from __future__ import annotations

import asyncio
import locale
import os
import platform
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter.errors import Stopped
from troubleshooter.hosts import Hosts, host_of
from troubleshooter.model import Reason, say
from troubleshooter.secret import clean_address

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Playwright, Route

    from troubleshooter.tenant import Network

VIEWPORT = (1280, 900)
"""CSS pixels: wide enough for the suite header to show every control."""
DEVICE_PIXEL_RATIO = 2
"""A 32 px avatar becomes 64 device pixels: enough to be compared with certainty."""

_PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "chrome": {
        "Linux": ("google-chrome", "google-chrome-stable"),
        "Darwin": ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",),
        "Windows": ("Google/Chrome/Application/chrome.exe",),
    },
    "msedge": {
        "Linux": ("microsoft-edge", "microsoft-edge-stable"),
        "Darwin": ("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",),
        "Windows": ("Microsoft/Edge/Application/msedge.exe",),
    },
    "chromium": {
        "Linux": ("chromium", "chromium-browser"),
        "Darwin": ("/Applications/Chromium.app/Contents/MacOS/Chromium",),
        "Windows": ("Chromium/Application/chrome.exe",),
    },
}
BROWSERS = tuple(_PLACES)
"""What `--browser` may name, in the order in which they are looked for."""


@dataclass(frozen=True)
class Executable:
    """A browser on this computer."""

    name: str
    path: str


def _installed(name: str) -> str | None:
    system = platform.system()
    roots = [os.environ.get(v, "") for v in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    for place in _PLACES[name].get(system, ()):
        if system == "Windows":
            found = next((str(Path(r) / place) for r in roots if r and (Path(r) / place).is_file()), None)
        else:
            found = shutil.which(place)
        if found:
            return found
    return None


def find(playwright: Playwright, browser: str | None = None, executable: str | None = None) -> Executable:
    """Return the browser to use: `executable`, else `browser`, else the first of `BROWSERS` that is installed.

    Raises:
        Stopped: there is none (`browser-missing`).
    """
    if executable:
        return Executable(browser or Path(executable).name, executable)
    for name in [browser] if browser else BROWSERS:
        if path := _installed(name):
            return Executable(name, path)
    own = playwright.chromium.executable_path
    if browser in (None, "chromium") and Path(own).is_file():
        return Executable("chromium", own)
    raise Stopped(
        Reason.BROWSER_MISSING,
        say("No browser was found on this computer: {names}.", names=browser or ", ".join(BROWSERS)),
        say("Install Google Chrome, Microsoft Edge or Chromium, or name one with --executable."),
    )


@dataclass
class Guard:
    """What a tab's guard needs to know, and what it noticed."""

    hosts: Hosts
    refused: list[str] = field(default_factory=list)
    """Addresses of frames that were not loaded because their host is not allowed, cleaned."""
    trouble: asyncio.Future[Stopped] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Done when a whole page was refused: the run has to stop."""
    held: list[Callable[[], Awaitable[None]]] | None = None
    """While not None, requests for SharePoint's photo of a user wait here."""
    photo_requests: list[tuple[datetime, str]] = field(default_factory=list)
    """When SharePoint was asked for whose photo: the time at which the request left, and its address."""

    def refuse(self, url: str, whole_page: bool) -> None:
        """Note a document from a host that is not allowed; a whole page stops the run."""
        address = clean_address(url)
        if not whole_page:
            self.refused.append(address)
        elif not self.trouble.done():
            self.trouble.set_result(unexpected_host(url))

    async def release(self) -> None:
        """Let the requests that were held go."""
        held, self.held = self.held or [], None
        for go in held:
            await go()


def unexpected_host(url: str) -> Stopped:
    """Return the stop for a page on a host that the tenant does not name."""
    return Stopped(
        Reason.UNEXPECTED_HOST,
        say("The browser was sent to {host}, which is not a host of this tenant.", host=host_of(url) or url[:80]),
        say(
            "Do not type a password there. If the host belongs to the company's sign-in, an admin adds it to "
            "sign_in_hosts, or to federated_hosts of the account; else report it to the security team."
        ),
    )


class Session:
    """A private browser session of which every tab is guarded."""

    def __init__(self, context: BrowserContext, guard: Guard) -> None:
        self.context = context
        self.guard = guard
        self._tasks: set[asyncio.Task[None]] = set()
        self._known: set[Page] = set()

    async def tab(self) -> Page:
        """Return a new tab, guarded before it goes anywhere."""
        page = await self.context.new_page()
        self._known.add(page)
        cdp = await self.context.new_cdp_session(page)
        tree = await cdp.send("Page.getFrameTree")
        main = tree["frameTree"]["frame"]["id"]
        cdp.on("Fetch.requestPaused", lambda event: self._spawn(self._paused(cdp, event, main)))
        await cdp.send(
            "Fetch.enable",
            {"patterns": [{"urlPattern": "*", "resourceType": "Document"}, {"urlPattern": "*userphoto*"}]},
        )
        return page

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
            await cdp.send("Fetch.failRequest", {**request, "errorReason": "BlockedByClient"})
            self.guard.refuse(url, whole_page=event.get("frameId") == main)
            return

        async def go() -> None:
            if "userphoto" in url.lower():
                self.guard.photo_requests.append((datetime.now(UTC), url))
            await cdp.send("Fetch.continueRequest", request)

        if "userphoto" in url.lower() and not document and self.guard.held is not None:
            self.guard.held.append(lambda: self._quietly(go()))
        else:
            await go()

    async def _quietly(self, work: Awaitable[None]) -> None:
        from playwright.async_api import Error  # noqa: PLC0415 - loaded by now

        try:
            await work
        except Error:
            return  # the tab was closed while its request waited

    async def follow(self, page: Page, click: Callable[[], Awaitable[None]]) -> Page:
        """Do `click` on `page` and return the tab on which its address opens, guarded.

        That is a new tab when the click asks for one, and `page` when it stays. The document of the new tab is
        requested once, by the guarded tab.
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

        strangers: list[Page] = []

        def appeared(popup: Page) -> None:
            strangers.append(popup)

        self.context.on("page", appeared)
        page.on("framenavigated", navigated)
        await self.context.route("**/*", divert)
        try:
            await click()
            popup = asyncio.ensure_future(popups.get())
            async with asyncio.timeout(self._limit):
                await asyncio.wait({popup, moved}, return_when=asyncio.FIRST_COMPLETED)
            if not popup.done():
                popup.cancel()
                return page
            address = popup.result()
            if not self.guard.hosts.may_visit(address):
                self.guard.refuse(address, whole_page=True)
                raise unexpected_host(address)
        finally:
            page.remove_listener("framenavigated", navigated)
            await self.context.unroute("**/*", divert)
            self.context.remove_listener("page", appeared)
            for stranger in strangers:
                await stranger.close()
        tab = await self.tab()
        await tab.goto(address, wait_until="commit", referer=page.url)
        return tab

    def _is_known(self, request: Any) -> bool:  # noqa: ANN401 - a Playwright Request
        from playwright.async_api import Error  # noqa: PLC0415

        try:
            return request.frame.page in self._known
        except Error:
            return False  # the frame doesn't exist yet: a popup's first request

    _limit: float = 30.0


@dataclass(frozen=True)
class Options:
    """How the browser is started."""

    browser: str | None = None
    executable: str | None = None
    headed: bool = False
    ui_locale: str | None = None
    timeout: float = 30.0
    """Seconds: the longest single wait."""
    proxy: str | None = None


def _arguments(network: Network | None) -> list[str]:
    if network is None:
        return ["--disable-background-networking"]
    return [
        "--disable-background-networking",
        f"--host-resolver-rules=MAP * {network.resolve}",
        f"--ignore-certificate-errors-spki-list={network.spki}",
        "--no-proxy-server",
    ]


async def _launch(playwright: Playwright, found: Executable, options: Options, network: Network | None) -> Browser:
    from playwright.async_api import Error  # noqa: PLC0415

    try:
        return await playwright.chromium.launch(
            executable_path=found.path,
            headless=not options.headed,
            args=_arguments(network),
            proxy={"server": options.proxy} if options.proxy and network is None else None,
            # Ctrl-C reaches the whole process group: the browser has to outlive it for the last picture.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=options.timeout * 1000,
        )
    except Error as error:
        raise Stopped(
            Reason.BROWSER_MISSING,
            say("The browser {path} did not start.", path=found.path),
            say("Start it by hand to see why, or name another with --browser or --executable."),
        ) from error


def computer_locale() -> str | None:
    """Return the computer's language as a tag such as `ro-RO`; None where it has none."""
    name = (locale.getlocale()[0] or "").replace("_", "-")
    return name if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", name) else None


@asynccontextmanager
async def opened(
    options: Options, hosts: Hosts, network: Network | None = None
) -> AsyncIterator[tuple[Session, dict[str, str]]]:
    """Give a fresh private session, and the versions of what runs it; the browser ends with the block.

    Raises:
        Stopped: no browser was found, or it did not start (`browser-missing`).
    """
    os.environ.pop("DEBUG", None)  # with it the driver would log what is typed
    from importlib.metadata import version  # noqa: PLC0415

    from playwright.async_api import async_playwright  # noqa: PLC0415

    async with async_playwright() as playwright:
        found = find(playwright, options.browser, options.executable)
        browser = await _launch(playwright, found, options, network)
        try:
            context = await browser.new_context(
                viewport={"width": VIEWPORT[0], "height": VIEWPORT[1]},
                device_scale_factor=DEVICE_PIXEL_RATIO,
                locale=options.ui_locale or computer_locale(),
                reduced_motion="reduce",
                service_workers="block",  # its requests would pass the guard by
            )
            context.set_default_timeout(options.timeout * 1000)
            session = Session(context, Guard(hosts))
            session._limit = options.timeout
            yield session, {"playwright": version("playwright"), "browser": f"{found.name} {browser.version}"}
        finally:
            await browser.close()
