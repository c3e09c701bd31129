"""m365.cloud.microsoft: the signed-out page, the landing page after sign-in, home, and the list of applications."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.hosts import upload
from troubleshooter.sandbox.hosts.office import launch
from troubleshooter.sandbox.photo_responses import photo_response
from troubleshooter.sandbox.shell import shell_page
from troubleshooter.sandbox.web import form_of, remember, render, take_code, tenant, to_sign_in, user_of


async def home(request: Request) -> Response:
    """Return the home page; if signed out, a page that offers sign-in, or sign-in itself if `auth` asks for it."""
    person = user_of(request)
    if person is not None and tenant(request).layout.copilot:
        return shell_page(request, person)
    if person is not None:
        return render(request, "office/home.html", header=suite(request, person, "Microsoft 365"), person=person)
    if request.query_params.get("auth") or request.url.path != "/":
        return to_sign_in(request)
    return render(request, "office/signed_out.html")


async def apps(request: Request) -> Response:
    """Return the list of all applications."""
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    if tenant(request).layout.copilot:
        return shell_page(request, person, apps_page=True)
    return render(request, "office/apps.html", header=suite(request, person, "Microsoft 365"))


async def profile(request: Request) -> Response:
    """Return the visitor's Microsoft 365 profile; the URL is the sandbox's own."""
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    return render(request, "office/profile.html", header=suite(request, person, "Microsoft 365"), person=person)


async def photo(request: Request) -> Response:
    """Return the people service's photo of the person with this object id; the address is the sandbox's own."""
    if user_of(request) is None:
        return Response(status_code=401)
    if tenant(request).flags.headers_refused:
        return Response(status_code=403)
    person = tenant(request).people.find(request.path_params["who"])
    stored = tenant(request).people_service.get(person.upn) if person else None
    if stored is None:
        return Response(status_code=404)
    return await photo_response(stored.photo, 240, "people-service", keep=60)


async def landing(request: Request) -> Response:
    """Accept the sign-in service's response; the page's script then navigates on."""
    wanted = "/"
    upn = ""
    if request.method == "POST":
        taken = take_code(request, await form_of(request))
        if taken is None:
            return render(request, "login/error.html", status=400, code="AADSTS90100")
        upn, wanted = taken
    response = render(request, "office/landing.html", onward=wanted)
    return remember(request, response, upn) if upn else response


ROUTES: list[BaseRoute] = [
    Route("/", home),
    Route("/home", home),
    Route("/chat", home),
    Route("/chat/{rest:path}", home),
    Route("/sandbox-photos/users/{who}/photo", photo),
    Route("/apps", apps),
    Route("/sandbox-profile", profile),
    *upload.ROUTES,
    Route("/landing", landing),
    Route("/landingv2", landing, methods=["GET", "POST"]),
    Route("/launch/{app}", launch),
]
