"""login.microsoft.com: the passkey's page."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.sessions import LOGIN


async def get(request: Request) -> Response:
    """Wait for a passkey that is never used, and offer another way. Only the URL is from the facts."""
    asked = request.query_params
    back = {"ctx": asked.get("ctx", ""), "username": asked.get("username", "")}
    return sign_in_render(
        request, "login/passkey.html", aside=f"https://{LOGIN}/common/passkey-aside?{urlencode(back)}"
    )


ROUTES: list[BaseRoute] = [Route("/{tenant}/fido/get", get)]
