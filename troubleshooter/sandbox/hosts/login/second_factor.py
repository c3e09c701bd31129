"""ConvergedTFA: the list of methods, the code, the request on the phone, and how each ends."""

import secrets
import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from troubleshooter.sandbox.hosts.login.pages import fields_of, flow_of, page
from troubleshooter.sandbox.sessions import Flow
from troubleshooter.sandbox.web import tenant

_PHONE = "+XX XXXXXXX42"
_PROOFS = {
    "PhoneAppNotification": "", "PhoneAppOTP": "", "OneWaySMS": _PHONE, "TwoWayVoiceMobile": _PHONE,
}  # fmt: skip
_ON_PHONE = ("PhoneAppNotification", "TwoWayVoiceMobile")
_PENDING = "AuthenticationPending"  # the sandbox's own name, like "OtpWrong"


def page_of(request: Request, flow: Flow) -> Response:
    """Return all views in one document; the default method decides which is shown first."""
    plan = tenant(request).flags.sign_in
    flow.approved, flow.asked_at = False, 0.0
    timeout = plan.answers_after if plan.outcome == "none" else 120
    config: dict[str, object] = {
        "pgid": "ConvergedTFA",
        "hpgid": 1114,
        "urlPost": "/common/SAS/ProcessAuth",
        "iErrorCode": 50074,
        "sErrorCode": "50074",
        "arrUserProofs": [
            {"authMethodId": proof, "data": proof, "display": _PROOFS[proof], "isDefault": number == 0}
            for number, proof in enumerate(plan.proofs)
        ],
        "iPollingTimeout": int(timeout * 1000),
        "iMaxPollAttempts": 10,
    }
    script = {"lists": plan.lists_proofs, "url": "/common/SAS/Auth", "phoneEnds": "42"}
    proofs = [(proof, _PROOFS[proof]) for proof in plan.proofs]
    return page(request, "login/tfa.html", flow, config, script=script, user=flow.upn, proofs=proofs)


async def ask(request: Request) -> Response:
    """Begin a method, check a code, or report the state of the request on the phone."""
    form = await fields_of(request)
    flow = flow_of(request, form)
    state = tenant(request)
    plan = state.flags.sign_in
    method = form.get("AuthMethodId", "")
    if flow is None or not flow.upn or method not in plan.proofs:
        return JSONResponse({"Success": False, "ResultValue": "FlowExpired"}, status_code=400)
    if form.get("Method") == "BeginAuth":
        flow.asked_at, flow.number = time.monotonic(), _other_than(0)
        return JSONResponse(_said("Success", flow if plan.shows_number else None))
    if method in _ON_PHONE:
        return JSONResponse(_phone(request, flow))
    code = form.get("AdditionalAuthData", "")
    if method == "OneWaySMS":
        verdict = "right" if flow.asked_at and code == state.text_code else "wrong"
    else:
        verdict = state.authenticator.judge(code, take=True)
    flow.approved |= verdict == "right"  # a late poll does not revoke the approval
    results = {"right": "Success", "duplicate": "PhoneAppOtpAuthFailedDuplicateCodeEntered"}
    return JSONResponse(_said(results.get(verdict, "OtpWrong")))


def _phone(request: Request, flow: Flow) -> dict[str, object]:
    plan = tenant(request).flags.sign_in
    passed = time.monotonic() - flow.asked_at
    if not flow.asked_at or passed < plan.answers_after:
        if plan.number_changes and passed > plan.answers_after / 2 and flow.number < 100:
            flow.number = 100 + _other_than(
                flow.number
            )  # above 99: already changed; only the last two digits are shown
        return _said(_PENDING, flow if plan.shows_number else None)
    flow.asked_at = 0.0
    flow.approved |= plan.outcome == "approved"
    return _said({"approved": "Success", "denied": "PhoneAppDenied"}.get(plan.outcome, "PhoneAppNoResponse"))


def _said(result: str, flow: Flow | None = None) -> dict[str, object]:
    number = f"{flow.number % 100:02}" if flow else ""
    return {"Success": result == "Success", "ResultValue": result, "Number": number}


def _other_than(number: int) -> int:
    return secrets.choice([other for other in range(10, 100) if other != number % 100])
