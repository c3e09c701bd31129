"""A saved page, shown again on every host: it runs nothing and loads nothing, whatever is in the file."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.web import tenant

PATH = "/captured-page"
_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; sandbox allow-same-origin"
)


async def show(request: Request) -> Response:
    """Return the page that the sandbox was started with."""
    page = tenant(request).saved_page
    if page is None:
        return PlainTextResponse("The sandbox was started without a page.\n", status_code=404)
    headers = {
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


ROUTES: list[BaseRoute] = [Route(PATH, show)]
