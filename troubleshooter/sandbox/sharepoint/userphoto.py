"""userphoto.aspx, the CDN that it redirects to, and the placeholder pictures."""

from hashlib import sha256
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.photo_responses import photo_response, silhouette_response, while_hanging
from troubleshooter.sandbox.pictures import HUGE
from troubleshooter.sandbox.sharepoint.guard import members_only
from troubleshooter.sandbox.signed_urls import delivery_is_good, delivery_query
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import own_photo_requested
from troubleshooter.sandbox.web import see, tenant

SIDES = {"S": 48, "M": 96, "L": 0}
"""Pixels on a side of each size; 0 for the size as uploaded."""
_PLACEHOLDERS = {"S": (42, 42), "M": (96, 96), "L": (200, 150)}
_A_DAY = 86400  # seconds for which browsers keep a photo and the URL that redirects to it


async def userphoto(request: Request, visitor: Person) -> Response:
    """Redirect to the photo of the requested account, or to the placeholder."""
    asked, state = request.query_params, tenant(request)
    size = asked.get("size", "S").upper()
    size = size if size in SIDES else "S"
    account = asked.get("accountname") or asked.get("username") or ""
    unknown = account.rpartition("|")[2].lower() in state.directory.unknown_to_sharepoint
    person = None if unknown else state.find(account)
    if person is not None and person.upn == visitor.upn:
        own_photo_requested(state, person.upn)
    site = request.path_params.get("site", "")
    refused = state.flags.photos_blank or (state.is_guest(visitor) and person != visitor)
    if person is None or refused or state.shown_in_sharepoint(person.upn, in_site=bool(site)) is None:
        if asked.get("default") == "none":
            return Response(status_code=404)
        width, height = _PLACEHOLDERS[size]
        return see(f"/_layouts/15/images/PersonPlaceholder.{width}x{height}x32.png", seconds=_A_DAY)
    web = f"/sites/{site}" if site else ""
    # With the copy's time in the URL, the CDN cannot respond with a cached earlier copy.
    stamp = state.copy_of(person.upn).timestamp
    query = delivery_query(state, person.upn, size, site) + (f"&t={stamp}" if stamp else "")
    return see(f"{web}/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?{query}", seconds=_A_DAY)


async def delivery(request: Request) -> Response:
    """Return the photo itself to anybody, because the URL is the permission, for some hours."""
    asked, state = request.query_params, tenant(request)
    size, account, site = asked.get("size", ""), asked.get("accountname", ""), request.path_params.get("site", "")
    if not delivery_is_good(state, account, size, site, asked.get("_oat_", "")):
        return PlainTextResponse("ERROR 403: Time-Limited URL validation failed", status_code=403)
    if (hung := await while_hanging(request)) is not None:
        return hung
    photo = state.shown_in_sharepoint(account, in_site=bool(site))
    in_network = state.delivered(account) if not site and "t" not in asked else None
    from_network, photo = in_network is not None, in_network or photo
    if photo is None:
        return Response(status_code=404)
    huge = state.flags.photos_huge and account == state.subject
    answer = await photo_response(photo, HUGE if huge else SIDES[size], "site" if site else "sharepoint", keep=_A_DAY)
    # The sandbox's own, because what the real CDN reports about itself is not known.
    answer.headers["X-Cache"] = "TCP_HIT" if from_network else "TCP_MISS"
    answer.headers["ETag"] = f'"{sha256(bytes(answer.body)).hexdigest()[:16]}"'
    return answer


async def placeholder(request: Request) -> Response:
    """Return the placeholder in one of its sizes."""
    size = (request.path_params["width"], request.path_params["height"])
    return await silhouette_response(*size) if size in _PLACEHOLDERS.values() else Response(status_code=404)


def delivery_address(state: State, upn: str, size: str) -> str:
    """Return the CDN's URL as a page's context gives it, without a redirect from userphoto.aspx."""
    return f"/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg?{delivery_query(state, upn, size, '')}"


def userphoto_address(upn: str, size: str, *, site: str = "", stamp: str = "") -> str:
    """Return the URL from which pages get the photo of an account; with `site`, that site's own copy."""
    query = {"size": size, "accountname": upn} | ({"t": stamp} if stamp else {})
    return f"{site}/_layouts/15/userphoto.aspx?{urlencode(query)}"


ROUTES: list[BaseRoute] = [
    Route("/_layouts/15/userphoto.aspx", members_only(userphoto)),
    Route("/sites/{site}/_layouts/15/userphoto.aspx", members_only(userphoto)),
    Route("/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg", delivery),
    Route("/sites/{site}/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg", delivery),
    Route("/_layouts/15/images/PersonPlaceholder.{width:int}x{height:int}x32.png", placeholder),
]
