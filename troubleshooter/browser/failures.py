"""Turns what Playwright raises into what a run may say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from playwright.async_api import Error
from playwright.async_api import TimeoutError as WaitedTooLong

from troubleshooter.errors import CannotTell, Stopped
from troubleshooter.model.enums import Reason
from troubleshooter.model.message import message
from troubleshooter.tenant.tenant import Tenant
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
"""Chromium's words for not having got an answer from a host."""
TORN = ("not attached", "detached", "context was destroyed", "JSHandle is disposed", "Cannot find context")
"""The library's words for an element whose page was rebuilt or left in the middle of a look."""


class Under(Protocol):
    """What is being done in a browser, as far as its errors go."""

    timeout: float
    at_home: bool
    tab: Page | None

    @property
    def tenant(self) -> Tenant:
        """Where."""

    def trouble(self) -> asyncio.Future[Stopped] | None:
        """Return the future that is done when a guard stops it."""


@contextmanager
def translated_errors(visit: Under) -> Iterator[None]:
    """Turn what the browser's library raises into what a run may say."""
    try:
        yield
    except (WaitedTooLong, TimeoutError) as error:
        note = message("The page did not get there within {seconds} s.", seconds=f"{visit.timeout:g}")
        if visit.at_home:
            raise CannotTell(Reason.IMAGES_NOT_SETTLED, note) from error
        raise unreachable(visit, "") from error
    except Error as error:
        if (trouble := visit.trouble()) and trouble.done():
            raise trouble.result() from None
        text = str(error)
        if any(code in text for code in UNREACHABLE):
            raise unreachable(visit, text) from error
        if "closed" in text or "crash" in text.lower():
            raise CannotTell(Reason.CRASHED, message("The browser or its page ended by itself.")) from error
        if visit.at_home and any(words in text for words in TORN):
            note = message("The page was rebuilt, or went elsewhere, while it was being worked on.")
            raise CannotTell(Reason.PAGE_CHANGED, note) from error
        raise


def unreachable(visit: Under, text: str) -> Stopped:
    """Return the stop for a host that gave no answer."""
    url = next((word for word in text.split() if word.startswith("https://")), visit.tab.url if visit.tab else "")
    return Stopped(
        Reason.HOST_UNREACHABLE,
        message("{host} did not answer.", host=host_of(url) or host_of(visit.tenant.home)),
        message("Check the network, the proxy and the addresses in the tenant file, then run again."),
    )
