"""mysignins.microsoft.com: where security info is registered. The sandbox shows the first step and accepts nothing."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import sign_in_render


async def register(request: Request) -> Response:
    """Return the wizard's first step."""
    return sign_in_render(request, "login/register.html")


ROUTES: list[BaseRoute] = [Route("/register", register, methods=["GET", "POST"])]
