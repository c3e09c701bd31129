"""www.office.com: an old name that redirects to the current home page and to the applications."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.sessions import HOME, MY, SHAREPOINT
from troubleshooter.sandbox.site_hosts import linked_name
from troubleshooter.sandbox.web import see, tenant

_LAUNCH = {
    "sharepoint": (SHAREPOINT, "/_layouts/15/sharepoint.aspx"),
    "onedrive": (MY, "/_layouts/15/onedrive.aspx"),
    "outlook": ("outlook.office.com", "/mail/"),
    "teams": ("teams.microsoft.com", "/"),
}


async def home(request: Request) -> Response:
    """Redirect to the home page, with the same query."""
    query = request.url.query
    return see(f"https://{HOME}/" + (f"?{query}" if query else ""))


async def launch(request: Request) -> Response:
    """Redirect to the application, or to the home page if the sandbox lacks that application."""
    host, path = _LAUNCH.get(request.path_params["app"].lower(), (HOME, "/"))
    return see(f"https://{linked_name(tenant(request).flags.sites_at, host)}{path}")


ROUTES: list[BaseRoute] = [Route("/", home), Route("/launch/{app}", launch)]
