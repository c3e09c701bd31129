"""contoso.okta.com: Okta's classic widget, which sends the password by script."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.federation import REPLY, ticket
from troubleshooter.sandbox.hosts.login.pages import sign_in_render


async def page(request: Request) -> Response:
    """Return the widget's page."""
    return sign_in_render(
        request, "federation/okta.html", context=request.query_params.get("wctx", ""),
        user=request.query_params.get("username", ""), reply=REPLY,
    )  # fmt: skip


async def check(request: Request) -> Response:
    """Check name and password; paths and responses are the sandbox's own."""
    asked = json.loads(await request.body() or b"{}")
    signed = ticket(request, str(asked.get("ctx", "")), str(asked.get("username", "")), str(asked.get("password", "")))
    return JSONResponse({"ticket": signed}, status_code=200 if signed else 401)


ROUTES: list[BaseRoute] = [Route("/app/office365/sso", page), Route("/api/v1/authn", check, methods=["POST"])]
