"""Disturbs what passes between a visitor and one of the tenant's hosts, as networks, proxies and services do."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from troubleshooter.sandbox.interference import PLACES
from troubleshooter.sandbox.photo_responses import hang
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.web import host_of

_DELAY = 1.5
"""Seconds that each answer of a slow host is late."""
_JUMP = timedelta(hours=26)
"""How wrong the date is."""


def disturbed(state: State, request: Request, app: ASGIApp) -> ASGIApp:
    """Return `app`, disturbed if this request is concerned."""
    disturbance = state.disturbance
    if disturbance is None or not disturbance.concerns(host_of(request), request.scope["path"]):
        return app
    kind = disturbance.kind

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if kind.isdecimal():
            headers = {"Retry-After": "1"} if kind in ("429", "503") else {}
            await PlainTextResponse("Disturbed.\n", status_code=int(kind), headers=headers)(scope, receive, send)
        elif kind == "loop":
            await RedirectResponse(str(request.url), status_code=302)(scope, receive, send)
        elif kind == "silent":
            await (await hang(Request(scope, receive)))(scope, receive, send)
        elif kind == "reset":
            _hang_up(state, scope)
        elif kind == "half-sent":
            await app(scope, receive, _half(state, scope, send))
        elif kind == "clock":
            await app(scope, receive, _late(send))
        else:
            if kind == "slow":
                await _delayed(state)
            await app(scope, receive, send)

    return answer


def _hang_up(state: State, scope: Scope) -> None:
    assert state.hang_up is not None
    state.hang_up(scope["client"])


async def _delayed(state: State) -> None:
    assert state.stopping is not None
    with suppress(TimeoutError):
        await asyncio.wait_for(state.stopping.wait(), _DELAY)


def _half(state: State, scope: Scope, send: Send) -> Send:
    """Return a sender that announces the whole answer, sends half of it, and ends the connection."""

    async def half(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        body = message.get("body", b"")
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        _hang_up(state, scope)

    return half


def _late(send: Send) -> Send:
    """Return a sender whose dates are wrong."""

    async def late(message: Message) -> None:
        await send({**message, "skew": _JUMP} if message["type"] == "http.response.start" else message)

    return late


def is_distrusted(state: State, name: str | None) -> bool:
    """Return whether the host `name` shows a certificate for which nobody vouches."""
    disturbance = state.disturbance
    if disturbance is None or disturbance.kind != "tls" or name not in PLACES[disturbance.place][0]:
        return False
    disturbance.began.set()
    disturbance.count += 1
    return True
