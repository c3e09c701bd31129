"""Continues a sign-in: the table of screens after the password, and the response to the resource."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login import interrupts, second_factor
from troubleshooter.sandbox.sessions import LOGIN_COOKIES, AuthorizationRequest, Flow
from troubleshooter.sandbox.sign_in_plan import LOOKALIKE
from troubleshooter.sandbox.web import render, see, tenant


def onward(request: Request, flow: Flow) -> Response:
    """Return the next screen of this sign-in, or its end."""
    if not flow.todo:
        return finish(request, flow)
    return SCREENS[flow.todo.pop(0)](request, flow)


def finish(request: Request, flow: Flow, *, stays: bool = False) -> Response:
    """Give the visitor a session, which outlives the browser if they stay signed in, and respond to the resource."""
    sessions = tenant(request).sessions
    sessions.flows.pop(flow.context, None)
    response = answer(request, flow.wanted, flow.upn)
    value = sessions.token()
    sessions.logins[value] = flow.upn
    response.set_cookie(
        LOGIN_COOKIES[0] if stays else LOGIN_COOKIES[1],
        value,
        max_age=90 * 86400 if stays else None,
        secure=True,
        httponly=True,
        samesite="none",
    )
    return response


def answer(request: Request, wanted: AuthorizationRequest, upn: str) -> Response:
    """Tell the resource who the visitor is, in the response mode that it requested."""
    sessions = tenant(request).sessions
    code = sessions.token()
    sessions.codes[code] = (wanted.resource.host, upn)
    values = {"code": code, "state": wanted.state, "session_state": sessions.token()}
    if wanted.resource.response_mode == "query":
        return see(f"{wanted.resource.redirect_uri}?{urlencode(values)}")
    values["id_token"] = sessions.token()
    return render(request, "login/form_post.html", action=wanted.resource.redirect_uri, values=values)


def _lookalike(_request: Request, flow: Flow) -> Response:
    """Redirect to a look-alike host that asks for the password again."""
    return see(f"https://{LOOKALIKE}/common/login?{urlencode({'ctx': flow.context})}")


SCREENS: Mapping[str, Callable[[Request, Flow], Response]] = MappingProxyType(
    {
        "kmsi": interrupts.kmsi,
        "mfa": second_factor.page_of,
        "proof-up": interrupts.proof_up,
        "action-required": interrupts.action_required,
        "campaign": interrupts.campaign,
        "wizard": interrupts.wizard,
        "change-password": interrupts.change_password,
        "consent": interrupts.consent,
        "app-confirm": interrupts.app_confirm,
        "terms": interrupts.terms,
        "blocked": interrupts.blocked,
        "error": interrupts.error,
        "unknown": interrupts.unknown,
        "lookalike": _lookalike,
    }
)
"""The function that renders each step of a plan, by the step's name."""
