"""Makes responses with photos, which are drawn off the event loop and delayed where a fault says so."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.pictures import HUGE, huge, is_quick, jpeg, silhouette
from troubleshooter.sandbox.stores import Photo
from troubleshooter.sandbox.web import tenant


async def photo_response(photo: Photo, side: int, store: str, *, keep: int = 86400) -> Response:
    """Return the photo as this store encodes it.

    Args:
        side: side length in pixels; 0 for the size as uploaded. Only `HUGE` enlarges a photo.
        keep: seconds for which the browser may cache it.
    """
    if side == HUGE:
        body = await run_in_threadpool(huge, photo, store)
    elif is_quick(photo):
        body = jpeg(photo, side, store)  # as fast as another thread could take it over
    else:
        body = await run_in_threadpool(jpeg, photo, side, store)
    return Response(body, media_type="image/jpeg", headers={"Cache-Control": f"private, max-age={keep}"})


async def silhouette_response(width: int, height: int) -> Response:
    """Return SharePoint's placeholder."""
    body = await run_in_threadpool(silhouette, width, height)
    return Response(body, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


async def while_hanging(request: Request) -> Response | None:
    """Wait until the browser gives up or the server stops, if SharePoint's photos hang; otherwise, return None."""
    return await hang(request) if tenant(request).flags.photos_hang else None


async def hang(request: Request) -> Response:
    """Wait until the browser gives up or the server stops."""
    state = tenant(request)
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
