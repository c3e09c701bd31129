"""What the company's identity providers share: they check a password and sign a ticket for the sign-in service."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.people import find
from troubleshooter.sandbox.sessions import LOGIN, token
from troubleshooter.sandbox.web import tenant

REPLY = f"https://{LOGIN}/login.srf"


def ticket(request: Request, context: str, name: str, password: str) -> str | None:
    """A signed ticket for whoever has this name and password; None if they are wrong."""
    person = find(name)
    if person is None or not tenant(request).accepts(password):
        return None
    signed = token()
    tenant(request).sessions.tickets[signed] = (context, person.upn)
    return signed


def trust(request: Request, values: dict[str, str]) -> Response:
    """The page that posts itself back to the sign-in service."""
    return sign_in_render(request, "login/form_post.html", action=REPLY, values=values)
