"""Handles who signs in, and with what: email, account picker, password, and the alternatives to a password."""

import asyncio
import json
import secrets
import time
from contextlib import suppress
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from troubleshooter.sandbox.hosts.login.onward import onward
from troubleshooter.sandbox.hosts.login.pages import (
    BAD_REQUEST,
    error_page,
    fields_of,
    flow_of,
    page,
    sign_in_render,
)
from troubleshooter.sandbox.people import ACCOUNTS, SUBJECT
from troubleshooter.sandbox.sessions import AuthorizationRequest, Flow
from troubleshooter.sandbox.sign_in_plan import HOMOGRAPH, LOOKALIKE, federation_host
from troubleshooter.sandbox.sign_in_texts import LOCALES, language_of, texts
from troubleshooter.sandbox.site_hosts import CONTROLLED_LOGIN
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.web import see, tenant

_OTHER_NAMES = {"lookalike": LOOKALIKE, "homograph": HOMOGRAPH, "session-control": CONTROLLED_LOGIN}
_NO_SESSION = 50058  # normal on the first page
_WRONG_PASSWORD = 50126
_EXISTS, _DOES_NOT_EXIST = 0, 1
_EXISTS_TWICE = 5  # not from the facts
_BY_PASSWORD, _BY_FEDERATION = 1, 4
_BY_PHONE, _BY_PASSKEY, _BY_ACCESS_PASS = 2, 7, 8  # not from the facts


def start(request: Request, wanted: AuthorizationRequest) -> Response:
    """Return the first page of a new sign-in."""
    state = tenant(request)
    flow = Flow(state.sessions.token(), wanted)
    state.sessions.flows[flow.context] = flow
    begin = state.flags.sign_in.start
    if begin in _OTHER_NAMES:
        host = _OTHER_NAMES[begin]
        return see(f"https://{host}/common/oauth2/v2.0/authorize?{urlencode({'ctx': flow.context})}")
    if begin == "lookalike-frame":
        config: dict[str, object] = {"pgid": "ConvergedSignIn", "hpgid": 1104, "sErrorCode": str(_NO_SESSION)}
        return page(request, "login/framed.html", flow, config, frame=f"https://{LOOKALIKE}/common/login")
    if begin == "unknown-layout":
        return page(request, "login/unknown_layout.html", flow, {"pgid": "ConvergedSignIn", "hpgid": 1104})
    return sign_in_page(request, flow, view="tiles" if begin.startswith("picker") else "email")


def sign_in_page(
    request: Request, flow: Flow, *, view: str, error: int = 0, user: str = "", line: str = ""
) -> Response:
    """Return the document that contains the email, picker, password and other views, with `view` visible.

    Args:
        error: the AADSTS code that `$Config` has, unless `line`, which the page shows, is to be the only place for it.
    """
    plan = tenant(request).flags.sign_in
    language = language_of(request)
    code = _NO_SESSION if line else error or _NO_SESSION
    others = [upn for upn in ACCOUNTS.values() if upn != SUBJECT]
    config: dict[str, object] = {
        "pgid": "ConvergedSignIn",
        "hpgid": 1104,
        "urlPost": "/common/login",
        "urlGetCredentialType": f"/common/GetCredentialType?mkt={LOCALES[language][0]}",
        "iErrorCode": code,
        "sErrorCode": str(code),
        "sErrTxt": line or (texts(language).get(f"error_{error}", "") if error else ""),
        "sPOST_Username": user or flow.wanted.login_hint,
        "fAccessPassSupported": True,
        "fIsFidoSupported": True,
    }
    script = {"view": view, "notice": plan.notice, "waits": view == "passwordless", "seamless": plan.seamless}
    script |= {"checked": plan.checked, "boxShown": plan.box_shown}
    # The right tile spells the name in another case than the directory; beside it is a hidden tile that does nothing.
    tiles = ["Ana.Popescu@Contoso.com", others[0]] if plan.start != "picker-other" else others[-1:]
    return page(
        request, "login/sign_in.html", flow, config, script=script,
        user=user, refused=bool(error), tiles=tiles, hidden_tile=SUBJECT if plan.start == "picker" else "",
    )  # fmt: skip


