"""m365.cloud.microsoft: the signed-out page, the landing page after sign-in, home, and the list of applications."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.hosts import upload
from troubleshooter.sandbox.hosts.office import launch
from troubleshooter.sandbox.web import form_of, remember, render, take_code, to_sign_in, user_of


async def home(request: Request) -> Response:
    """Return the home page; if signed out, a page that offers sign-in, or sign-in itself if `auth` asks for it."""
    person = user_of(request)
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
    return render(request, "office/apps.html", header=suite(request, person, "Microsoft 365"))


async def profile(request: Request) -> Response:
    """Return the visitor's Microsoft 365 profile; the URL is the sandbox's own."""
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    return render(request, "office/profile.html", header=suite(request, person, "Microsoft 365"), person=person)


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
    Route("/apps", apps),
    Route("/sandbox-profile", profile),
    *upload.ROUTES,
    Route("/landing", landing),
    Route("/landingv2", landing, methods=["GET", "POST"]),
    Route("/launch/{app}", launch),
]
