"""Contains what every host's handlers share: the tenant behind a request, its user, sign-in, templates, responses."""

from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from troubleshooter.sandbox.page_texts import PAGE_TEXTS
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sessions import LOGIN, SHAREPOINT_WIDE_COOKIE
from troubleshooter.sandbox.site_hosts import EVERY_RESOURCE, family_of, is_site
from troubleshooter.sandbox.state import State

NEVER = "/sandbox-never"
"""The path of what never arrives, on every host."""
_NEVER_FONT = f"""<style>
  @font-face {{ font-family: never; src: url({NEVER}); }}
  body, body * {{ font-family: never, sans-serif !important; }}
</style>"""
SITE_FILES = Path(__file__).with_name("site")


def tenant(request: Request) -> State:
    """Return the tenant that this request reached."""
    return cast(State, request.scope["tenant"])


def host_of(request: Request) -> str:
    """Return the host name that the browser requested, in lower case and without a port."""
    return request.headers.get("host", "").partition(":")[0].lower()


def user_of(request: Request) -> Person | None:
    """Return who is signed in at the host of this request."""
    host, sessions = host_of(request), tenant(request).sessions
    resource = EVERY_RESOURCE.get(host)
    if resource is None:
        return None
    upn = sessions.hosts.get((host, request.cookies.get(resource.cookie, "")))
    if upn is None and is_site(host):
        upn = sessions.hosts.get((family_of(host), request.cookies.get(SHAREPOINT_WIDE_COOKIE, "")))
    return tenant(request).people.get(upn or "")


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a posted form; for a repeated field, the first value."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def is_document(request: Request) -> bool:
    """Return whether the response becomes a page of its own, so that the browser can go through sign-in and return."""
    return request.headers.get("sec-fetch-dest", "document") in {"document", "iframe", "frame"}


def here(request: Request) -> str:
    """Return the path and query of this request, unchanged."""
    raw: bytes = request.scope.get("raw_path", request.url.path.encode())
    query: bytes = request.scope["query_string"]
    return raw.decode("ascii", "replace") + (f"?{query.decode('ascii', 'replace')}" if query else "")


def to_sign_in(request: Request, wanted: str | None = None) -> Response:
    """Send the visitor to the sign-in service, and afterwards to the URL `wanted` (default: this one)."""
    resource = EVERY_RESOURCE[host_of(request)]
    sessions = tenant(request).sessions
    state = sessions.token()
    sessions.returns[state] = wanted or here(request)
    query = {
        "client_id": resource.client_id,
        "redirect_uri": resource.redirect_uri,
        "response_type": "code id_token" if resource.response_mode == "form_post" else "code",
        "response_mode": resource.response_mode,
        "scope": "openid profile https://www.office.com/v2/OfficeHome.All",
        "state": state,
        "nonce": sessions.token(),
        "ui_locales": locale(request),
        "mkt": locale(request),
    }
    if resource.prompt:
        query["prompt"] = resource.prompt
    return see(f"https://{LOGIN}/common/oauth2/v2.0/authorize?{urlencode(query)}")


def take_code(request: Request, values: dict[str, str]) -> tuple[str, str] | None:
    """Redeem the sign-in service's response for the UPN and the URL wanted; None if it is not valid."""
    sessions = tenant(request).sessions
    host, upn = sessions.codes.pop(values.get("code", ""), ("", ""))
    wanted = sessions.returns.pop(values.get("state", ""), "/")
    return (upn, wanted) if host == host_of(request) else None


def remember(request: Request, response: Response, upn: str) -> Response:
    """Give the visitor this host's cookie, except where sign-in loops."""
    if tenant(request).flags.sign_in.loops:
        return response
    host, sessions = host_of(request), tenant(request).sessions
    value = sessions.token()
    sessions.hosts[host, value] = upn
    response.set_cookie(EVERY_RESOURCE[host].cookie, value, secure=True, httponly=True, samesite="lax")
    if is_site(host):
        sessions.hosts[family_of(host), value] = upn
        # Lax, so that no cookie is sent if a page on another site embeds a picture from the -my host.
        response.set_cookie(
            SHAREPOINT_WIDE_COOKIE, value, domain=family_of(host), secure=True, httponly=True, samesite="lax"
        )
    return response


def see(address: str, *, seconds: int = 0) -> Response:
    """Return a redirect that a browser may cache for `seconds` (0: not at all)."""
    keep = f"private, max-age={seconds}" if seconds else "no-store"
    return RedirectResponse(address, status_code=302, headers={"Cache-Control": keep})


def locale(request: Request) -> str:
    """Return the page language, from Accept-Language: ro-RO if the first choice is Romanian, else en-US."""
    first = request.headers.get("accept-language", "").strip().lower()
    return "ro-RO" if first.startswith("ro") else "en-US"


def render(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """Return a page from site/templates, in the visitor's language."""
    mkt = locale(request)
    nonce = tenant(request).sessions.token() if host_of(request) == LOGIN else ""
    shared: dict[str, object] = {"mkt": mkt, "lang": mkt[:2], "t": PAGE_TEXTS[mkt[:2]], "nonce": nonce}
    text = _templates().get_template(template).render(shared | values)
    if tenant(request).flags.fonts_hang:
        text = text.replace("</head>", f"{_NEVER_FONT}</head>")
    headers = {"Cache-Control": "no-store"}
    if nonce:
        # Sign-in runs no other script since October 2026, and evaluates none (service 2026, H).
        headers["Content-Security-Policy"] = f"script-src 'self' 'nonce-{nonce}'"
    return HTMLResponse(text, status_code=status, headers=headers)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(SITE_FILES / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
