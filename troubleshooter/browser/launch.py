"""Starts a browser, and opens guarded sessions in it."""

from __future__ import annotations

import asyncio
import locale
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.arguments import arguments, arguments_by_name
from troubleshooter.browser.call_trace import calls_traced
from troubleshooter.browser.driver import driver
from troubleshooter.browser.executable import BROWSERS, Executable, find
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.privileges import CONTEXT_SETTINGS, private_context, restrict_default
from troubleshooter.browser.proxy import Proxy
from troubleshooter.browser.session import Session
from troubleshooter.browser.starting import Refusal, first_started, no_display
from troubleshooter.browser.temporary import browser_environment
from troubleshooter.redaction.run_log import Event, Id, Phase, Version, log
from troubleshooter.tenant.hosts import HostPolicy

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, BrowserType
    from playwright.async_api import StorageState as SignedInState

    from troubleshooter.tenant.file import Network

FONTS = "PW_TEST_SCREENSHOT_NO_FONTS_READY"
"""The environment variable with which Playwright's driver starts that is not to wait for fonts."""
VIEWPORT = (1280, 900)
"""Size of the window in CSS pixels; wide enough for the suite header to show every control."""
DEVICE_PIXEL_RATIO = 2
"""Makes a 32 px avatar 64 device pixels wide, enough for a reliable comparison."""


@dataclass(frozen=True)
class Options:
    """Options for starting the browser."""

    browser: str | None = None
    executable: str | None = None
    headed: bool = False
    ui_locale: str | None = None
    timeout: float = 30.0
    """Seconds: the longest single wait."""
    proxy: Proxy | None = None
    user_agent: str | None = None
    """What the browser calls itself; None for its own name."""


@dataclass(frozen=True)
class Started:
    """A browser that has started."""

    browser: Browser
    name: str
    """One of `BROWSERS`, or the name of the program's file."""
    refusals: int = 0
    """How many browsers did not start before it."""

    @property
    def versions(self) -> dict[str, str]:
        """Return the versions of Playwright and the browser."""
        return {"playwright": version("playwright"), "browser": f"{self.name} {self.browser.version}"}

    async def session(self, hosts: HostPolicy, options: Options, state: SignedInState | None = None) -> Session:
        """Return a private session in it, and write into the log which browser it is; `state` as for `new_session`."""
        for _ in range(self.refusals):
            log(Phase.BROWSER, Event.REFUSED)
        log(
            Phase.BROWSER,
            Event.STARTED,
            Id(self.name if self.name in BROWSERS else "other"),
            Version(self.browser.version),
        )
        return await new_session(self.browser, hosts, options, state)


@asynccontextmanager
async def started(
    options: Options,
    network: Network | None = None,
    refused: Callable[[Refusal], None] = lambda refusal: None,  # noqa: ARG005
) -> AsyncIterator[Started]:
    """Yield a browser in which nothing is open; close it on exit.

    Args:
        refused: called with each browser that did not start, if another one is tried.

    Raises:
        Stopped: no browser was found, or none started (`browser-missing`).
    """
    # Else a web font that never comes would hold up every photograph until its time limit; the camera waits itself.
    os.environ.setdefault(FONTS, "1")
    refusals: list[Refusal] = []
    with browser_environment() as environment:
        async with driver() as playwright, calls_traced(playwright):
            if stop := no_display(headed=options.headed):
                raise stop

            def start(executable: Executable, seconds: float) -> Awaitable[Browser]:
                settings = _start_settings(executable, options, network, seconds) | {"env": environment}
                return playwright.chromium.launch(args=arguments(network), **settings)

            def pass_over(refusal: Refusal) -> None:
                refusals.append(refusal)
                refused(refusal)

            browsers = find(playwright.chromium, options.browser, options.executable)
            browser, executable = await first_started(browsers, options.timeout, start, pass_over)
            try:
                yield Started(browser, executable.name, len(refusals))
            finally:
                await browser.close()


@asynccontextmanager
async def opened(
    options: Options,
    hosts: HostPolicy,
    network: Network | None = None,
    refused: Callable[[Refusal], None] = lambda refusal: None,  # noqa: ARG005
) -> AsyncIterator[tuple[Session, dict[str, str]]]:
    """Yield a private session, and the versions of Playwright and the browser; close the browser on exit.

    Args:
        refused: as for `started`.

    Raises:
        Stopped: as for `started`.
    """
    async with started(options, network, refused) as browser:
        yield await browser.session(hosts, options), browser.versions


