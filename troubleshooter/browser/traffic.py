"""What a tab asked for and what came back: whether its pictures are still on their way, and what filled an avatar."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import BrowserFailure, browser_failures, or_default, succeeded
from troubleshooter.model.records import Hop, Response
from troubleshooter.redaction.patterns import redact_picture_address

if TYPE_CHECKING:
    from playwright.async_api import Page, Request
    from playwright.async_api import Response as Answer

_COUNTED = frozenset({"document", "script", "stylesheet", "image", "fetch", "xhr"})
_CACHE_HEADERS = ("cache-control", "etag", "last-modified", "age", "date", "expires", "vary", "via", "x-cache")
_BODY_SECONDS = 10.0
"""How long the bytes of an answer that has begun may take to come."""
_QUIET_MS = 150
"""How long a page has to leave its document alone to count as drawn: several frames, and React's batching."""
_QUIET = """(quiet) => new Promise((done) => {
  let timer;
  const again = () => { clearTimeout(timer); timer = setTimeout(finish, quiet); };
  const watch = new MutationObserver(again);
  const finish = () => { watch.disconnect(); requestAnimationFrame(() => requestAnimationFrame(done)); };
  watch.observe(document,
    { subtree: true, childList: true, attributes: true, attributeFilter: ['src', 'class', 'style'] });
  again();
  setTimeout(finish, quiet * 12);
})"""


@dataclass(frozen=True)
class PictureResponse:
    """The response behind a picture."""

    response: Response
    body_sha256: str | None
    final_url: str
    error: str = ""
    """The service's own word for why there is no picture: `ImageNotFound`; empty where it gave none."""


class Traffic:
    """The requests of one tab and its frames."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pending: set[Request] = set()
        self._stragglers: set[Request] = set()
        self._answers: dict[str, tuple[Answer, datetime]] = {}
        self._failed: dict[str, str] = {}
        self._change = asyncio.Event()
        page.on("request", self._started)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._lost)
        page.on("response", self._answered)

    def _started(self, request: Request) -> None:
        if request.resource_type in _COUNTED:
            self._pending.add(request)

    def _ended(self, request: Request) -> None:
        self._pending.discard(request)
        self._change.set()

    def _lost(self, request: Request) -> None:
        self._failed[_origin(request).url] = request.failure or ""
        self._ended(request)

    def _answered(self, answer: Answer) -> None:
        if answer.request.resource_type in ("image", "document", "fetch", "xhr"):
            self._answers[_origin(answer.request).url] = (answer, datetime.now(UTC))
        if 300 <= answer.status < 400:
            self._ended(answer.request)

    async def settle(self, seconds: float) -> bool:
        """Wait until nothing is on its way and the document rests; return False when `seconds` did not suffice.

        A request that outlasts the limit is not waited for again: whether a picture came, its element tells.
        """
        try:
            async with asyncio.timeout(seconds):
                while True:
                    while self._open():
                        self._change.clear()
                        await self._change.wait()
                    if not await succeeded(self._page.evaluate(_QUIET, _QUIET_MS)):
                        return False  # the document was replaced while it was watched
                    if not self._open():
                        return True
        except TimeoutError:
            self._stragglers.update(self._pending)
            return False

    async def body(self, url: str) -> bytes | None:
        """Return the bytes that came for `url`; None when none are known any more."""
        if url not in self._answers:
            return None
        return await _body(self._answers[url][0])

    def overdue(self) -> bool:
        """Return whether something that was waited for in vain is still on its way."""
        return bool(self._stragglers & self._pending)

    def _open(self) -> set[Request]:
        return self._pending - self._stragglers

    async def picture_response(self, url: str) -> PictureResponse | None:
        """Return the response that came for `url`, through its redirects; None when none is known."""
        if url not in self._answers:
            return None
        return await described(*self._answers[url])


def _origin(request: Request) -> Request:
    while request.redirected_from:
        request = request.redirected_from
    return request


async def _hops(request: Request) -> tuple[Hop, ...]:
    """Return the redirects that led to `request`, first to last."""
    found: list[Hop] = []
    before = request.redirected_from
    while before:
        try:
            with browser_failures():
                answer = await before.response()
                headers = await answer.all_headers() if answer else {}
        except BrowserFailure:
            answer, headers = None, {}
        status = answer.status if answer else 0
        found.insert(0, Hop(status=status, url=redact_picture_address(before.url), headers=_of_caches(headers)))
        before = before.redirected_from
    return tuple(found)


def _of_caches(headers: dict[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in _CACHE_HEADERS if name in headers}


async def _body(answer: Answer) -> bytes | None:
    """Return the bytes of `answer`; None for a redirect, where the browser dropped them, or where they never end."""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await or_default(answer.body(), None)
    except TimeoutError:
        return None


async def described(answer: Answer, at: datetime) -> PictureResponse:
    """Return what is worth keeping of `answer`, which came `at`: status, type, size, caches, redirects, SHA-256."""
    body = await _body(answer)
    headers: dict[str, str] = await or_default(answer.all_headers(), {})
    return PictureResponse(
        Response(
            status=answer.status,
            content_type=headers.get("content-type", ""),
            bytes=None if body is None else len(body),
            headers=_of_caches(headers),
            at=at,
            url=redact_picture_address(answer.url),
            hops=await _hops(answer.request),
        ),
        hashlib.sha256(body).hexdigest() if body else None,
        answer.url,
        error_code_in(body) if body and "json" in headers.get("content-type", "") else "",
    )


def error_code_in(body: bytes) -> str:
    """Return the code in an error of Graph's kind; empty where there is none."""
    try:
        return str(json.loads(body)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""