async def credential_type(request: Request) -> Response:
    """Respond with whether the user exists, and how they sign in."""
    state = tenant(request)
    plan = state.flags.sign_in
    asked = json.loads(await request.body() or b"{}")
    name = str(asked.get("username", ""))
    await _take_time(state, plan.busy)
    known = None if plan.nobody_known else state.people.find(name)
    result = _DOES_NOT_EXIST if known is None else _EXISTS_TWICE if plan.asks_work_or_personal else _EXISTS
    away = ""
    if plan.federation and known:
        ways = {"adfs": "/adfs/ls/", "adfs-paged": "/adfs/ls/", "ping": "/idp/prp.wsf", "okta": "/app/office365/sso"}
        query = {"wa": "wsignin1.0", "wctx": str(asked.get("originalRequest", "")), "username": name}
        away = f"https://{federation_host(plan.federation)}{ways[plan.federation]}?{urlencode(query)}"
    preferred = {"passwordless": _BY_PHONE, "passkey": _BY_PASSKEY, "access-pass": _BY_ACCESS_PASS}
    credentials: dict[str, object] = {
        "PrefCredential": _BY_FEDERATION if away else preferred.get(plan.credential, _BY_PASSWORD),
        "HasPassword": not away,
        "RemoteNgcParams": {} if plan.credential == "passwordless" else None,
        "FidoParams": {} if plan.credential == "passkey" else None,
        "CertAuthParams": None,
        "HasAccessPass": plan.credential == "access-pass",
    }
    if away:
        credentials["FederationRedirectUrl"] = away
    return JSONResponse(
        {
            "Username": name,
            "Display": name,
            "IfExistsResult": result,
            "IsUnmanaged": False,
            "ThrottleStatus": 0,
            "Credentials": credentials,
            "FlowToken": asked.get("flowToken", ""),
        }
    )


async def checker(request: Request) -> Response:
    """Respond to the page's own checker, which only inspects what is typed."""
    await request.body()
    return JSONResponse({"ok": True})


async def credential(request: Request) -> Response:
    """Check the password or the access pass; if it is wrong, return the same page with the same view."""
    form = await fields_of(request)
    state = tenant(request)
    plan = state.flags.sign_in
    flow = flow_of(request, form)
    if flow is None:
        return error_page(request, BAD_REQUEST)
    name = form.get("login", "")
    person = state.people.find(name)
    await _take_time(state, plan.busy)
    by_pass = plan.credential == "access-pass" and form.get("accesspass")
    if by_pass:
        right = form["accesspass"] == state.access_pass
    else:
        right = plan.credential != "access-pass" and not plan.federation and state.accepts(form.get("passwd", ""))
        right = right or flow.approved
    if person is None or not right:
        return sign_in_page(
            request, flow, view="accessPass" if by_pass else "password", error=_WRONG_PASSWORD, user=name
        )
    if plan.refusal:
        return _refused(request, flow, plan.refusal, plan.refusal_in, person.upn)
    flow.upn, flow.todo, flow.approved = person.upn, list(plan.steps), False
    return onward(request, flow)


def _refused(request: Request, flow: Flow, code: int, place: str, upn: str) -> Response:
    """Refuse the right password, showing the code where the plan says."""
    words = texts(language_of(request))
    if place == "address":
        return see(f"/error?{urlencode({'code': code})}")
    if place == "page":
        config: dict[str, object] = {"pgid": "ConvergedError", "hpgid": 1107}  # the number is not from the facts
        return page(request, "login/refused.html", flow, config, user=upn, code=code)
    line = f"{words['sign_in_failed']} {words['error_code']}: {code}" if place == "line" else ""
    return sign_in_page(request, flow, view="password", error=code, user=upn, line=line)


async def refusal(request: Request) -> Response:
    """Return an error page whose code is only in its URL."""
    return sign_in_render(request, "login/signed_out.html")


async def from_passkey(request: Request) -> Response:
    """Return from login.microsoft.com to sign in another way: with the password."""
    flow = tenant(request).sessions.flows.get(request.query_params.get("ctx", ""))
    if flow is None:
        return error_page(request, BAD_REQUEST)
    return sign_in_page(request, flow, view="password", user=request.query_params.get("username", ""))


async def from_federation(request: Request) -> Response:
    """Accept the ticket that the identity provider signed."""
    form = await fields_of(request)
    sessions = tenant(request).sessions
    context, upn = sessions.tickets.pop(form.get("wresult", form.get("SAMLResponse", "")), ("", ""))
    flow = sessions.flows.get(context)
    if flow is None:
        return error_page(request, BAD_REQUEST)
    flow.upn, flow.todo = upn, list(tenant(request).flags.sign_in.steps)
    return onward(request, flow)


async def phone(request: Request) -> Response:
    """Begin a passwordless request on the phone, or report its state."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    if flow is None:
        return JSONResponse({"ResultValue": "FlowExpired"}, status_code=400)
    plan = tenant(request).flags.sign_in
    if form.get("Method") == "BeginAuth":
        flow.asked_at, flow.number = time.monotonic(), 10 + secrets.randbelow(90)
        return JSONResponse({"ResultValue": "Pending", "Number": flow.number})
    if time.monotonic() - flow.asked_at < plan.answers_after:
        return JSONResponse({"ResultValue": "Pending", "Number": flow.number})
    flow.approved = plan.outcome == "approved"
    result = {"approved": "Success", "denied": "PhoneAppDenied"}.get(plan.outcome, "PhoneAppNoResponse")
    return JSONResponse({"ResultValue": result})


async def _take_time(state: State, seconds: float) -> None:
    """Wait for `seconds` of real time, or until the server stops."""
    if seconds:
        assert state.stopping is not None
        with suppress(TimeoutError):
            await asyncio.wait_for(state.stopping.wait(), seconds)
