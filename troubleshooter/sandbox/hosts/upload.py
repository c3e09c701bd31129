"""Accepts an uploaded photo. The facts give no URL for it, so this one is the sandbox's own."""

from io import BytesIO

from PIL import Image, ImageOps
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from troubleshooter.sandbox.header import change_of
from troubleshooter.sandbox.pictures import FULL
from troubleshooter.sandbox.stores import Photo
from troubleshooter.sandbox.sync import take_upload
from troubleshooter.sandbox.web import tenant, user_of

_MOST = 4 * 1024 * 1024  # bytes, for all uploads in the cloud


async def take(request: Request) -> Response:
    """Make the posted picture the visitor's photo, square and upright; refuse what policy or size forbid."""
    state, person = tenant(request), user_of(request)
    if person is None:
        return _refused(401, "Sign in first.")
    if not state.policies.may_upload() or not change_of(request, person).enabled:
        return _refused(403, "PhotoUpdateNotAllowed")
    body = await request.body()
    if len(body) > _MOST:
        return _refused(413, "ImageTooLarge")
    try:
        with Image.open(BytesIO(body)) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError):
        return _refused(415, "NotAnImage")
    side = min(FULL, *upright.size)
    out = BytesIO()
    ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS).save(out, "JPEG", quality=95, subsampling=0)
    take_upload(state, person.upn, Photo(person.upn, file=out.getvalue()))
    return JSONResponse({"accepted": True})


def _refused(status: int, code: str) -> Response:
    return JSONResponse({"error": {"code": code}}, status_code=status)


ROUTES: list[BaseRoute] = [Route("/sandbox-photo", take, methods=["POST"])]
