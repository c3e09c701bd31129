"""account.activedirectory.windowsazure.com: the terms of use. Only the URL is from the facts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.sessions import LOGIN
from troubleshooter.sandbox.web import form_of


async def terms(request: Request) -> Response:
    """Ask to accept the terms, and post the choice back to the sign-in service."""
    context = (await form_of(request)).get("ctx", "")
    return sign_in_render(request, "login/terms.html", action=f"https://{LOGIN}/common/TermsOfUse", context=context)


ROUTES: list[BaseRoute] = [Route("/TermsOfUse", terms, methods=["POST"])]
