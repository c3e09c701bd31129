"""Opens a page signed out, to learn what the network does with it: whether it answers, its time, its certificate."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from troubleshooter.browser.failures import BrowserFailure, TimedOut, or_default, stopped_by, unreachable
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.session import Session
from troubleshooter.errors import Stopped
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page, Response

_TELLS = 5.0
"""Seconds that the browser may take to tell how secure a page is, once it is there."""


@dataclass(frozen=True)
class Reached:
    """What the first answer of a page, and the page itself, say about the way to it."""

    ahead: timedelta | None
    """How far the service's clock is ahead of this computer's, to the second; None if the answer had no date."""
    host: str
    """The host of the page that was opened in the end."""
    certificate: bytes | None
    """That host's certificate, as the browser accepted it, in DER; None if the browser did not tell."""


async def reach(session: Session, url: str) -> Reached | Stopped:
    """Open `url` in a tab of its own; return what is known about the way there, or what keeps it from opening."""
    tab = await session.tab(aside=True)
    ahead: list[timedelta | None] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request():
            ahead.append(_ahead(response.headers, datetime.now(UTC)))

    tab.on("response", note)
    certificate = await _certificate(tab)
    opened = True
    try:
        await open_page(tab, url, "commit")
    except TimedOut:
        return unreachable(url)
    except BrowserFailure as error:
        if not session.guard.refused:  # else the host answered, and led on
            return stopped_by(error.network, url) if error.network else unreachable(url)
        opened = False
    if opened:
        await asyncio.wait([certificate], timeout=_TELLS)
    accepted = certificate.result() if certificate.done() else None
    return Reached(next(iter(ahead), None), host_of(tab.url), accepted)


def _ahead(headers: dict[str, str], now: datetime) -> timedelta | None:
    """Return how far a response's clock is ahead of `now`; a cache states how old the response is."""
    try:
        sent = parsedate_to_datetime(headers.get("date", ""))
        age = int(headers.get("age", "0"))
    except ValueError:
        return None
    # The header has whole seconds, and was true half a second earlier on average.
    return sent.replace(tzinfo=sent.tzinfo or UTC) + timedelta(seconds=age + 0.5) - now


async def _certificate(tab: Page) -> asyncio.Future[bytes]:
    """Return what becomes the certificate of the next page in `tab`, from what the browser knows of its security.

    It is asked for before the page is opened: while a page takes the place of another, the browser may refuse.
    """
    cdp = await tab.context.new_cdp_session(tab)
    told: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        chain = event["visibleSecurityState"].get("certificateSecurityState", {}).get("certificate")
        if chain and not told.done():
            told.set_result(base64.b64decode(chain[0]))

    cdp.on("Security.visibleSecurityStateChanged", note)
    await or_default(cdp.send("Security.enable"), None)
    return told
