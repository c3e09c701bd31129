"""/_api: maps each path to a call."""

import json
import re
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.pictures import ONE_PIXEL_GIF
from troubleshooter.sandbox.sharepoint import profiles
from troubleshooter.sandbox.sharepoint.canvas import author, controls, title_region
from troubleshooter.sandbox.sharepoint.guard import members_only
from troubleshooter.sandbox.sharepoint.odata import Value, represent
from troubleshooter.sandbox.site_content import LISTED_PAGES, SITE, SitePage
from troubleshooter.sandbox.web import tenant, user_of

Call = Callable[[Request, Person, dict[str, str]], Awaitable[Response]]

OUTLOOK_SIDE = re.compile(r"HR(\d+)x\d+", re.IGNORECASE)


async def page_items(request: Request, _visitor: Person, _call: dict[str, str]) -> Response:
    """Return the items of the Site Pages library."""
    here = LISTED_PAGES if _has_library(request) else ()
    items: list[Value] = [_item(request, page) for page in here if not tenant(request).is_missing(page.address)]
    return represent(request, items, name="Items", type_="SP.Data.SitePagesItem")


async def page_item(request: Request, _visitor: Person, call: dict[str, str]) -> Response:
    """Return one page, by its server-relative path."""
    state = tenant(request)
    page = state.pages.get(profiles.argument(request, call["path"]).lower()) if _has_library(request) else None
    if page is None or state.is_missing(page.address):
        text = {"lang": "en-US", "value": "File Not Found."}
        error = {"code": "-2130575338, Microsoft.SharePoint.SPException", "message": text}
        return JSONResponse({"odata.error": error}, status_code=404)
    return represent(request, _item(request, page), name="ListItemAllFields", type_="SP.Data.SitePagesItem")


async def mailbox_photo(request: Request, _visitor: Person, _call: dict[str, str]) -> Response:
    """Return the mailbox copy, fetched on the page's behalf."""
    if tenant(request).flags.headers_refused:
        return Response(status_code=403)
    person = tenant(request).find(request.query_params.get("email", ""))
    size = OUTLOOK_SIDE.fullmatch(request.query_params.get("size", ""))
    return await outlook_answer(request, person, int(size.group(1)) if size else 96)


async def outlook_answer(request: Request, person: Person | None, side: int) -> Response:
    """Return Outlook's response to a photo request: the picture, or one transparent pixel; never an error."""
    visitor = user_of(request)
    if tenant(request).is_guest(visitor) and person != visitor:
        return Response(status_code=403)
    stored = tenant(request).mailbox.get(person.upn) if person else None
    if stored is None:
        return Response(ONE_PIXEL_GIF, media_type="image/gif", headers={"Cache-Control": "private, max-age=60"})
    return await photo_response(stored.photo, side, "mailbox", keep=60)


_CALLS: tuple[tuple[re.Pattern[str], Call], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), call)
    for pattern, call in (
        (r"SP\.UserProfiles\.PeopleManager/GetMyProperties", profiles.my_properties),
        (
            r"SP\.UserProfiles\.PeopleManager/GetPropertiesFor\((accountName=)?(?P<account>.+)\)",
            profiles.properties_for,
        ),
        (
            r"SP\.UserProfiles\.PeopleManager/GetUserProfilePropertyFor"
            r"\((accountName=)?(?P<account>[^,]+),\s*(propertyName=)?(?P<property>.+)\)",
            profiles.property_for,
        ),
        (r"social\.following/my", profiles.followed),
        (r"web/currentuser", profiles.current_user),
        (r"web/siteuserinfolist/items", profiles.user_information),
        (r"web/lists/getbytitle\('Site Pages'\)/items", page_items),
        (r"sitepages/pages", page_items),
        (r"web/getfilebyserverrelative(url|path)\((decodedurl=)?(?P<path>.+?)\)/ListItemAllFields", page_item),
        (r"OWAWebService/service\.svc/s/GetPersonaPhoto", mailbox_photo),
    )
)


async def api(request: Request, visitor: Person) -> Response:
    """Respond to the call in the rest of the path."""
    asked = unquote(request.path_params["call"]).rstrip("/")
    for pattern, call in _CALLS:
        if (match := pattern.fullmatch(asked)) is not None:
            return await call(request, visitor, match.groupdict())
    error = {"code": "-1, Microsoft.SharePoint.Client.ResourceNotFoundException", "message": {"value": asked}}
    return JSONResponse({"odata.error": error}, status_code=404)


def _has_library(request: Request) -> bool:
    """Return whether the site has a library with pages: only the Communications site has."""
    return request.url.path.lower().startswith(f"{SITE}/")


def _item(request: Request, page: SitePage) -> Value:
    state = tenant(request)
    person = author(state, page)
    return {
        "Id": page.number,
        "Title": page.title,
        "FileRef": page.path,
        "FileLeafRef": page.file,
        "PromotedState": 2 if page.author else 0,
        "CanvasContent1": json.dumps(controls(state, page), ensure_ascii=False),
        "LayoutWebpartsContent": json.dumps([title_region(state, page)], ensure_ascii=False),
        "AuthorByline": person.mail if person else None,
    }


ROUTES: list[BaseRoute] = [
    Route("/_api/{call:path}", members_only(api)),
    Route("/sites/{site}/_api/{call:path}", members_only(api)),
]
