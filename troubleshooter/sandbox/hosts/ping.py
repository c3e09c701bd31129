"""sso.contoso.com: PingFederate."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.federation import password_page


async def page(request: Request) -> Response:
    """Ask for name and password."""
    return await password_page(request, "federation/ping.html", ("pf.username", "pf.pass"))


ROUTES: list[BaseRoute] = [Route("/idp/prp.wsf", page, methods=["GET", "POST"])]
