"""Handles the requests by which resources send their visitors to sign in and out."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.credentials import start
from troubleshooter.sandbox.hosts.login.onward import answer
from troubleshooter.sandbox.hosts.login.pages import error_page
from troubleshooter.sandbox.sessions import HOME, LOGIN_COOKIES, RESOURCES, AuthorizationRequest
from troubleshooter.sandbox.site_hosts import EVERY_RESOURCE
from troubleshooter.sandbox.web import render, see, tenant

_LOOP = "AADSTS50196"
_MOST_ROUNDS = 5


async def root(request: Request) -> Response:
    """Sign in for the home page, which is where visits to the bare host lead."""
    if _signed_in(request):
        return see(f"https://{HOME}/?auth=2")
    return start(request, AuthorizationRequest(RESOURCES[HOME], state=tenant(request).sessions.token()))


async def authorize(request: Request) -> Response:
    """Respond to the resource immediately if a session exists; if not, show the sign-in page."""
    asked = request.query_params
    resource = next((r for r in EVERY_RESOURCE.values() if r.redirect_uri == asked.get("redirect_uri")), None)
    if resource is None or resource.client_id != asked.get("client_id"):
        return error_page(request, "AADSTS50011")
    wanted = AuthorizationRequest(
        resource, asked.get("state", ""), asked.get("prompt", ""), login_hint=asked.get("login_hint", "")
    )
    upn = _signed_in(request)
    if upn and wanted.prompt != "login":
        sessions = tenant(request).sessions
        if tenant(request).flags.sign_in.loops:
            sessions.rounds += 1
            if sessions.rounds > _MOST_ROUNDS:
                return error_page(request, _LOOP)
        return answer(request, wanted, upn)
    if wanted.prompt == "none":
        return see(f"{resource.redirect_uri}?{urlencode({'error': 'login_required', 'state': wanted.state})}")
    return start(request, wanted)


async def sign_out(request: Request) -> Response:
    """End the visitor's sessions, here and at every resource."""
    upn, sessions = _signed_in(request), tenant(request).sessions
    sessions.logins = {key: value for key, value in sessions.logins.items() if value != upn}
    sessions.hosts = {key: value for key, value in sessions.hosts.items() if value != upn}
    answered = render(request, "login/signed_out.html")
    for cookie in LOGIN_COOKIES:
        answered.delete_cookie(cookie)
    return answered


def _signed_in(request: Request) -> str | None:
    logins = tenant(request).sessions.logins
    values = (request.cookies.get(cookie, "") for cookie in LOGIN_COOKIES)
    return next((logins[value] for value in values if value in logins), None)
