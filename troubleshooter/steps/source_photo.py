"""Requests the photo from its source, which another account's session does not show: Outlook, else Graph."""

from __future__ import annotations

from collections.abc import Sequence

from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Reason, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Sighting
from troubleshooter.steps.endpoint import record_endpoint
from troubleshooter.steps.picture_visits import PictureVisits, visit_pictures
from troubleshooter.steps.step_run import StepRun
from troubleshooter.surfaces import graph_photo, outlook_photo


async def see_source_photo(step: StepRun) -> None:
    """Outside the article: see Outlook's photo; and Graph's, if it is named or if neither Outlook nor a card shows one.

    If Outlook's first host returns no picture, its other host and Graph are asked side by side. For a user without a
    mailbox Outlook returns an empty picture, so that does not keep Graph from being asked.
    """
    surfaces, subject = step.context.surfaces, step.context.subject
    outlook = outlook_photo.addresses(subject) if Surface.OUTLOOK_PHOTO in surfaces else ()
    graph = (graph_photo.address(subject),) if Surface.GRAPH_PHOTO in surfaces else ()
    asked_for = Surface.GRAPH_PHOTO in step.context.requested_surfaces
    carded = any(s.surface is Surface.PROFILE_CARD and s.kind is not Kind.LOADING for s in step.seen.sightings)
    visits = await visit_pictures(step, (*outlook[:1], *(graph if asked_for else ())))
    seen = _record(step, visits, outlook[:1], Surface.OUTLOOK_PHOTO)
    if seen is None:
        more = await visit_pictures(step, (*outlook[1:], *(() if asked_for or carded else graph)))
        visits = visits.and_then(more)
        seen = _record(step, visits, outlook[1:], Surface.OUTLOOK_PHOTO)
    elif seen.kind in WITHOUT_PHOTO and not (asked_for or carded):
        visits = visits.and_then(await visit_pictures(step, graph))
    if seen is None:
        _note_missing(step, visits, outlook, Surface.OUTLOOK_PHOTO, message("Outlook did not return a picture."))
    has_photo = carded or (seen is not None and seen.kind not in WITHOUT_PHOTO)
    if (asked_for or not has_photo) and _record(step, visits, graph, Surface.GRAPH_PHOTO) is None:
        _note_missing(step, visits, graph, Surface.GRAPH_PHOTO, message("Graph does not respond in this session."))
    visits.check()


def _record(step: StepRun, visits: PictureVisits, urls: Sequence[str], surface: Surface) -> Sighting | None:
    """Record what the visits to `urls` showed, up to the first sighting; return that."""
    for url in urls:
        visited = visits.of(url)
        if visited and (sighting := record_endpoint(step, visited, url, surface)):
            return sighting
    return None


def _note_missing(step: StepRun, visits: PictureVisits, urls: Sequence[str], surface: Surface, note: Message) -> None:
    """Record `note`, if `urls` were visited and no visit failed, which the step says."""
    if urls and all(visits.of(url) for url in urls):
        step.missed(surface, note, Reason.NOT_REACHED)
