"""login.microsoft.com: the passkey's page."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login.pages import page, sign_in_render
from troubleshooter.sandbox.sessions import LOGIN, Flow
from troubleshooter.sandbox.web import tenant


async def get(request: Request) -> Response:
    """Wait for a passkey that is never used, and offer another way. Only the URL is from the facts."""
    asked = request.query_params
    flow, ways = tenant(request).sessions.flows.get(asked.get("ctx", "")), tenant(request).flags.sign_in.passkey_ways
    if flow is not None and ways:
        return _first(request, flow, ways, asked.get("username", ""))
    back = {"ctx": asked.get("ctx", ""), "username": asked.get("username", "")}
    return sign_in_render(
        request, "login/passkey.html", aside=f"https://{LOGIN}/common/passkey-aside?{urlencode(back)}"
    )


def _first(request: Request, flow: Flow, ways: tuple[str, ...], user: str) -> Response:
    """Ask for a passkey; a picker of other ways is offered only some seconds after the attempt failed."""
    config: dict[str, object] = {
        "pgid": "ConvergedSignIn", "hpgid": 1104, "sFidoChallenge": flow.context, "fIsFidoSupported": True,
    }  # fmt: skip
    aside = f"https://{LOGIN}/common/passkey-aside?{urlencode({'ctx': flow.context, 'username': user})}"
    return page(request, "login/passkey_first.html", flow, config, script={"aside": aside}, user=user, ways=ways)


ROUTES: list[BaseRoute] = [Route("/{tenant}/fido/get", get)]
