"""Describes the responses behind pictures, as the record keeps them."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import or_default
from troubleshooter.model.records import Hop, Response
from troubleshooter.model.untrusted_json import json_in
from troubleshooter.redaction.patterns import redact_picture_address

if TYPE_CHECKING:
    from playwright.async_api import Request
    from playwright.async_api import Response as BrowserResponse

_CACHE_HEADERS = ("cache-control", "etag", "last-modified", "age", "date", "expires", "vary", "via", "x-cache")
_BODY_SECONDS = 10.0
"""How many seconds the body of a response may take to arrive once the response has begun."""


@dataclass(frozen=True)
class PictureResponse:
    """The response behind a picture."""

    response: Response
    body_sha256: str | None
    error: str = ""
    """The service's own code for a missing picture, such as `ImageNotFound`; empty if it gave none."""


async def described(response: BrowserResponse, at: datetime) -> PictureResponse:
    """Return what is recorded of `response`, received `at`: status, type, size, cache headers, redirects, SHA-256."""
    body = await body_of(response)
    headers = response.headers  # all that is kept of them is here; the rest would have to be asked for
    content_type = headers.get("content-type", "")
    return PictureResponse(
        Response(
            status=response.status,
            content_type=content_type,
            bytes=None if body is None else len(body),
            headers=_cache_headers(headers),
            at=at,
            url=redact_picture_address(response.url),
            hops=await _redirects_to(response.request),
        ),
        hashlib.sha256(body).hexdigest() if body else None,
        error_code_in(body) if body and "json" in content_type else "",
    )


def error_code_in(body: bytes) -> str:
    """Return the code of an error in Graph's format; empty if there is none."""
    try:
        return str(json_in(body)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""


async def body_of(response: BrowserResponse) -> bytes | None:
    """Return the body of `response`; None for a redirect, and if the browser discarded the body or it never ends."""
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await or_default(response.body(), None)
    except TimeoutError:
        return None


async def _redirects_to(request: Request) -> tuple[Hop, ...]:
    """Return the redirects that led to `request`, first to last."""
    found: list[Hop] = []
    before = request.redirected_from
    while before:
        response = await or_default(before.response(), None)
        status, headers = (response.status, response.headers) if response else (0, {})
        found.insert(0, Hop(status=status, url=redact_picture_address(before.url), headers=_cache_headers(headers)))
        before = before.redirected_from
    return tuple(found)


def _cache_headers(headers: dict[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in _CACHE_HEADERS if name in headers}
