"""The whole tenant as one ASGI application: journals each request and hands it to the host that was asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qs, quote, quote_plus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .hosts import control, graph, home, login, loki, my, myaccount, office, outlook, sharepoint, teams
from .journal import Credential, Entry
from .sessions import HOME, LOGIN, MY, SHAREPOINT
from .state import State
from .sync import settle
from .web import SITE, host_of, user_of

_ROUTES: Mapping[str, list[BaseRoute]] = MappingProxyType(
    {
        LOGIN: login.ROUTES,
        "www.office.com": office.ROUTES,
        HOME: home.ROUTES,
        SHAREPOINT: sharepoint.ROUTES,
        MY: my.ROUTES,
        "outlook.office.com": outlook.ROUTES,
        "outlook.office365.com": outlook.ROUTES,
        "myaccount.microsoft.com": myaccount.ROUTES,
        "teams.microsoft.com": teams.ROUTES,
        "graph.microsoft.com": graph.ROUTES,
        "eur.loki.delve.office.com": loki.ROUTES,
        "sandbox.invalid": control.ROUTES,
    }
)

# Chromium and Edge call home while a test runs; under MAP * those calls land here.
_VENDORS = (
    ".google.com", ".googleapis.com", ".gstatic.com", ".gvt1.com", ".googleusercontent.com",
    "edge.microsoft.com", ".edge.microsoft.com", "config.edge.skype.com", ".msedge.net", ".msn.com", ".bing.com",
    ".smartscreen.microsoft.com", ".data.microsoft.com", ".dl.delivery.mp.microsoft.com",
)  # fmt: skip

_LONGEST_BODY = 8 * 1024 * 1024


class App:
    """The ASGI application of one tenant."""

    def __init__(self, state: State) -> None:
        self._state = state
        files = Mount("/sandbox-static", StaticFiles(directory=SITE / "static"))
        self._hosts: dict[str, ASGIApp] = {
            host: Router([files, Route("/favicon.ico", _no_icon), *routes], redirect_slashes=False)
            for host, routes in _ROUTES.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        state = self._state
        settle(state)
        scope["tenant"] = state
        request = Request(scope)
        host = host_of(request)
        body = await _read(request, receive)
        _note_password(state, request, host, body)
        # Asked before the answer: signing out would forget who it was.
        user = user_of(request)
        written = False

        def write(status: int) -> None:
            nonlocal written
            written = True
            state.journal.requests.append(
                Entry(
                    at=state.clock.now(),
                    kind=kind_of(host),
                    host=host,
                    method=scope["method"],
                    path=scope["path"],
                    query=scope["query_string"].decode("ascii", "replace"),
                    dest=request.headers.get("sec-fetch-dest", ""),
                    user=user.upn if user else None,
                    status=status,
                )
            )

        async def watched(message: Message) -> None:
            # Written before it is sent, so that whoever has the answer finds it in the journal.
            if message["type"] == "http.response.start":
                write(message["status"])
            await send(message)

        try:
            await self._hosts.get(host, _nowhere)(scope, _again(body, receive), watched)
        finally:
            if not written:
                write(0)


def kind_of(host: str) -> str:
    """tenant, browser (a call to the browser's vendor) or unexpected."""
    if host in _ROUTES:
        return "tenant"
    return "browser" if f".{host}".endswith(_VENDORS) else "unexpected"


async def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("The sandbox has no such host.\n", status_code=404)(scope, receive, send)


async def _read(request: Request, receive: Receive) -> bytes:
    if request.method in {"GET", "HEAD"}:
        return b""
    body, more = b"", True
    while more and len(body) < _LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands out a body that was read already, then whatever the connection says."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay


def _note_password(state: State, request: Request, host: str, body: bytes) -> None:
    """Logs every password that arrives, wherever and however it does."""
    text = body.decode("utf-8", "replace")
    fields = parse_qs(text, keep_blank_values=True)
    typed = fields.get("passwd", [])
    seen = f"{request.url.query} {request.url.path} {request.headers.get('authorization', '')} {text}"
    forms = {state.password, quote(state.password, safe=""), quote_plus(state.password)}
    if not typed and not any(form in seen for form in forms):
        return
    user = next(iter(fields.get("login", fields.get("loginfmt", []))), "")
    state.journal.credentials.append(
        Credential(
            at=state.clock.now(),
            host=host,
            path=request.url.path,
            user=user,
            right=bool(typed) and state.accepts(typed[0]),
        )
    )
