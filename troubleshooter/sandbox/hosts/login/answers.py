"""Handles what the visitor chooses on the screens after the password."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.interrupts import change_password as ask_again
from troubleshooter.sandbox.hosts.login.onward import finish, onward
from troubleshooter.sandbox.hosts.login.pages import BAD_REQUEST, error_page, fields_of, flow_of
from troubleshooter.sandbox.web import see, tenant

_DECLINED = "AADSTS65004"  # not from the facts


async def stay_signed_in(request: Request) -> Response:
    """Set a cookie that outlives the browser (Yes) or one that does not (No); continue in both cases."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    if flow.todo:
        return onward(request, flow)
    return finish(request, flow, stays=form.get("LoginOptions") == "1")


async def go_on(request: Request) -> Response:
    """Continue from consent or app confirmation if the visitor agreed."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow) if form.get("chosen") == "yes" else error_page(request, _DECLINED)


async def skip_registration(request: Request) -> Response:
    """Continue without registration, as long as days remain."""
    flow = tenant(request).sessions.flows.get(request.query_params.get("ctx", ""))
    if flow is None or not flow.upn or not tenant(request).flags.sign_in.days_left:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow)


async def ask_later(request: Request) -> Response:
    """Continue if the visitor chooses "Ask later"; choosing to register leads to the site for that."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow) if form.get("later") == "yes" else see("https://mysignins.microsoft.com/register")


async def skipped_setup(request: Request) -> Response:
    """Continue after the registration site was left by its button."""
    flow = tenant(request).sessions.flows.get(request.query_params.get("ctx", ""))
    return error_page(request, BAD_REQUEST) if flow is None or not flow.upn else onward(request, flow)


async def accepted_terms(request: Request) -> Response:
    """Continue from the terms of use if the visitor accepted them."""
    form = await fields_of(request)
    flow = tenant(request).sessions.flows.get(form.get("ctx", ""))
    if flow is None or not flow.upn:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow) if form.get("chosen") == "yes" else error_page(request, _DECLINED)


async def new_password(request: Request) -> Response:
    """Ask for a new password again, because the sandbox never changes its password; nobody should get here."""
    flow = flow_of(request, await fields_of(request))
    return error_page(request, BAD_REQUEST) if flow is None else ask_again(request, flow)
