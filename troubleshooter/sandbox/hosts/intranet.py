"""intranet.contoso.com: a host of the company's own, to which SharePoint may redirect. It asks for nothing."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route


async def page(_request: Request) -> Response:
    """Return the intranet's front page."""
    return HTMLResponse("<!doctype html><html lang='en'><title>Contoso intranet</title><h1>Welcome</h1></html>")


ROUTES: list[BaseRoute] = [Route("/{rest:path}", page)]
