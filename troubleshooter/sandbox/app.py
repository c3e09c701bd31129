"""The whole tenant as one ASGI application: records each request and passes it to the host that it names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import format_datetime
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from troubleshooter.sandbox.credential_log import record_secrets, redacted
from troubleshooter.sandbox.disturbances import disturbed
from troubleshooter.sandbox.hosts import (
    adfs,
    autologon,
    control,
    fido,
    graph,
    home,
    intranet,
    login,
    loki,
    lookalike,
    my,
    myaccount,
    mysignins,
    office,
    okta,
    outlook,
    ping,
    saved_page,
    sharepoint,
    teams,
    terms,
)
from troubleshooter.sandbox.journal import Entry
from troubleshooter.sandbox.moves import moved
from troubleshooter.sandbox.mutations import DECOY, decoy, mutated, mutation_of, received
from troubleshooter.sandbox.photo_responses import hang
from troubleshooter.sandbox.sessions import HOME, LOGIN, MY, SHAREPOINT
from troubleshooter.sandbox.sign_in_plan import ADFS_HOST, LOOKALIKE_HOSTS, OKTA_HOST, PING_HOST
from troubleshooter.sandbox.site_hosts import CONTROLLED_LOGIN, INTRANET, OTHER_NAMES, is_site
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import settle
from troubleshooter.sandbox.throttling import throttled
from troubleshooter.sandbox.web import NEVER, SITE_FILES, host_of, is_document, user_of

_WITH_OTHER_NAMES = {HOME: home.ROUTES, SHAREPOINT: sharepoint.ROUTES, MY: my.ROUTES}
_ROUTES: Mapping[str, list[BaseRoute]] = MappingProxyType(
    {
        LOGIN: login.ROUTES,
        "www.office.com": office.ROUTES,
        **_WITH_OTHER_NAMES,
        **{name: _WITH_OTHER_NAMES[host] for name, host in OTHER_NAMES.items()},
        "outlook.office.com": outlook.ROUTES,
        "outlook.office365.com": outlook.ROUTES,
        "myaccount.microsoft.com": myaccount.ROUTES,
        "teams.microsoft.com": teams.ROUTES,
        "graph.microsoft.com": graph.ROUTES,
        "eur.loki.delve.office.com": loki.ROUTES,
        "login.microsoft.com": fido.ROUTES,
        "autologon.microsoftazuread-sso.com": autologon.ROUTES,
        "mysignins.microsoft.com": mysignins.ROUTES,
        "account.activedirectory.windowsazure.com": terms.ROUTES,
        ADFS_HOST: adfs.ROUTES,
        PING_HOST: ping.ROUTES,
        OKTA_HOST: okta.ROUTES,
        "sandbox.invalid": control.ROUTES,
    }
)

# Served only to notice requests, of which none is expected.
_TRAPS: Mapping[str, list[BaseRoute]] = MappingProxyType(
    {**dict.fromkeys((*LOOKALIKE_HOSTS, CONTROLLED_LOGIN), lookalike.ROUTES), INTRANET: intranet.ROUTES}
)

_SAVED_PAGE: Mapping[str, list[BaseRoute]] = MappingProxyType({"localhost": saved_page.ROUTES})
"""For a person's own browser, which does not find the tenant's hosts here."""

# Chromium and Edge call their vendor while a test runs; under MAP * those calls arrive here.
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
        files = Mount("/sandbox-static", StaticFiles(directory=SITE_FILES / "static"))
        self._hosts: dict[str, ASGIApp] = {
            host: Router([files, *_SHARED, *routes], redirect_slashes=False)
            for host, routes in {**_ROUTES, **_TRAPS, **(_SAVED_PAGE if state.saved_page else {})}.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        state = self._state
        settle(state)
        scope["tenant"] = state
        request = Request(scope)
        host = host_of(request)
        mutation = mutation_of(state, request)
        body = received(mutation, await _read(request, receive))
        kind = kind_of(host)
        record_secrets(state, request, host, body, expected=kind != "unexpected")
        _lose_midway(state, request, host)
        # Created before the response, because signing out would forget the user.
        entry = _entry(state, request, kind, body)
        recorded = False

        def record(status: int) -> None:
            nonlocal recorded
            recorded = True
            state.journal.add(replace(entry, at=state.clock.now(), status=status))

        async def watched(message: Message) -> None:
            # Recorded before the response is sent, so that whoever received it finds the request in the journal.
            if message["type"] == "http.response.start":
                record(message["status"])
                now = state.clock.now() + message.pop("skew", timedelta())
                tenant_time = format_datetime(now.astimezone(UTC), usegmt=True)
                message = {**message, "headers": [*message["headers"], (b"date", tenant_time.encode("ascii"))]}
            await send(message)

        try:
            app = mutated(mutation, disturbed(state, request, self._app_for(host, request)))
            await app(scope, _replayed(body, receive), watched)
        finally:
            if not recorded:
                record(0)

    def _app_for(self, host: str, request: Request) -> ASGIApp:
        """Return what answers a request: a host of this tenant only if TLS was asked for such a host, too.

        A page of any site can make its own host name lead to a loopback port (DNS rebinding). Its requests name its
        host, in TLS as in HTTP.
        """
        asked = self._state.server_name(request.scope.get("client"))
        if kind_of(host) == "browser":
            return _no_such_page
        ours = asked is None or asked in self._hosts or kind_of(asked) == "browser"
        if not ours:
            return _misdirected
        return throttled(request) or moved(request) or self._hosts.get(host, _misdirected)


def kind_of(host: str) -> str:
    """Return the kind of `host`: `tenant`, `browser` (the browser's vendor) or `unexpected`."""
    if host in _ROUTES:
        return "tenant"
    return "browser" if f".{host}".endswith(_VENDORS) else "unexpected"


def _entry(state: State, request: Request, kind: str, body: bytes) -> Entry:
    """Return the journal entry for a request before the response; headers and body only if its host is unexpected."""
    user = user_of(request)
    unexpected = kind == "unexpected"
    return Entry(
        at=state.clock.now(),
        kind=kind,
        host=host_of(request),
        method=request.method,
        path=request.scope["path"],
        query=redacted(state, request.scope["query_string"].decode("ascii", "replace")),
        dest=request.headers.get("sec-fetch-dest", ""),
        user=user.upn if user else None,
        status=0,
        headers={name: redacted(state, value) for name, value in request.headers.items()} if unexpected else {},
        body=redacted(state, body.decode("utf-8", "replace")) if unexpected else "",
    )


def _lose_midway(state: State, request: Request, host: str) -> None:
    """End every session at the second page of SharePoint, if the plan says so."""
    sessions = state.sessions
    if not state.flags.sign_in.lost_midway or sessions.lost or not is_site(host):
        return
    on_the_way = request.url.path.endswith("/Authenticate.aspx") or request.url.path.startswith("/_forms/")
    if on_the_way or not request.url.path.endswith(".aspx") or not is_document(request) or user_of(request) is None:
        return
    if sessions.opened_sharepoint:
        sessions.lose()
    sessions.opened_sharepoint = True


async def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)


_SHARED = (
    Route("/favicon.ico", _no_icon),
    Route(NEVER, hang),
    Route(DECOY, decoy, methods=["GET", "POST"]),
    *saved_page.ROUTES,
)
"""What every host serves."""


_no_such_page = PlainTextResponse("The sandbox has nothing of the browser's vendor.\n", status_code=404)
_misdirected = PlainTextResponse("The sandbox does not serve this host.\n", status_code=421)


async def _read(request: Request, receive: Receive) -> bytes:
    if request.method in {"GET", "HEAD"}:
        return b""
    body, more = b"", True
    while more and len(body) < _LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a receiver that gives a body that was already read, then whatever the connection sends."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
