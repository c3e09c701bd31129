"""contoso-my.sharepoint.com: OneDrive, and the library in which SharePoint keeps its thumbnails."""

import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.photo_responses import photo_response, while_hanging
from troubleshooter.sandbox.sharepoint import api, guard, site_pages, userphoto
from troubleshooter.sandbox.sharepoint.guard import members_only
from troubleshooter.sandbox.sharepoint.userphoto import SIDES
from troubleshooter.sandbox.throttling import ROUTES as THROTTLING
from troubleshooter.sandbox.web import host_of, render, see, tenant

_THUMBNAIL = re.compile(r"(?P<stem>.+)_(?P<size>[SML])Thumb\.jpg", re.IGNORECASE)


async def onedrive(request: Request, visitor: Person) -> Response:
    """Return the visitor's files."""
    return render(request, "sharepoint/onedrive.html", header=suite(request, visitor, "OneDrive"))


async def root(_request: Request, _visitor: Person) -> Response:
    """Redirect to the visitor's files."""
    return see("/_layouts/15/onedrive.aspx")


async def thumbnail(request: Request, visitor: Person) -> Response:
    """Return a stored thumbnail, whatever the profile says about it."""
    if not tenant(request).policies.third_party_cookies and _embedded_elsewhere(request):
        # Without cookies nobody is signed in, and the library is closed to strangers.
        return Response("Access denied.", status_code=401, media_type="text/plain")
    if tenant(request).flags.library_refuses:
        return Response("Access denied.", status_code=403, media_type="text/plain")
    match, state = _THUMBNAIL.fullmatch(request.path_params["file"]), tenant(request)
    stem = match["stem"].lower() if match else ""
    owners = state.people.with_file(stem)
    stored = (store.get(owner.upn) for store in (state.search, state.sharepoint) for owner in owners)
    named = [copy for copy in stored if copy and copy.stem.lower() == stem]
    # A URL with an older time still leads to the picture from that time, because the search index keeps such URLs.
    asked = request.query_params.get("t")
    copy = next((copy for copy in named if copy.timestamp == asked), named[-1] if named else None)
    if match is None or copy is None or copy.photo is None:
        return await site_pages.missing(request, visitor)
    if (hung := await while_hanging(request)) is not None:
        return hung
    return await photo_response(copy.photo, SIDES[match["size"].upper()], "sharepoint")


def _embedded_elsewhere(request: Request) -> bool:
    page = urlsplit(request.headers.get("referer", "")).hostname
    return request.headers.get("sec-fetch-dest") == "image" and page not in {None, host_of(request)}


ROUTES: list[BaseRoute] = [
    *guard.ROUTES,
    *THROTTLING,
    *userphoto.ROUTES,
    *api.ROUTES,
    Route("/", members_only(root)),
    Route("/_layouts/15/onedrive.aspx", members_only(onedrive)),
    Route("/User Photos/Profile Pictures/{file}", members_only(thumbnail)),
    Route("/{rest:path}", members_only(site_pages.missing)),
]
