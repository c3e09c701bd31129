"""login.microsoftonline.com: one file per family of screens."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.hosts.login import answers, authorize, credentials, second_factor
from troubleshooter.sandbox.hosts.login.onward import onward
from troubleshooter.sandbox.hosts.login.pages import BAD_REQUEST, error_page, fields_of, flow_of


async def _second_factor_given(request: Request) -> Response:
    """Continue after the second factor was approved; the page navigates here automatically."""
    flow = flow_of(request, await fields_of(request))
    if flow is None or not flow.approved:
        return error_page(request, BAD_REQUEST)
    return onward(request, flow)


ROUTES: list[BaseRoute] = [
    Route("/", authorize.root),
    Route("/common/oauth2/v2.0/authorize", authorize.authorize),
    Route("/common/oauth2/v2.0/logout", authorize.sign_out),
    Route("/common/GetCredentialType", credentials.credential_type, methods=["POST"]),
    Route("/common/login", credentials.credential, methods=["POST"]),
    Route("/kmsi", answers.stay_signed_in, methods=["POST"]),
    Route("/error", credentials.refusal),
    # The paths below are the sandbox's own.
    Route("/login.srf", credentials.from_federation, methods=["POST"]),
    Route("/common/checker", credentials.checker, methods=["POST"]),
    Route("/common/passkey-aside", credentials.from_passkey),
    Route("/common/phone", credentials.phone, methods=["POST"]),
    Route("/common/SAS/Auth", second_factor.ask, methods=["POST"]),
    Route("/common/SAS/ProcessAuth", _second_factor_given, methods=["POST"]),
    Route("/common/SkipMfaRegistration", answers.skip_registration),
    Route("/common/AskLater", answers.ask_later, methods=["POST"]),
    Route("/common/SkippedSetup", answers.skipped_setup),
    Route("/common/SSPR/Continue", answers.new_password, methods=["POST"]),
    Route("/common/Consent/Set", answers.go_on, methods=["POST"]),
    Route("/appverify", answers.go_on, methods=["POST"]),
    Route("/common/TermsOfUse", answers.accepted_terms, methods=["POST"]),
]
