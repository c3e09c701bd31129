"""eur.loki.delve.office.com: serves the people service's photos to persona cards."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.sharepoint.api import OUTLOOK_SIDE
from troubleshooter.sandbox.signed_urls import persona_is_good
from troubleshooter.sandbox.web import tenant, user_of


async def persona_photo(request: Request) -> Response:
    """Return the photo of the person with this object id; 404 if there is none, 401 without ticket or session."""
    asked = request.query_params
    state = tenant(request)
    person = state.people.find(asked.get("aadObjectId", ""))
    # A ticket does not identify the viewer, who is a guest for sure if everybody else is.
    if person and state.only_guests_beside(person) and asked.get("clientFeature") == "LivePersonaCard":
        return Response(status_code=403)
    if state.flags.headers_refused and asked.get("clientFeature") == "SuiteHeader":
        return Response(status_code=403)
    if user_of(request) is None and not (person and persona_is_good(tenant(request), person, asked.get("at", ""))):
        return Response(status_code=401)
    stored = tenant(request).people_service.get(person.upn) if person else None
    if stored is None:
        return Response(status_code=404)
    size = OUTLOOK_SIDE.fullmatch(asked.get("size", ""))
    answer = await photo_response(stored.photo, int(size[1]) if size else 240, "people-service", keep=60)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # the ticket in the URL is the permission
    return answer


ROUTES: list[BaseRoute] = [Route("/api/v2/personaphoto", persona_photo)]
