"""autologon.microsoftazuread-sso.com: whether the computer signs in by itself. Only the host name is from the facts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route


async def probe(_request: Request) -> Response:
    """Ask for a Kerberos ticket, which only a computer that has joined the company's domain has."""
    return Response(status_code=401, headers={"WWW-Authenticate": "Negotiate"})


ROUTES: list[BaseRoute] = [Route("/{tenant}/winauth/{rest:path}", probe)]
