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
import math
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from troubleshooter.browser.network_errors import NetworkError, network_error_in
from troubleshooter.browser.waits import not_loaded
from troubleshooter.errors import CannotTell, Stopped, TroubleshooterError
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_METHOD = re.compile(r"[A-Z]\w*\.\w+: ")
"""What Playwright's messages begin with, such as `Page.goto: `."""
_ENDED = ("Target page, context or browser has been closed", "Target closed", "Page crashed", "Target crashed")
"""Playwright's messages about a page or a browser that is gone, whole."""
_DRIVER_ENDED = "Connection closed while reading from the driver"
"""What a plain exception says where Playwright's driver is gone, and the browser with it."""
_INTERRUPTED = "Navigation to "
"""How Playwright's message about a page that moved on by itself begins; what follows is addresses."""
_REBUILT = ("not attached", "detached", "context was destroyed", "JSHandle is disposed", "Cannot find context")
"""Parts of Playwright's messages about a page that was rebuilt or navigated while it was being inspected."""

_PROXY_HELP = message("Check the proxy’s address, or ask whoever runs it, then try again.")
_PROXY_PASSWORD = message(
    "Give the user name and the password in HTTPS_PROXY or with --proxy, as NAME:PASSWORD@HOST:PORT after http://, "
    "with special characters percent-encoded, then try again."
)

_Result = TypeVar("_Result")
_Default = TypeVar("_Default")


def _failure() -> type[Exception]:
    """Return Playwright's exception. Only commands that start a browser load Playwright, which takes a while."""
    from playwright.async_api import Error  # noqa: PLC0415

    return Error


def _timeout() -> type[Exception]:
    """Return Playwright's exception for work that took too long."""
    from playwright.async_api import TimeoutError as PlaywrightTimeout  # noqa: PLC0415

    return PlaywrightTimeout


class BrowserFailure(TroubleshooterError):
    """The browser reported an error instead of doing what it was asked to do.

    These messages contain URLs, in which any word may occur. So the kind of an error is recognized by how the message
    begins, or by the whole message.

    Attributes:
        said: Playwright's message. It may contain URLs: never print it.
        failed_at: the URL that failed, if it is known from a better source than the message; else empty.
    """

    def __init__(self, said: str, failed_at: str = "") -> None:
        super().__init__(said)
        self.said = said
        self.failed_at = failed_at

    @property
    def _essence(self) -> str:
        """Return the first line, which says what happened, without the method that reports it."""
        return _METHOD.sub("", self.said.partition("\n")[0], count=1).strip()

    @property
    def network(self) -> NetworkError | None:
        """Return the network error that kept a page from opening; None if it was something else."""
        found = network_error_in(self._essence)
        return replace(found, url=self.failed_at) if found and self.failed_at else found

    @property
    def ended(self) -> bool:
        """Return whether the page or the browser is gone."""
        return self._essence in (*_ENDED, _DRIVER_ENDED)

    @property
    def moved(self) -> bool:
        """Return whether the page was rebuilt or navigated in the meantime."""
        essence = self._essence
        return essence.startswith(_INTERRUPTED) or any(text in essence for text in _REBUILT)


class TimedOut(BrowserFailure):
    """The browser did not finish within the time limit, or within `seconds` if that was less."""

    def __init__(self, said: str, *, seconds: float = math.inf) -> None:
        super().__init__(said)
        self.seconds = seconds


async def or_default(
    work: Awaitable[_Result], default: _Default, *, unless_closed: Page | None = None
) -> _Result | _Default:
    """Await `work` and return its result; return `default` if the browser failed or took too long.

    Args:
        unless_closed: a page that the work depends on; if it was closed, the failure is raised unchanged.
    """
    try:
        return await work
    except _failure():
        if unless_closed and unless_closed.is_closed():
            raise
        return default


async def succeeded(work: Awaitable[object]) -> bool:
    """Await `work` and return whether the browser did it; False if it failed or took too long."""
    try:
        await work
    except _failure():
        return False
    return True


async def result_in_time(work: Awaitable[_Result]) -> _Result | None:
    """Await `work` and return its result; None if it took too long. Other failures are raised unchanged."""
    try:
        return await work
    except _timeout():
        return None


async def in_time(work: Awaitable[object]) -> bool:
    """Await `work` and return whether it finished within its time limit. Other failures are raised unchanged."""
    try:
        await work
    except _timeout():
        return False
    return True


def read_or_default(read: Callable[[], _Result], default: _Default) -> _Result | _Default:
    """Return the result of `read`, or `default` if its frame is detached or does not exist yet."""
    try:
        return read()
    except _failure():
        return default


@contextmanager
def browser_failures() -> Iterator[None]:
    """Convert Playwright's exceptions within the block to `BrowserFailure` or `TimedOut`."""
    try:
        yield
    except _timeout() as error:
        raise TimedOut(str(error)) from error
    except _failure() as error:
        raise BrowserFailure(str(error)) from error
    except Exception as error:
        if str(error) != _DRIVER_ENDED:
            raise
        raise BrowserFailure(_DRIVER_ENDED) from error


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
            waited = error.seconds if isinstance(error, TimedOut) else math.inf
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, not_loaded(work.timeout, waited)) from error
        raise unreachable(work.address) from error
    except BrowserFailure as error:
        if work.trouble and work.trouble.done():
            raise work.trouble.result() from None
        if error.network:
            raise _page_failed(error.network, work) from error
        if error.ended:
            raise CannotTell(Reason.CRASHED, message("The browser or its page closed unexpectedly.")) from error
        if work.signed_in and error.moved:
            note = message("The page was rebuilt, or moved on, while it was being inspected.")
            raise CannotTell(Reason.PAGE_CHANGED, note) from error
        raise


def _page_failed(error: NetworkError, work: BrowserWork) -> Stopped | CannotTell:
    """Return the failure of a page that did not open; before sign-in is over, it stops the run."""
    if work.signed_in:
        return CannotTell(error.reason, error.note(work.address))
    return stopped_by(error, work.address)


def stopped_by(error: NetworkError, page: str) -> Stopped:
    """Return the `Stopped` error for `page`, which did not open although the run can't continue without it."""
    if error.is_of_proxy:
        stop = Stopped(
            Reason.PROXY,
            error.note(page),
            _PROXY_PASSWORD if error.asks_for_password else _PROXY_HELP,
        )
        stop.may_pass = not error.asks_for_password
        return stop
    return Stopped(
        Reason.HOST_UNREACHABLE,
        error.note(page),
        message("Check the network, the proxy and the addresses in the tenant file, then try again."),
    )


@contextmanager
def stopped_if_unreachable(page: str) -> Iterator[None]:
    """Stop the run if a host can't be reached within the block, even after sign-in: nothing can be seen without it."""
    try:
        with browser_failures():
            yield
    except BrowserFailure as error:
        if error.network and error.network.is_unreachable:
            raise stopped_by(error.network, page) from error
        raise


def unreachable(url: str) -> Stopped:
    """Return the `Stopped` error for a host that could not be reached."""
    return Stopped(
        Reason.HOST_UNREACHABLE,
        message("{host} did not answer.", host=host_of(url) or url),
        message("Check the network, the proxy and the addresses in the tenant file, then try again."),
    )
