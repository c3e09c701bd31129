"""Changes one thing on the pages that the tenant sends, as Microsoft does each month, with decoys beside it.

Names are changed in everything that is sent (pages, scripts, styles, JSON), so that the pages still work.
"""

import json
import re
from dataclasses import asdict
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from troubleshooter.sandbox.interference import Mutation
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.web import SITE_FILES, tenant

CASE_COOKIE = "SandboxCase"
"""Names the mutation that applies to one visitor, where several visit at the same time."""
DECOY = "/sandbox-decoy"
"""The path, on every host, to which a decoy reports that it was touched, and from which it gets its picture."""
_FACE = "amara.okafor@contoso.com"
_REWRITTEN = ("text/html", "javascript", "text/css", "json")


def mutation_of(state: State, request: Request) -> Mutation | None:
    """Return the mutation that applies to this visitor."""
    return state.mutations.get(request.cookies.get(CASE_COOKIE, "")) or state.mutations.get("")


def received(mutation: Mutation | None, body: bytes) -> bytes:
    """Return what a visitor sent, with renamed tokens as the tenant knows them."""
    for name, renamed in mutation.renames if mutation else ():
        body = body.replace(renamed.encode(), name.encode())
    return body


def mutated(mutation: Mutation | None, app: ASGIApp) -> ASGIApp:
    """Return `app`, with `mutation` applied to what it sends."""
    if mutation is None:
        return app

    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if not _is_text(message):
                    await send(message)
            elif not _is_text(start):
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    body = _rewritten(mutation, start, b"".join(parts))
                    kept = [pair for pair in start["headers"] if pair[0].lower() not in (b"content-length", b"etag")]
                    await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                    await send({"type": "http.response.body", "body": body})

        await app(scope, receive, collect)

    return changed


def _type_of(start: Message) -> str:
    return next((value.decode() for name, value in start["headers"] if name.lower() == b"content-type"), "")


def _is_text(start: Message) -> bool:
    return start["status"] == 200 and any(kind in _type_of(start) for kind in _REWRITTEN)


def _rewritten(mutation: Mutation, start: Message, body: bytes) -> bytes:
    text = body.decode()
    if "text/html" in _type_of(start):
        given = json.dumps(asdict(mutation) | {"path": DECOY}).replace("<", "\\u003c")
        # Sign-in runs inline scripts with its nonce only.
        nonce = re.search(r' nonce="[^"]+"', text)
        text = text.replace("<head>", f"<head><script{nonce[0] if nonce else ''}>({_script()})({given});</script>", 1)
    for name, renamed in mutation.renames:
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", renamed, text)
    return text.encode()


@cache
def _script() -> str:
    return (SITE_FILES / "mutation.js").read_text(encoding="utf-8").strip()


async def decoy(request: Request) -> Response:
    """Note that a decoy was touched, or return its picture: the face of somebody whom nobody asked for."""
    if request.method == "POST":
        what = (await request.body()).decode("utf-8", "replace")
        tenant(request).decoys_touched.append((request.cookies.get(CASE_COOKIE, ""), what[:200]))
        return Response(status_code=204)
    return await photo_response(tenant(request).photo_of(_FACE), 120, "people-service")
