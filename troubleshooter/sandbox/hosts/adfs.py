"""sts.contoso.com: AD FS, on one page or (paginated theme) on two."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.federation import ticket, trust
from troubleshooter.sandbox.hosts.login.pages import sign_in_render
from troubleshooter.sandbox.web import form_of, here, tenant


async def page(request: Request) -> Response:
    """Asks for name and password, and signs a ticket once they are right."""
    form = await form_of(request) if request.method == "POST" else {}
    context = request.query_params.get("wctx", "")
    name = form.get("UserName", request.query_params.get("username", ""))
    if form:
        signed = ticket(request, context, name, form.get("Password", ""))
        if signed:
            return trust(request, {"wa": "wsignin1.0", "wresult": signed, "wctx": context})
    return sign_in_render(
        request, "federation/adfs.html", action=here(request), user=name, refused=bool(form),
        paged=tenant(request).flags.sign_in.federation == "adfs-paged",
    )  # fmt: skip


ROUTES: list[BaseRoute] = [Route("/adfs/ls/", page, methods=["GET", "POST"])]