async def new_session(
    browser: Browser, hosts: HostPolicy, options: Options, state: SignedInState | None = None
) -> Session:
    """Return a guarded private session in `browser` that shares nothing with the other sessions there.

    Args:
        state: what another session of the same account left in its browser; None for a session without cookies.
    """
    settings = window_settings(options) | ({"storage_state": state} if state else {})
    return await _guarded(await private_context(browser, settings), hosts, options)


@asynccontextmanager
async def opened_with(
    chromium: BrowserType, profile: Path, options: Options, hosts: HostPolicy, network: Network | None = None
) -> AsyncIterator[Session]:
    """Yield a session in the browser profile `profile`, with everything stored in it; close the browser on exit.

    Nothing is intercepted, so the caches respond as they would for a person. The browser resolves only the hosts in
    `hosts`. Where a proxy resolves names instead, a page on another host ends the session only once it is requested.

    Args:
        chromium: the browser type of the Playwright instance that started the private session's browser.
        profile: a user data folder that nothing else uses, and that may be written to.

    Raises:
        Stopped: no browser was found, or it did not start (`browser-missing`).
    """
    if stop := no_display(headed=options.headed):
        raise stop

    def start(executable: Executable, seconds: float) -> Awaitable[BrowserContext]:
        settings = _start_settings(executable, options, network, seconds) | {"env": environment}
        # Use the computer's own keys, with which the browser encrypted its cookies, instead of Playwright's.
        settings["ignore_default_args"] += ["--password-store=basic", "--use-mock-keychain"]
        proxy = options.proxy.server if options.proxy else None
        settings |= {"args": arguments_by_name(hosts, network, proxy), **window_settings(options)}
        return closed_if_cancelled(chromium.launch_persistent_context(profile, **settings))

    with browser_environment() as environment:
        browsers = find(chromium, options.browser, options.executable)
        context, _ = await first_started(browsers, options.timeout, start)
        try:
            await restrict_default(context)
            yield await _guarded(context, hosts, options, by_name=True)
        finally:
            await context.close()


async def closed_if_cancelled(starting: Awaitable[BrowserContext]) -> BrowserContext:
    """Await `starting`; if cancelled, close the browser that it started, so that nothing still writes to its folder."""
    started = asyncio.ensure_future(starting)
    try:
        return await asyncio.shield(started)
    except asyncio.CancelledError:
        with suppress(Exception):  # it did not start at all
            await (await started).close()
        raise


async def _guarded(context: BrowserContext, hosts: HostPolicy, options: Options, *, by_name: bool = False) -> Session:
    context.set_default_timeout(options.timeout * 1000)
    session = Session(context, Guard(hosts), options.timeout, by_name=by_name)
    await session.forbid_windows()
    return session


def window_settings(options: Options) -> dict[str, Any]:
    """Return the settings of every session's windows, shared so that screenshots from two sessions are comparable."""
    return {
        "viewport": {"width": VIEWPORT[0], "height": VIEWPORT[1]},
        "device_scale_factor": DEVICE_PIXEL_RATIO,
        "locale": options.ui_locale or computer_locale(),
        "reduced_motion": "reduce",
        **({"user_agent": options.user_agent} if options.user_agent else {}),
        **CONTEXT_SETTINGS,
    }


def computer_locale() -> str | None:
    """Return the computer's language as a tag such as `ro-RO`; None if it is not set."""
    name = (locale.getlocale()[0] or "").replace("_", "-")
    return name if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", name) else None


def _start_settings(
    executable: Executable, options: Options, network: Network | None, seconds: float
) -> dict[str, Any]:
    """Return the settings with which every browser is started."""
    return {
        "executable_path": executable.path,
        "headless": not options.headed,
        # Playwright lets every script open windows, but a person's browser does not.
        "ignore_default_args": ["--disable-popup-blocking"],
        "proxy": options.proxy.settings() if options.proxy and network is None else None,
        # Ctrl-C reaches the whole process group, and the browser has to survive it for the last screenshot.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        "timeout": seconds * 1000,
    }
