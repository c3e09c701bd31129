"""Finds a browser, and opens a private session in it."""

from __future__ import annotations

import asyncio
import locale
import os
import platform
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import BrowserFailure, browser_failures
from troubleshooter.browser.guard import Guard
from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, BrowserType, Playwright

    from troubleshooter.tenant.file import Network

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
_PROXY_NAMES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
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


def find(chromium: BrowserType, browser: str | None = None, executable: str | None = None) -> Executable:
    """Return the browser to use: `executable`, else `browser`, else the first of `BROWSERS` that is installed.

    Raises:
        Stopped: there is none (`browser-missing`).
    """
    if executable:
        return Executable(browser or Path(executable).name, executable)
    for name in [browser] if browser else BROWSERS:
        if path := _installed(name):
            return Executable(name, path)
    own = chromium.executable_path
    if browser in (None, "chromium") and Path(own).is_file():
        return Executable("chromium", own)
    raise Stopped(
        Reason.BROWSER_MISSING,
        message("No browser was found on this computer: {names}.", names=browser or ", ".join(BROWSERS)),
        message("Install Google Chrome, Microsoft Edge or Chromium, or name one with --executable."),
    )


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


def _proxies(options: Options) -> set[str]:
    """Return the hosts of the proxies that a browser may be told to use."""
    told = [options.proxy, *(os.environ.get(name) for name in (*_PROXY_NAMES, *map(str.lower, _PROXY_NAMES)))]
    return {host for one in told if one and (host := split(one if "//" in one else f"//{one}").hostname)}


def _arguments_by_names(hosts: HostPolicy, network: Network | None, options: Options) -> list[str]:
    """Return what lets a browser find no host but the tenant's, without anything being intercepted."""
    where = f" {network.resolve}" if network else ""
    rules = [f"{'MAP' if network else 'EXCLUDE'} {name}{where}" for name in hosts.patterns()]
    rules += [f"EXCLUDE {host}" for host in sorted(_proxies(options)) if network is None]
    # The first rule that fits holds; an exclusion holds wherever it stands.
    rules.append("MAP * ~NOTFOUND")
    return [
        "--disable-background-networking",
        f"--host-resolver-rules={','.join(rules)}",
        *([f"--ignore-certificate-errors-spki-list={network.spki}", "--no-proxy-server"] if network else []),
    ]


async def _launch(playwright: Playwright, found: Executable, options: Options, network: Network | None) -> Browser:
    with _started(found, options):
        return await playwright.chromium.launch(args=_arguments(network), **_shared(found, options, network))


def _shared(found: Executable, options: Options, network: Network | None) -> dict[str, Any]:
    """Return how every browser is started."""
    return {
        "executable_path": found.path,
        "headless": not options.headed,
        # Playwright lets every script open windows; a person's browser does not.
        "ignore_default_args": ["--disable-popup-blocking"],
        "proxy": {"server": options.proxy} if options.proxy and network is None else None,
        # Ctrl-C reaches the whole process group: the browser has to outlive it for the last picture.
        "handle_sigint": False,
        "handle_sigterm": False,
        "handle_sighup": False,
        "timeout": options.timeout * 1000,
    }


@contextmanager
def _started(found: Executable, options: Options) -> Iterator[None]:
    """Turn the failure of a browser that does not start into a stop of the run."""
    try:
        with browser_failures():
            yield
    except BrowserFailure as error:
        if options.headed and platform.system() == "Linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
            raise Stopped(
                Reason.BROWSER_MISSING,
                message("A browser window is needed, and this computer has no display."),
                message("Run it at a computer with a screen, or without --headed and --sign-in interactive."),
            ) from error
        raise Stopped(
            Reason.BROWSER_MISSING,
            message("The browser {path} did not start.", path=found.path),
            message("Start it by hand to see why, or name another with --browser or --executable."),
        ) from error


def computer_locale() -> str | None:
    """Return the computer's language as a tag such as `ro-RO`; None where it has none."""
    name = (locale.getlocale()[0] or "").replace("_", "-")
    return name if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", name) else None


def _window(options: Options) -> dict[str, Any]:
    """Return what every session's windows are like: pictures of two sessions can be compared only so."""
    return {
        "viewport": {"width": VIEWPORT[0], "height": VIEWPORT[1]},
        "device_scale_factor": DEVICE_PIXEL_RATIO,
        "locale": options.ui_locale or computer_locale(),
        "reduced_motion": "reduce",
        "service_workers": "block",  # its requests would pass the guard by
    }


@asynccontextmanager
async def opened(
    options: Options, hosts: HostPolicy, network: Network | None = None
) -> AsyncIterator[tuple[Session, dict[str, str]]]:
    """Give a fresh private session, and the versions of what runs it; the browser ends with the block.

    Raises:
        Stopped: no browser was found, or it did not start (`browser-missing`).
    """
    from importlib.metadata import version  # noqa: PLC0415

    from playwright.async_api import async_playwright  # noqa: PLC0415

    async with async_playwright() as playwright:
        found = find(playwright.chromium, options.browser, options.executable)
        browser = await _launch(playwright, found, options, network)
        try:
            context = await browser.new_context(**_window(options))
            context.set_default_timeout(options.timeout * 1000)
            session = Session(context, Guard(hosts), options.timeout)
            await session.forbid_windows()
            yield session, {"playwright": version("playwright"), "browser": f"{found.name} {browser.version}"}
        finally:
            await browser.close()


async def _or_closed(launch: Awaitable[BrowserContext]) -> BrowserContext:
    """Wait for `launch`; told to end meanwhile, end what it started, so that nothing writes into its folder."""
    started = asyncio.ensure_future(launch)
    try:
        return await asyncio.shield(started)
    except asyncio.CancelledError:
        with suppress(Exception):  # it did not start at all
            await (await started).close()
        raise


@asynccontextmanager
async def opened_with(
    chromium: BrowserType, profile: Path, options: Options, hosts: HostPolicy, network: Network | None = None
) -> AsyncIterator[Session]:
    """Give a session in the browser profile `profile`, with all that it keeps; the browser ends with the block.

    Nothing is intercepted, so the caches answer as they would to a person. The browser finds no hosts but those of
    `hosts` by name. Where a proxy looks names up instead, a page elsewhere only ends the session once it is asked for.

    Args:
        chromium: the library's, as the private session's browser was started by it.
        profile: a user data folder that nobody else uses, and that may be written into.

    Raises:
        Stopped: no browser was found, or it did not start (`browser-missing`).
    """
    found = find(chromium, options.browser, options.executable)
    shared = _shared(found, options, network)
    # The computer's own keys, by which the browser wrote its cookies, in place of the library's.
    shared["ignore_default_args"] += ["--password-store=basic", "--use-mock-keychain"]
    launch = chromium.launch_persistent_context(
        profile, args=_arguments_by_names(hosts, network, options), **shared, **_window(options)
    )
    with _started(found, options):
        context = await _or_closed(launch)
    try:
        context.set_default_timeout(options.timeout * 1000)
        session = Session(context, Guard(hosts), options.timeout, by_names=True)
        await session.forbid_windows()
        yield session
    finally:
        await context.close()
