"""sso.contoso.com: PingFederate."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.federation import ticket, trust
from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.web import form_of, here


async def page(request: Request) -> Response:
    """Asks for name and password, and signs a ticket once they are right."""
    form = await form_of(request) if request.method == "POST" else {}
    context = request.query_params.get("wctx", "")
    name = form.get("pf.username", request.query_params.get("username", ""))
    if form:
        signed = ticket(request, context, name, form.get("pf.pass", ""))
        if signed:
            return trust(request, {"wa": "wsignin1.0", "wresult": signed, "wctx": context})
    return sign_in_render(request, "federation/ping.html", action=here(request), user=name, refused=bool(form))


ROUTES: list[BaseRoute] = [Route("/idp/prp.wsf", page, methods=["GET", "POST"])]
