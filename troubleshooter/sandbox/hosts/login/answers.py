"""Takes what is chosen on the screens after the password."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.interrupts import change_password as ask_again
from troubleshooter.sandbox.hosts.login.onward import finish, onward
from troubleshooter.sandbox.hosts.login.pages import BAD_REQUEST, error_page, fields_of, flow_of
from troubleshooter.sandbox.web import tenant

_DECLINED = "AADSTS65004"  # not from the facts


async def stay_signed_in(request: Request) -> Response:
    """Yes gives a cookie that survives the browser, No one that does not; both lead on."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    if flow.todo:
        return onward(request, flow)
    return finish(request, flow, stays=form.get("LoginOptions") == "1")


async def go_on(request: Request) -> Response:
    """Consent and app confirmation: what was chosen decides."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow) if form.get("chosen") == "yes" else error_page(request, _DECLINED)


async def skip_registration(request: Request) -> Response:
    """Later; only while days remain."""
    flow = tenant(request).sessions.flows.get(request.query_params.get("ctx", ""))
    if flow is None or not flow.upn or not tenant(request).flags.sign_in.days_left:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow)


async def accepted_terms(request: Request) -> Response:
    """Back from the terms of use."""
    form = await fields_of(request)
    flow = tenant(request).sessions.flows.get(form.get("ctx", ""))
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow) if form.get("chosen") == "yes" else error_page(request, _DECLINED)


async def new_password(request: Request) -> Response:
    """Nobody should get here: the sandbox keeps its password and asks again."""
    flow = flow_of(request, await fields_of(request))
    return error_page(request, BAD_REQUEST) if flow is None else ask_again(request, flow)
