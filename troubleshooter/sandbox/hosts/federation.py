"""Shared code of the company's identity providers: they check a password and sign a ticket for the sign-in service."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.sessions import LOGIN
from troubleshooter.sandbox.web import form_of, here, tenant

REPLY = f"https://{LOGIN}/login.srf"
"""Where the sign-in service accepts tickets."""


async def password_page(request: Request, template: str, fields: tuple[str, str], **values: bool) -> Response:
    """Ask for name and password; once they are right, return the page that posts a ticket to the sign-in service.

    Args:
        fields: names of the form's fields for the user name and the password.
        values: values for the template.
    """
    user_field, password_field = fields
    form = await form_of(request) if request.method == "POST" else {}
    context = request.query_params.get("wctx", "")
    name = form.get(user_field, request.query_params.get("username", ""))
    if form:
        signed = ticket(request, context, name, form.get(password_field, ""))
        if signed:
            answer = {"wa": "wsignin1.0", "wresult": signed, "wctx": context}
            return sign_in_render(request, "login/form_post.html", action=REPLY, values=answer)
    return sign_in_render(request, template, action=here(request), user=name, refused=bool(form), **values)


def ticket(request: Request, context: str, name: str, password: str) -> str | None:
    """Return a signed ticket for the person with this name and password; None if they are wrong."""
    person = tenant(request).people.find(name)
    if person is None or not tenant(request).accepts(password):
        return None
    sessions = tenant(request).sessions
    signed = sessions.token()
    sessions.tickets[signed] = (context, person.upn)
    return signed
