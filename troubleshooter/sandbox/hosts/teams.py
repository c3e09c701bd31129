"""teams.microsoft.com: Teams on the web, with the photo that it cached."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import colour_of
from troubleshooter.sandbox.hosts.myaccount import signed_in
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.sharepoint.api import OUTLOOK_SIDE
from troubleshooter.sandbox.web import render, tenant, to_sign_in, user_of


async def teams(request: Request) -> Response:
    """Return the start page of Teams, with nothing but its account button: the facts describe no more."""
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    photo = f"/api/mt/emea/beta/users/{person.object_id}/profilepicturev2?displayname=&size=HR64x64"
    return render(request, "office/teams.html", person=person, photo=photo, colour=colour_of(person))


async def picture(request: Request) -> Response:
    """Return somebody's photo as cached by Teams; 404 if there is none."""
    if user_of(request) is None:
        return Response(status_code=401)
    person = tenant(request).people.find(request.path_params["who"])
    stored = tenant(request).teams_cache.get(person.upn) if person else None
    if stored is None:
        return Response(status_code=404)
    size = OUTLOOK_SIDE.fullmatch(request.query_params.get("size", ""))
    return await photo_response(stored.photo, int(size[1]) if size else 64, "people-service", keep=60)


ROUTES: list[BaseRoute] = [
    Route("/", teams),
    Route("/signin-oidc", signed_in),
    Route("/api/mt/{region}/beta/users/{who}/profilepicturev2", picture),
]
