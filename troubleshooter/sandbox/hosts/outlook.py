"""outlook.office.com and outlook.office365.com: a mailbox's front page and the photo that the mailbox holds."""

from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.sharepoint.api import OUTLOOK_SIDE, outlook_answer
from troubleshooter.sandbox.web import is_document, remember, render, see, take_code, tenant, to_sign_in, user_of


async def mail(request: Request) -> Response:
    """Return the inbox; also accept the sign-in service's response."""
    if "code" in request.query_params:
        taken = take_code(request, dict(request.query_params))
        if taken is None:
            return render(request, "login/error.html", status=400, code="AADSTS90100")
        return remember(request, see(taken[1]), taken[0])
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    state = tenant(request)
    cached = state.outlook_cache.get(person.upn)
    mail = state.mail_of(person)
    # With `sc`, the time of its cached photo, Outlook reads its own cache; this marker is the sandbox's own.
    cache_time = f"sc={int(cached.at.timestamp()) if cached else 0}"
    small, large = (
        f"/owa/service.svc/s/GetPersonaPhoto?email={quote(mail)}&UA=0&size={size}&{cache_time}"
        for size in ("HR96x96", "HR240x240")
    )
    header = replace(suite(request, person, "Outlook"), photo=small, panel_photo=large)
    return render(request, "office/mail.html", header=header, person=person)


async def persona_photo(request: Request) -> Response:
    """Return the mailbox copy of somebody's photo."""
    if user_of(request) is None:
        return to_sign_in(request) if is_document(request) else Response(status_code=401)
    if tenant(request).flags.outlook_moved and is_document(request):
        return HTMLResponse("<!doctype html><title>Outlook</title><div id=app></div>")
    size = OUTLOOK_SIDE.fullmatch(request.query_params.get("size", ""))
    person = tenant(request).find(request.query_params.get("email", ""))
    cached = tenant(request).outlook_cache.get(person.upn) if person and "sc" in request.query_params else None
    if cached is not None:
        return await photo_response(cached.photo, int(size[1]) if size else 96, "mailbox", keep=60)
    return await outlook_answer(request, person, int(size[1]) if size else 96)


ROUTES: list[BaseRoute] = [
    Route("/", mail),
    Route("/mail/", mail),
    Route("/owa/", mail),
    Route("/owa/service.svc/s/GetPersonaPhoto", persona_photo),
]
