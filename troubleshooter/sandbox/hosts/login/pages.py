"""Renders what all pages of the sign-in service share: $Config, the hidden fields, the texts, the frame."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.sessions import Flow
from troubleshooter.sandbox.sign_in_texts import LOCALES, language_of, texts
from troubleshooter.sandbox.web import form_of, render, tenant

BAD_REQUEST = "AADSTS90100"


def page(
    request: Request,
    template: str,
    flow: Flow,
    config: dict[str, object],
    *,
    script: dict[str, object] | None = None,
    **values: Any,  # noqa: ANN401 - whatever the template needs
) -> Response:
    """Return a page of this sign-in; `config` completes the page's $Config, and has `pgid` and `hpgid`."""
    sessions = tenant(request).sessions
    flow.token = sessions.token()
    language = language_of(request)
    mkt, lcid = LOCALES[language]
    plan = tenant(request).flags.sign_in
    whole: dict[str, object] = {
        "sCtx": flow.context,
        "sFT": flow.token,
        "sFTName": "flowToken",
        "canary": sessions.token(),
        "iErrorCode": 0,
        "sErrorCode": "",
        "sErrTxt": "",
        "arrValErrs": [],
        "fShowPersistentCookiesWarning": False,
        "locale": {"mkt": mkt, "lcid": lcid},
        **config,
    }
    # What the sandbox's own scripts need and the real page's $Config is not known to contain.
    own = {
        "words": dict(texts(language)),
        "swallows": plan.swallows,
        "drawnLate": plan.drawn_late,
        **(script or {}),
    }
    answer = sign_in_render(request, template, config=whole, script=own, config_late=plan.config_late, **values)
    answer.headers["X-Frame-Options"] = "DENY"
    return answer


def sign_in_render(request: Request, template: str, *, status: int = 200, **values: object) -> Response:
    """Return a template in one of the four languages of sign-in."""
    language = language_of(request)
    return render(request, template, status=status, mkt=LOCALES[language][0], t=texts(language), **values)


def error_page(request: Request, code: str, *, status: int = 400) -> Response:
    """Return the service's error page."""
    return sign_in_render(request, "login/error.html", status=status, code=code, lcid=LOCALES[language_of(request)][1])


async def fields_of(request: Request) -> dict[str, str]:
    """Return the fields of a form, or the strings of a JSON object."""
    if request.headers.get("content-type", "").startswith("application/json"):
        body = json.loads(await request.body() or b"{}")
        return {name: value for name, value in body.items() if isinstance(value, str)}
    return await form_of(request)


def flow_of(request: Request, form: dict[str, str]) -> Flow | None:
    """Return the sign-in whose latest page sent this form."""
    flow = tenant(request).sessions.flows.get(form.get("ctx", ""))
    return flow if flow is not None and form.get("flowToken") == flow.token else None
