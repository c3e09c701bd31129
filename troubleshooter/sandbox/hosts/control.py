"""sandbox.invalid: controls and inspects the sandbox from another process.

A page in an ordinary browser cannot reach this name, so no website can interfere with a running sandbox.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.people import ACCOUNTS
from troubleshooter.sandbox.sessions import MY, SHAREPOINT
from troubleshooter.sandbox.site_content import DEMO_PAGES
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.sync import advance as advance_time
from troubleshooter.sandbox.web import tenant


async def show(request: Request) -> Response:
    """Return the current fault and what a run needs to know, but never the password."""
    return JSONResponse(_state(tenant(request)))


async def advance(request: Request) -> Response:
    """Move time forward by `seconds`."""
    return await _change(request, lambda state, body: advance_time(state, float(body["seconds"])))


async def fault(request: Request) -> Response:
    """Switch to the fault called `name`."""
    return await _change(request, lambda state, body: state.become(fault_named(str(body["name"]))))


async def reset(request: Request) -> Response:
    """Reset the sandbox to its initial state."""
    return await _change(request, lambda state, _body: state.reset())


async def journal(request: Request) -> Response:
    """Return the requests and the credentials that arrived, oldest first."""
    state = tenant(request)
    text = json.dumps(asdict(state.journal), default=lambda at: at.isoformat())
    return Response(text, media_type="application/json")


async def traffic(request: Request) -> Response:
    """Return what arrived, counted by account and by host, and how much of it was too much."""
    return JSONResponse(tenant(request).traffic.report())


async def _change(request: Request, do: Callable[[State, dict[str, Any]], None]) -> Response:
    state = tenant(request)
    try:
        do(state, json.loads(await request.body() or b"{}"))
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{error.args[0]}: missing" if isinstance(error, KeyError) else str(error)
        return JSONResponse({"error": reason}, status_code=400)
    return JSONResponse(_state(state))


def _state(state: State) -> dict[str, object]:
    return {
        "fault": state.fault,
        "generation": state.generation,
        "now": state.clock.now().isoformat(),
        "subject": state.subject,
        "accounts": dict(ACCOUNTS),
        "pages": list(DEMO_PAGES),
        "home": "https://www.office.com",
        "sharepoint": f"https://{SHAREPOINT}",
        "my": f"https://{MY}",
        "name": "Contoso",
    }


ROUTES: list[BaseRoute] = [
    Route("/state", show),
    Route("/journal", journal),
    Route("/traffic", traffic, methods=["GET", "POST"]),
    Route("/advance", advance, methods=["POST"]),
    Route("/fault", fault, methods=["POST"]),
    Route("/reset", reset, methods=["POST"]),
]
