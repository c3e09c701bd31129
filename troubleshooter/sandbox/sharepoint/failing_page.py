"""Serves the demo's last page if a fault keeps it from opening."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.site_content import DEMO_PAGES, SitePage
from troubleshooter.sandbox.web import see, tenant

_DOWNLOAD = {"Content-Disposition": "attachment; filename=page.aspx"}


def failing_page(request: Request, page: SitePage) -> Response | None:
    """Return the response that shows no page, or None if `page` opens."""
    state = tenant(request)
    if page.address != DEMO_PAGES[-1]:
        return None
    match state.flags.last_page:
        case "loops":
            return see(request.url.path)
        case "downloads":
            return Response(b"page", media_type="application/octet-stream", headers=_DOWNLOAD)
        case "cut-off":
            if state.hang_up and request.client:
                state.hang_up((request.client.host, request.client.port))
    return None
