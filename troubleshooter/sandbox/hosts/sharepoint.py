"""contoso.sharepoint.com: the routes of SharePoint."""

from starlette.routing import BaseRoute

from troubleshooter.sandbox.sharepoint import api, directory, guard, site_pages, userphoto
from troubleshooter.sandbox.throttling import ROUTES as THROTTLING

# The pages come last: they match every other path.
ROUTES: list[BaseRoute] = [
    *guard.ROUTES,
    *THROTTLING,
    *userphoto.ROUTES,
    *api.ROUTES,
    *directory.ROUTES,
    *site_pages.ROUTES,
]
