"""Requests a photo by its address, and says what came: in words and numbers, without the picture."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, TimedOut, or_default
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.picture_response import described
from troubleshooter.compare.picture import size_of
from troubleshooter.survey.addresses import photo_address, whose_host
from troubleshooter.survey.walk import Walk

if TYPE_CHECKING:
    from playwright.async_api import Response

_LIMIT = 20.0
"""Seconds that one request may take."""


async def served(walk: Walk, url: str) -> tuple[str, dict[str, object]]:
    """Return what `url` serves, and the details of the response."""
    tab = await walk.new_tab(aside=True)
    tab.set_default_timeout(min(_LIMIT, walk.timeout) * 1000)
    try:
        async with asyncio.timeout(_LIMIT):
            answer = await open_page(tab, url, "commit")
            return ("nothing", {}) if answer is None else await _described(walk, answer)
    except (TimeoutError, TimedOut):
        return "nothing", {"failure": "time limit"}
    except BrowserFailure as error:
        return "nothing", {"failure": error.network.reason.value if error.network else "unknown"}
    finally:
        if not tab.is_closed():
            await or_default(tab.close(), None)


async def _described(walk: Walk, answer: Response) -> tuple[str, dict[str, object]]:
    row = (await described(answer, datetime.now(UTC))).response
    size = size_of(await or_default(answer.body(), None))
    kind = row.content_type.partition(";")[0].strip().lower()
    details: dict[str, object] = {
        "status": row.status,
        "type": kind or "none",
        **({"width": size[0], "height": size[1]} if size else {}),
        "kilobytes": -(-row.bytes // 1024) if row.bytes is not None else "unknown",
        "headers": headers_in(row.headers),
        "redirects": [{"status": hop.status, "from": _place(walk, hop.url)} for hop in row.hops],
        "ends_at": _place(walk, answer.url),
    }
    return what_came(row.status, kind, size), details


def _place(walk: Walk, url: str) -> str:
    known = photo_address(url)
    return whose_host(url, walk.asked.tenant) if known == "another address" else known


def what_came(status: int, kind: str, size: tuple[int, int] | None) -> str:
    """Return what a response is: `a picture`, `a page`, `no picture`, `a refusal`, `nothing`."""
    if status in (404, 410):
        return "no picture"
    if status >= 400:
        return "a refusal"
    if size:
        return "a picture" if min(size) > 1 else "no picture"
    return "a page" if kind == "text/html" else "nothing"


def headers_in(headers: dict[str, str]) -> dict[str, object]:
    """Return what the headers of a response say about caching; of most, only that they are there."""
    found: dict[str, object] = {}
    for name, value in headers.items():
        if name == "cache-control":
            for word in value.lower().split(","):
                directive, _, number = word.strip().partition("=")
                found[directive] = int(number) if re.fullmatch(r"\d{1,8}", number) else True
        elif name == "etag":
            found[name] = "weak" if value.startswith("W/") else "strong"
        elif name == "age" and re.fullmatch(r"\d{1,8}", value):
            found[name] = int(value)
        elif name != "date":
            found[name] = "present"
    return found
