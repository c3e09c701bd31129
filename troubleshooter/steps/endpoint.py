"""Takes sightings of the subject's photo at its direct URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troubleshooter.browser.picture_response import PictureResponse
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import Kind, Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Response, Sighting
from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.steps.clock import now
from troubleshooter.steps.picture_visit import VisitedPicture, visit_picture
from troubleshooter.steps.sighting import kept_address
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import SURFACES
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import Page

_MAY_BE_MISSING = (Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO, Surface.STORED_THUMBNAIL)
"""Surfaces whose URL may return no picture for unrelated reasons, which says nothing about the photo."""


async def endpoint(step: StepRun, tab: Page, url: str, surface: Surface) -> Sighting | None:
    """Visit the URL of the subject's photo and record the sighting; return None if there is none."""
    return record_endpoint(step, await visit_picture(step, tab, url), url, surface)


def record_endpoint(step: StepRun, visited: VisitedPicture, url: str, surface: Surface) -> Sighting | None:
    """Record the sighting from a visit to the URL of the subject's photo; return None if there is none."""
    if visited.filled is None:
        return None
    sighting = _sighting_of(step, visited, url, surface)
    if sighting:
        step.recorder.add(sighting)
    elif (status := visited.filled.response.status) in THROTTLED:
        step.cannot_see(surface, message("{host} throttled the requests.", host=host_of(url)), Reason.THROTTLED)
    elif status == 403:
        note = message("{host} refuses this photo to the account that is signed in.", host=host_of(url))
        step.cannot_see(surface, note, status=status)
    elif surface in _MAY_BE_MISSING and (why := _not_a_picture(visited.filled.response, url)):
        step.cannot_see(surface, why, Reason.NOT_REACHED)
    return sighting


def _not_a_picture(response: Response, url: str) -> Message | None:
    """Return what a response without a picture means, if that is known; it says nothing about the photo."""
    if response.status == 401:
        return message("{host} requires a token, which a browser session does not have.", host=host_of(url))
    if response.status == 200 and response.content_type.startswith("text/html"):
        return message("{host} returned a web page instead of a picture.", host=host_of(url))
    return None


def _sighting_of(step: StepRun, visited: VisitedPicture, url: str, surface: Surface) -> Sighting | None:
    """Return the sighting from a visited URL; None if the visit says nothing about the photo."""
    assert visited.filled
    plain = Sighting(
        surface=surface,
        step=step.recorder.step,
        subject=step.context.subject,
        identified_by="request",
        kind=Kind.PHOTO,
        source=SURFACES[surface].store(source_of(url)),
        url=kept_address(url),
        locator="img",
        natural_px=visited.natural,
        seen_at=visited.at or now(),
        response=visited.filled.response,
        body_sha256=visited.filled.body_sha256,
        session=step.workspace.kind,
    )
    if visited.natural is None:
        kind = kind_without_picture(surface, visited.filled)
        return plain.model_copy(update={"kind": kind}) if kind else None
    if visited.shot is None:
        return plain.model_copy(update={"kind": Kind.BLANK})
    shot = visited.shot
    dpr = shot.px[0] / visited.natural[0]
    kept = {"shot": shot.path, "sha256": shot.sha256, "preview": shot.preview}
    return plain.model_copy(update={**kept, "rendered_px": shot.px, "dpr": dpr})


def kind_without_picture(surface: Surface, filled: PictureResponse) -> Kind | None:
    """Return what it means that no picture is shown: no photo, a failed delivery, or neither (None)."""
    response = filled.response
    if surface is Surface.GRAPH_PHOTO and response.status == 404:
        # A user without a mailbox in the cloud gets the same status, and may well have a photo.
        return None if "mailbox" in filled.error.lower() else Kind.BLANK
    if response.status in THROTTLED:
        return None
    if response.status == 200 and response.content_type.startswith("image/"):
        return None  # there is a picture, but the browser downloads it instead of showing it
    return None if surface in _MAY_BE_MISSING else Kind.BROKEN
