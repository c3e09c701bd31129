"""www.office.com: an old name that redirects to the current home page and to the applications."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.sessions import HOME, MY, SHAREPOINT
from troubleshooter.sandbox.web import see

START_PAGE = f"https://{SHAREPOINT}/_layouts/15/sharepoint.aspx"
ONEDRIVE = f"https://{MY}/_layouts/15/onedrive.aspx"
_LAUNCH = {
    "sharepoint": START_PAGE,
    "onedrive": ONEDRIVE,
    "outlook": "https://outlook.office.com/mail/",
    "teams": "https://teams.microsoft.com/",
}


async def home(request: Request) -> Response:
    """Redirect to the home page, with the same query."""
    query = request.url.query
    return see(f"https://{HOME}/" + (f"?{query}" if query else ""))


async def launch(request: Request) -> Response:
    """Redirect to the application, or to the home page if the sandbox lacks that application."""
    return see(_LAUNCH.get(request.path_params["app"].lower(), f"https://{HOME}/"))


ROUTES: list[BaseRoute] = [Route("/", home), Route("/launch/{app}", launch)]
