"""Hosts that look like the sign-in service. Their page is convincing, so that a product that is fooled gets noticed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import sign_in_render


async def page(request: Request) -> Response:
    """Ask for all credentials on one page, with the ids of the real page."""
    return sign_in_render(request, "federation/lookalike.html")


ROUTES: list[BaseRoute] = [Route("/{rest:path}", page, methods=["GET", "POST"])]
