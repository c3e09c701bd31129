"""The screens after the password, except the second factor: rendered here, handled in answers.py."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.hosts.login.pages import error_page, page, sign_in_render
from troubleshooter.sandbox.sessions import Flow
from troubleshooter.sandbox.sign_in_texts import language_of, texts
from troubleshooter.sandbox.web import see, tenant


def kmsi(request: Request, flow: Flow) -> Response:
    """Return the question "Stay signed in?"."""
    config: dict[str, object] = {
        "pgid": "KmsiInterrupt", "hpgid": 1115, "urlPost": "/kmsi", "iErrorCode": 50140,
        "sPOST_Username": flow.upn,
    }  # fmt: skip
    hidden = tenant(request).flags.sign_in.checkbox_hidden
    return page(request, "login/kmsi.html", flow, config, user=flow.upn, checkbox_hidden=hidden)


def proof_up(request: Request, flow: Flow) -> Response:
    """Return the request for more information, which can be skipped while days are left."""
    days = tenant(request).flags.sign_in.days_left
    skip = f"/common/SkipMfaRegistration?ctx={flow.context}"
    config: dict[str, object] = {
        "pgid": "ConvergedProofUpRedirect",
        "hpgid": 1121,
        "urlPost": "https://mysignins.microsoft.com/register",
        "iRemainingDaysToSkipMfaRegistration": days,
        "urlSkipMfaRegistration": skip if days else "",
    }
    return page(request, "login/proof_up.html", flow, config, user=flow.upn)


def action_required(request: Request, flow: Flow) -> Response:
    """Return the demand of security defaults, which can be asked again later. Its PageID is not known."""
    config: dict[str, object] = {"pgid": "ConvergedActionRequired", "hpgid": 1122, "urlPost": "/common/AskLater"}
    return page(request, "login/action_required.html", flow, config, user=flow.upn)


def campaign(request: Request, flow: Flow) -> Response:
    """Return a campaign for passkeys, with a way past it that has no id. Page and PageID are the sandbox's own."""
    config: dict[str, object] = {"pgid": "ConvergedPasskeyNudge", "hpgid": 1198, "urlPost": "/common/AskLater"}
    return page(request, "login/campaign.html", flow, config, user=flow.upn)


def wizard(_request: Request, flow: Flow) -> Response:
    """Lead to the site where security info is registered, and where that can be skipped."""
    return see(f"https://mysignins.microsoft.com/register?{urlencode({'csrf_token': flow.token, 'ctx': flow.context})}")


def change_password(request: Request, flow: Flow) -> Response:
    """Return the form for a new password, because the old one has expired."""
    config: dict[str, object] = {
        "pgid": "ConvergedChangePassword",
        "hpgid": 1111,  # not from the facts
        "urlPost": "/common/SSPR/Continue",
        "iErrorCode": 50055,
        "sErrorCode": "50055",
        "sErrTxt": texts(language_of(request))["error_50055"],
    }
    return page(request, "login/change_password.html", flow, config, user=flow.upn)


def consent(request: Request, flow: Flow) -> Response:
    """Return an app's request for permissions."""
    config: dict[str, object] = {
        "pgid": "ConvergedConsent",
        "hpgid": 1109,  # not from the facts
        "urlPost": "/common/Consent/Set",
        # The facts give the name arrScopes, but not its content.
        "arrScopes": [{"label": "User.Read", "description": "User.Read"}],
    }
    return page(request, "login/consent.html", flow, config, user=flow.upn)


def app_confirm(request: Request, flow: Flow) -> Response:
    """Return the question whether this is the right app."""
    config: dict[str, object] = {
        "pgid": "CmsiInterrupt", "hpgid": 1117, "urlPost": "/appverify", "iErrorCode": 50199, "sErrorCode": "50199",
    }  # fmt: skip
    return page(request, "login/app_confirm.html", flow, config, user=flow.upn)


def terms(request: Request, flow: Flow) -> Response:
    """Return a form that posts itself to the site with the terms of use."""
    where = "https://account.activedirectory.windowsazure.com/TermsOfUse"
    return sign_in_render(request, "login/form_post.html", action=where, values={"ctx": flow.context})


def blocked(request: Request, flow: Flow) -> Response:
    """Return the refusal of a Conditional Access policy."""
    config: dict[str, object] = {
        "pgid": "ConvergedConditionalAccess",
        "hpgid": 1116,  # not from the facts
        "iErrorCode": 53003,
        "sErrorCode": "53003",
        "sErrTxt": texts(language_of(request))["error_53003"],
    }
    return page(request, "login/blocked.html", flow, config, user=flow.upn)


def error(request: Request, _flow: Flow) -> Response:
    """Return the error page."""
    return error_page(request, f"AADSTS{tenant(request).flags.sign_in.error_code}", status=200)


def unknown(request: Request, flow: Flow) -> Response:
    """Return a screen that nobody has described yet: the facts contain only its code."""
    config: dict[str, object] = {
        "pgid": "ConvergedUserConfirmation",  # the sandbox's own
        "hpgid": 1199,
        "urlPost": "/appverify",
        "iErrorCode": 399218,
        "sErrorCode": "399218",
    }
    return page(request, "login/unknown.html", flow, config, user=flow.upn)
