"""login.microsoftonline.com: e-mail and password in one document, then stay signed in, then back to who asked."""

import json
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ..people import find
from ..sessions import HOME, LOGIN_COOKIES, RESOURCES, Authorisation, token
from ..web import form_of, locale, render, see, tenant

_NO_SESSION = 50058  # normal on the first page
_WRONG_PASSWORD = 50126
_EXISTS, _DOES_NOT_EXIST = 0, 1


async def root(request: Request) -> Response:
    """Whoever opens the bare host wants the home page."""
    if _signed_in(request):
        return see(f"https://{HOME}/?auth=2")
    return _sign_in_page(request, Authorisation(RESOURCES[HOME], state=token()))


async def authorize(request: Request) -> Response:
    """Answers a resource at once where a session exists, and shows the sign-in page otherwise."""
    asked = request.query_params
    resource = next((r for r in RESOURCES.values() if r.redirect_uri == asked.get("redirect_uri")), None)
    if resource is None or resource.client_id != asked.get("client_id"):
        return render(request, "login/error.html", status=400, code="AADSTS50011")
    wanted = Authorisation(
        resource, asked.get("state", ""), asked.get("prompt", ""), login_hint=asked.get("login_hint", "")
    )
    upn = _signed_in(request)
    if upn and wanted.prompt != "login":
        return _answer(request, wanted, upn)
    if wanted.prompt == "none":
        return see(f"{resource.redirect_uri}?{urlencode({'error': 'login_required', 'state': wanted.state})}")
    return _sign_in_page(request, wanted)


async def credential_type(request: Request) -> Response:
    """Says whether there is such a user, and how they sign in."""
    asked = json.loads(await request.body() or b"{}")
    name = str(asked.get("username", ""))
    person = find(name)
    return JSONResponse(
        {
            "Username": name,
            "Display": name,
            "IfExistsResult": _EXISTS if person else _DOES_NOT_EXIST,
            "IsUnmanaged": False,
            "ThrottleStatus": 0,
            "Credentials": {
                "PrefCredential": 1,
                "HasPassword": True,
                "RemoteNgcParams": None,
                "FidoParams": None,
                "CertAuthParams": None,
                "HasAccessPass": False,
            },
            "FlowToken": asked.get("flowToken", ""),
        }
    )


async def password(request: Request) -> Response:
    """Takes the password; a wrong one brings the same page again, on its password view."""
    form = await form_of(request)
    sessions = tenant(request).sessions
    wanted = sessions.flows.get(form.get("ctx", ""))
    if wanted is None:
        return render(request, "login/error.html", status=400, code="AADSTS90100")
    name = form.get("login", "")
    person = find(name)
    if person is None or not tenant(request).accepts(form.get("passwd", "")):
        return _sign_in_page(request, wanted, error=_WRONG_PASSWORD, user=name)
    passed = token()
    sessions.passed[passed] = person.upn
    config = _config(request, "KmsiInterrupt", 1115, form.get("ctx", ""), passed) | {
        "urlPost": "/kmsi",
        "sPOST_Username": person.upn,
        "iErrorCode": 50140,
    }
    return render(request, "login/kmsi.html", config=config, user=person.upn)


async def stay_signed_in(request: Request) -> Response:
    """Yes gives a cookie that survives the browser, No one that does not; both lead on."""
    form = await form_of(request)
    sessions = tenant(request).sessions
    upn = sessions.passed.pop(form.get("flowToken", ""), None)
    wanted = sessions.flows.pop(form.get("ctx", ""), None)
    if upn is None or wanted is None:
        return render(request, "login/error.html", status=400, code="AADSTS90100")
    answer = _answer(request, wanted, upn)
    stays = form.get("LoginOptions") == "1"
    value = token()
    sessions.logins[value] = upn
    answer.set_cookie(
        LOGIN_COOKIES[0] if stays else LOGIN_COOKIES[1],
        value,
        max_age=90 * 86400 if stays else None,
        secure=True,
        httponly=True,
        samesite="none",
    )
    return answer


async def sign_out(request: Request) -> Response:
    """Forgets the visitor, here and on every resource."""
    upn, sessions = _signed_in(request), tenant(request).sessions
    sessions.logins = {key: value for key, value in sessions.logins.items() if value != upn}
    sessions.hosts = {key: value for key, value in sessions.hosts.items() if value != upn}
    answer = render(request, "login/signed_out.html")
    for cookie in LOGIN_COOKIES:
        answer.delete_cookie(cookie)
    return answer


def _signed_in(request: Request) -> str | None:
    logins = tenant(request).sessions.logins
    values = (request.cookies.get(cookie, "") for cookie in LOGIN_COOKIES)
    return next((logins[value] for value in values if value in logins), None)


def _sign_in_page(request: Request, wanted: Authorisation, *, error: int = 0, user: str = "") -> Response:
    context = token()
    tenant(request).sessions.flows[context] = wanted
    code = error or _NO_SESSION
    config = _config(request, "ConvergedSignIn", 1104, context, token()) | {
        "urlPost": "/common/login",
        "urlGetCredentialType": f"/common/GetCredentialType?mkt={locale(request)}",
        "iErrorCode": code,
        "sErrorCode": str(code),
        "sPOST_Username": user or wanted.login_hint,
    }
    page = render(request, "login/sign_in.html", config=config, user=user, refused=error == _WRONG_PASSWORD)
    page.headers["X-Frame-Options"] = "DENY"
    return page


def _config(request: Request, page: str, number: int, context: str, flow: str) -> dict[str, object]:
    """What every page of the sign-in service says about itself."""
    return {
        "pgid": page,
        "hpgid": number,
        "sCtx": context,
        "sFT": flow,
        "sFTName": "flowToken",
        "canary": token(),
        "iErrorCode": 0,
        "sErrorCode": "",
        "sErrTxt": "",
        "arrValErrs": [],
        "fShowPersistentCookiesWarning": False,
        "locale": {"mkt": locale(request), "lcid": 1048 if locale(request) == "ro-RO" else 1033},
    }


def _answer(request: Request, wanted: Authorisation, upn: str) -> Response:
    """Tells the resource who the visitor is, the way it asked for."""
    code = token()
    tenant(request).sessions.codes[code] = (wanted.resource.host, upn)
    values = {"code": code, "state": wanted.state, "session_state": token()}
    if wanted.resource.response_mode == "query":
        return see(f"{wanted.resource.redirect_uri}?{urlencode(values)}")
    values["id_token"] = token()
    return render(request, "login/form_post.html", action=wanted.resource.redirect_uri, values=values)


ROUTES: list[BaseRoute] = [
    Route("/", root),
    Route("/common/oauth2/v2.0/authorize", authorize),
    Route("/common/GetCredentialType", credential_type, methods=["POST"]),
    Route("/common/login", password, methods=["POST"]),
    Route("/kmsi", stay_signed_in, methods=["POST"]),
    Route("/common/oauth2/v2.0/logout", sign_out),
]
