"""myaccount.microsoft.com: the page behind "View account"."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import suite
from troubleshooter.sandbox.hosts import upload
from troubleshooter.sandbox.web import remember, render, see, take_code, to_sign_in, user_of


async def account(request: Request) -> Response:
    """Return the visitor's own account, with the people service's photo."""
    person = user_of(request)
    if person is None:
        return to_sign_in(request)
    return render(request, "office/account.html", header=suite(request, person, "My Account"), person=person)


async def signed_in(request: Request) -> Response:
    """Accept the sign-in service's response."""
    taken = take_code(request, dict(request.query_params))
    if taken is None:
        return render(request, "login/error.html", status=400, code="AADSTS90100")
    return remember(request, see(taken[1]), taken[0])


ROUTES: list[BaseRoute] = [Route("/", account), Route("/signin-oidc", signed_in), *upload.ROUTES]
