"""graph.microsoft.com: the people service's photos, for a session instead of a token.

The real Graph requires a bearer token. This one accepts a cookie, so that a browser can request it; a visit without
one goes through the sign-in service, which never shows a page on this host's behalf.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.myaccount import signed_in as answer_with_code
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.pictures import FULL
from troubleshooter.sandbox.stores import StoredPhoto
from troubleshooter.sandbox.web import is_document, tenant, to_sign_in, user_of

_SIDES = (48, 64, 96, 120, 240, 360, 432, 504, 648)


async def photo(request: Request) -> Response:
    """Return a photo, or its description; 404 if there is none."""
    visitor = user_of(request)
    if visitor is None or tenant(request).flags.outlook_moved:
        # A browser says in a header that it navigates; other callers get the plain refusal.
        navigates = visitor is None and "sec-fetch-dest" in request.headers and is_document(request)
        return to_sign_in(request) if navigates else _error(401, "InvalidAuthenticationToken", "Access token is empty.")
    who = request.path_params.get("who")
    person = visitor if who is None else tenant(request).people.find(who)
    if tenant(request).is_guest(visitor) and person != visitor:
        return _error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    stored = tenant(request).people_service.get(person.upn) if person else None
    if stored is None:
        return _error(404, "ImageNotFound", "The photo wasn't found.")
    side = request.path_params.get("side", FULL)
    if side not in _SIDES or request.path_params.get("other") not in {None, side}:
        return _error(404, "ImageNotFound", "The photo wasn't found in this size.")
    if request.url.path.endswith("/$value"):
        return await photo_response(stored.photo, side, "people-service", keep=60)
    return JSONResponse(_description(stored, side))


async def signed_in(request: Request) -> Response:
    """Accept the sign-in service's response; without a session there, create none here."""
    if "error" in request.query_params:
        return _error(401, "InvalidAuthenticationToken", "There is no session.")
    return await answer_with_code(request)


def _description(stored: StoredPhoto, side: int) -> dict[str, object]:
    return {
        "@odata.mediaContentType": "image/jpeg",
        "@odata.mediaEtag": f'W/"{int(stored.changed.timestamp())}"',
        "id": f"{side}x{side}",
        "height": side,
        "width": side,
    }


def _error(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)


_WHO = ("/v1.0/me", "/v1.0/users/{who}")
ROUTES: list[BaseRoute] = [
    Route("/signin-oidc", signed_in),
    *(
        Route(f"{who}/{what}", photo)
        for who in _WHO
        for what in ("photo", "photo/$value", "photos/{side:int}x{other:int}", "photos/{side:int}x{other:int}/$value")
    ),
]
