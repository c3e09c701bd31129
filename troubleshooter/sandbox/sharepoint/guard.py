"""SharePoint's access control: pages redirect to sign-in, calls and pictures are refused."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.web import form_of, here, is_document, remember, render, see, take_code, to_sign_in, user_of

Handler = Callable[[Request], Awaitable[Response]]
PersonalHandler = Callable[[Request, Person], Awaitable[Response]]


def members_only(handler: PersonalHandler) -> Handler:
    """Let the handler respond to signed-in visitors; refuse the others, or send them to sign in."""

    async def guarded(request: Request) -> Response:
        person = user_of(request)
        if person is not None:
            return await handler(request, person)
        if "/_api/" in request.url.path:
            return _refused()
        if is_document(request):
            return see(f"/_layouts/15/Authenticate.aspx?Source={quote(here(request), safe='')}")
        return Response("Access denied.", status_code=401, media_type="text/plain")

    return guarded


async def authenticate(request: Request) -> Response:
    """Redirect to the sign-in service, and then to Source."""
    source = request.query_params.get("Source", "/")
    return to_sign_in(request, source if source.startswith("/") and not source.startswith("//") else "/")


async def forms(request: Request) -> Response:
    """Accept the sign-in service's response."""
    taken = take_code(request, await form_of(request))
    if taken is None:
        return render(request, "login/error.html", status=400, code="AADSTS90100")
    upn, wanted = taken
    return remember(request, see(wanted), upn)


def _refused() -> Response:
    message = {"lang": "en-US", "value": "Attempted to perform an unauthorized operation."}
    error = {"code": "-2147024891, System.UnauthorizedAccessException", "message": message}
    return JSONResponse({"error": error}, status_code=401)


ROUTES: list[BaseRoute] = [
    Route("/_layouts/15/Authenticate.aspx", authenticate),
    Route("/_forms/default.aspx", forms, methods=["POST"]),
]
