"""Refuses what is too much, in the forms in which SharePoint does.

A page leads to an information page, as for anybody who uses a browser (facts on the service; its address is that of
public reports). A picture or a REST call gets 429 or 503 with Retry-After, and in turn, as has been seen in browsers
(public code, 2026), it is sent to the information page as well, which answers with 406 whoever wants JSON.
"""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.site_hosts import is_site
from troubleshooter.sandbox.web import NEVER, host_of, is_document, render, see, tenant, user_of

INFORMATION = "/_layouts/15/Throttle.htm"
_NOT_COUNTED = ("/sandbox-", "/favicon.ico", NEVER, INFORMATION.lower())
"""How the paths begin that count for no user: the sandbox's own files, and the information page."""
_PICTURE = re.compile(r"/userphoto\.aspx$|/afdcache\.ashx/|/personplaceholder\.|/user photos/", re.IGNORECASE)
_REST = re.compile(r"/_api/", re.IGNORECASE)
_PEOPLE_MANAGER = re.compile(r"/_api/sp\.userprofiles\.peoplemanager", re.IGNORECASE)


def throttled(request: Request) -> Response | None:
    """Count a request; return the refusal if there were too many, or None."""
    traffic, host, path = tenant(request).traffic, host_of(request), request.scope["path"]
    traffic.note(host)
    if not is_site(host) or path.lower().startswith(_NOT_COUNTED):
        return None
    person = user_of(request)
    if person is None:
        return None
    now = tenant(request).clock.now().timestamp()
    seconds = traffic.note_user(person.upn, now, people_manager=bool(_PEOPLE_MANAGER.search(path)))
    return None if seconds is None else _refusal(request, seconds, traffic.throttled)


def _refusal(request: Request, seconds: int, turn: int) -> Response:
    path = request.scope["path"]
    rest, picture = _REST.search(path), _PICTURE.search(path)
    to_information = see(f"{INFORMATION}#1033")
    if is_document(request) and not rest and not picture:
        return to_information
    if (rest or is_document(request)) and turn % 3 == 0:
        return to_information
    status, text = ((429, "429 TOO MANY REQUESTS"), (503, "503 SERVER TOO BUSY"))[turn % 2]
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if rest:
        # The code is the sandbox's own.
        error = {"code": "-1, Microsoft.SharePoint.SPException", "message": {"lang": "en-US", "value": text}}
        return JSONResponse({"error": error}, status_code=status, headers=headers)
    return PlainTextResponse(text, status_code=status, headers=headers)


async def information(request: Request) -> Response:
    """Return the information page, to whoever accepts one."""
    accepted = request.headers.get("accept", "*/*")
    if "html" not in accepted and "*/*" not in accepted:
        return Response(status_code=406)
    return render(request, "sharepoint/throttled.html")


ROUTES: list[BaseRoute] = [Route(INFORMATION, information)]
