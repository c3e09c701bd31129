"""mysignins.microsoft.com: where security info is registered. The sandbox shows the first step and accepts nothing."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.sessions import LOGIN


async def register(request: Request) -> Response:
    """Return the wizard's first step."""
    context = request.query_params.get("ctx", "")
    back = f"https://{LOGIN}/common/SkippedSetup?{urlencode({'ctx': context})}" if context else ""
    return sign_in_render(request, "login/register.html", back=back)


ROUTES: list[BaseRoute] = [Route("/register", register, methods=["GET", "POST"])]
