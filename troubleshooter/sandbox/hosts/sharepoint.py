"""contoso.sharepoint.com: the routes of SharePoint."""

from starlette.routing import BaseRoute

from troubleshooter.sandbox.sharepoint import api, directory, guard, site_pages, userphoto

# The pages come last: they match every other path.
ROUTES: list[BaseRoute] = [*guard.ROUTES, *userphoto.ROUTES, *api.ROUTES, *directory.ROUTES, *site_pages.ROUTES]
