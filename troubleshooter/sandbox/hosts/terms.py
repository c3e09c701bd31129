"""account.activedirectory.windowsazure.com: the terms of use. Only the address is from the facts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..sessions import LOGIN
from ..web import form_of
from .login.pages import sign_in_render


async def terms(request: Request) -> Response:
    """Asks to accept, and posts the choice back to the sign-in service."""
    context = (await form_of(request)).get("ctx", "")
    return sign_in_render(request, "login/terms.html", action=f"https://{LOGIN}/common/TermsOfUse", context=context)


ROUTES: list[BaseRoute] = [Route("/TermsOfUse", terms, methods=["POST"])]
