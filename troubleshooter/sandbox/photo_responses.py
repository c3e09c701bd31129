"""Photo answers: drawn off the event loop, held back where a fault says so."""

import asyncio
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.pictures import jpeg, silhouette
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Photo
from troubleshooter.sandbox.web import tenant


async def photo_response(photo: Photo, side: int, store: str, *, keep: int = 86400) -> Response:
    """The photo as this store writes it.

    Args:
        side: in pixels; 0: as uploaded.
        keep: seconds that the browser may keep it.
    """
    body = await run_in_threadpool(jpeg, photo, side, store)
    return Response(body, media_type="image/jpeg", headers={"Cache-Control": f"private, max-age={keep}"})


async def silhouette_response(width: int, height: int) -> Response:
    """SharePoint's placeholder."""
    body = await run_in_threadpool(silhouette, width, height)
    return Response(body, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


async def held(request: Request) -> Response | None:
    """Waits while SharePoint's photos hang: until the browser gives up or the server ends. None at once otherwise."""
    state = tenant(request)
    if not state.flags.photos_hang:
        return None
    assert state.stopping is not None
    waits = {asyncio.create_task(state.stopping.wait()), asyncio.create_task(_hung_up(request))}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
    return Response(status_code=503)


async def _hung_up(request: Request) -> bool:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return True


async def busy(state: State, seconds: float) -> None:
    """Takes `seconds` of real time to answer, or until the server ends."""
    if seconds:
        assert state.stopping is not None
        with suppress(TimeoutError):
            await asyncio.wait_for(state.stopping.wait(), seconds)
