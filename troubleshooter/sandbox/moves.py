"""Sends the visitors of a host to its other name, as the flag `sites_at` says."""

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.site_hosts import NAMES, SESSION_CONTROL, SESSION_CONTROL_OF_HOME
from troubleshooter.sandbox.web import here, host_of, is_document, see, tenant, user_of

_SIGNING_IN = ("/_forms/", "/landing")
"""How the paths begin to which the sign-in service sends a visitor."""


def moved(request: Request) -> Response | None:
    """Return the redirect to the other name of this request's host; None if this host answers itself."""
    kind = tenant(request).flags.sites_at
    name = NAMES[kind].get(host_of(request))
    if name is None:
        return None
    onward = see(f"https://{name}{here(request)}")
    if kind not in (SESSION_CONTROL, SESSION_CONTROL_OF_HOME):
        return onward
    if user_of(request) is None or request.url.path.startswith(_SIGNING_IN):
        return None  # the policy decides once it is known who visits
    # What still has the original name is refused (facts on the service, session control).
    return onward if is_document(request) else Response("Access denied.", status_code=401, media_type="text/plain")
