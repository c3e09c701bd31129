"""Turns Playwright's exceptions, which only this module handles, into results, our own errors, or user messages.

BrowserFailure      the browser reported an error instead of doing what it was asked to do
└── TimedOut        it did not finish within the time limit

Three ways to handle them, from the innermost to the outermost:

- `or_default`, `succeeded`, `in_time`, `result_in_time`, `read_or_default`: a failure is an ordinary result.
- `with browser_failures():` a failure is raised as `BrowserFailure`, for callers that retry.
- `with translated_errors(work):` any other failure ends a step or the run, with a message (`CannotTell`, `Stopped`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from troubleshooter.errors import CannotTell, Stopped, TroubleshooterError
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

UNREACHABLE = (
    "ERR_NAME_NOT_RESOLVED",
    "ERR_CONNECTION",
    "ERR_ADDRESS",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_PROXY",
    "ERR_TUNNEL",
    "ERR_CERT",
    "ERR_SSL",
    "ERR_TIMED_OUT",
    "ERR_EMPTY_RESPONSE",
    "ERR_NETWORK",
)
"""Chromium's names for the errors that mean that a host could not be reached."""
_REBUILT = ("not attached", "detached", "context was destroyed", "JSHandle is disposed", "Cannot find context")
"""Parts of Playwright's messages about a page that was rebuilt or navigated while it was being inspected."""

_Result = TypeVar("_Result")
_Default = TypeVar("_Default")


class BrowserFailure(TroubleshooterError):
    """The browser reported an error instead of doing what it was asked to do.

    Attributes:
        said: Playwright's message; never print it, because it may contain URLs.
    """

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said

    @property
    def is_unreachable(self) -> bool:
        """Return whether the failure means that a host could not be reached."""
        return any(name in self.said for name in UNREACHABLE)


class TimedOut(BrowserFailure):
    """The browser did not finish within the time limit."""


async def or_default(
    work: Awaitable[_Result], default: _Default, *, unless_closed: Page | None = None
) -> _Result | _Default:
    """Await `work` and return its result; return `default` if the browser failed or took too long.

    Args:
        unless_closed: a page that the work depends on; if it was closed, the failure is raised unchanged.
    """
    try:
        return await work
    except Error:
        if unless_closed and unless_closed.is_closed():
            raise
        return default


async def succeeded(work: Awaitable[object]) -> bool:
    """Await `work` and return whether the browser did it; False if it failed or took too long."""
    try:
        await work
    except Error:
        return False
    return True


async def result_in_time(work: Awaitable[_Result]) -> _Result | None:
    """Await `work` and return its result; None if it took too long. Other failures are raised unchanged."""
    try:
        return await work
    except PlaywrightTimeout:
        return None


async def in_time(work: Awaitable[object]) -> bool:
    """Await `work` and return whether it finished within its time limit. Other failures are raised unchanged."""
    try:
        await work
    except PlaywrightTimeout:
        return False
    return True


def read_or_default(read: Callable[[], _Result], default: _Default) -> _Result | _Default:
    """Return the result of `read`, or `default` if its frame is detached or does not exist yet."""
    try:
        return read()
    except Error:
        return default


@contextmanager
def browser_failures() -> Iterator[None]:
    """Convert Playwright's exceptions within the block to `BrowserFailure` or `TimedOut`."""
    try:
        yield
    except PlaywrightTimeout as error:
        raise TimedOut(str(error)) from error
    except Error as error:
        raise BrowserFailure(str(error)) from error


class BrowserWork(Protocol):
    """Work in a browser, with what is needed to translate its errors."""

    @property
    def timeout(self) -> float:
        """The longest single wait, in seconds."""

    @property
    def signed_in(self) -> bool:
        """Whether sign-in is over, after which a failing page ends its step but not the run."""

    @property
    def address(self) -> str:
        """The URL of the page that is being worked on."""

    @property
    def trouble(self) -> asyncio.Future[Stopped] | None:
        """A future that is done once a guard stops the run."""


@contextmanager
def translated_errors(work: BrowserWork) -> Iterator[None]:
    """Turn browser failures within the block into `CannotTell` or `Stopped`."""
    try:
        with browser_failures():
            yield
    except (TimedOut, TimeoutError) as error:
        if work.signed_in:
            note = message("The page did not load within {seconds} s.", seconds=f"{work.timeout:g}")
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note) from error
        raise unreachable(work.address) from error
    except BrowserFailure as error:
        if work.trouble and work.trouble.done():
            raise work.trouble.result() from None
        if error.is_unreachable:
            url = next((word for word in error.said.split() if word.startswith("https://")), work.address)
            raise unreachable(url) from error
        if "closed" in error.said or "crash" in error.said.lower():
            raise CannotTell(Reason.CRASHED, message("The browser or its page closed unexpectedly.")) from error
        if work.signed_in and any(text in error.said for text in _REBUILT):
            note = message("The page was rebuilt, or moved on, while it was being inspected.")
            raise CannotTell(Reason.PAGE_CHANGED, note) from error
        raise


def unreachable(url: str) -> Stopped:
    """Return the `Stopped` error for a host that could not be reached."""
    return Stopped(
        Reason.HOST_UNREACHABLE,
        message("{host} did not answer.", host=host_of(url) or url),
        message("Check the network, the proxy and the addresses in the tenant file, then run again."),
    )
