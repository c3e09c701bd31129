"""sts.contoso.com: AD FS, on one page or (paginated theme) on two."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.federation import password_page
from troubleshooter.sandbox.web import tenant


async def page(request: Request) -> Response:
    """Ask for name and password."""
    paged = tenant(request).flags.sign_in.federation == "adfs-paged"
    return await password_page(request, "federation/adfs.html", ("UserName", "Password"), paged=paged)


ROUTES: list[BaseRoute] = [Route("/adfs/ls/", page, methods=["GET", "POST"])]
