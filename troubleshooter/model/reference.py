"""Chooses the sighting that the others are compared with, both for comparing pictures and for the verdict. Pure."""

from __future__ import annotations

from troubleshooter.model.enums import COPIES, WITHOUT_PHOTO, Kind, Source, Surface
from troubleshooter.model.record_view import RecordView
from troubleshooter.model.records import Record, Sighting

OWN_SESSION = (Surface.ACCOUNT_PANEL, Surface.HOME_HEADER)
OTHER_SESSION = (Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO)
"""Source-side surfaces that may be the reference, in order of preference."""

_ERROR, _NOT_FOUND = 400, 404


def counts(sighting: Sighting) -> bool:
    """Return whether a sighting says anything about the photo.

    In a copy of a browser profile, only a picture with a response does: for hosts that the copy may not contact, pages
    show initials and broken pictures, which say nothing about what the browser has cached.
    """
    if sighting.in_private_session:
        return sighting.kind is not Kind.LOADING
    answered = sighting.response is not None and sighting.response.status in (200, 304)
    return sighting.kind is Kind.PHOTO or (sighting.kind in (Kind.SILHOUETTE, Kind.BLANK) and answered)


def refused(sighting: Sighting) -> bool:
    """Return whether the picture was refused or failed, so that its placeholder says nothing about the source.

    Only 404 says that there is no photo.
    """
    answered = sighting.response.status if sighting.response else 0
    return answered >= _ERROR and answered != _NOT_FOUND and sighting.kind in WITHOUT_PHOTO


def source_index(view: RecordView) -> int | None:
    """Return the index of the sighting that shows the photo at its source; None if there is none.

    Outlook returns an empty picture for a user without a mailbox, whose photo only Graph has.
    """
    order = OWN_SESSION if view.signed_in_as_subject else OTHER_SESSION
    found = sorted(
        (order.index(sighting.surface), index)
        for index, sighting in view.in_private_session
        if sighting.surface in order and _may_be_reference(sighting)
    )
    sightings = view.record.sightings
    without_mailbox = (
        index
        for _, index in found
        if sightings[found[0][1]].surface is Surface.OUTLOOK_PHOTO
        and sightings[found[0][1]].kind in WITHOUT_PHOTO
        and sightings[index].kind is Kind.PHOTO
    )
    return next(without_mailbox, found[0][1] if found else None)


def reference_of(record: Record) -> int | str | None:
    """Return what the others are compared with: `"expected"`, the index of a source-side sighting, or None."""
    return "expected" if record.expected else source_index(RecordView(record))


def reference_kind(view: RecordView) -> Kind | None:
    """Return what the record's reference shows; None if it has no reference, or names an unsuitable one."""
    record, index = view.record, view.record.reference
    if isinstance(index, str):
        return Kind.PHOTO if record.expected else None
    if index is None or not 0 <= index < len(record.sightings):
        return None
    sighting = record.sightings[index]
    allowed = sighting.surface in (*OWN_SESSION, *OTHER_SESSION) and sighting.in_private_session
    return sighting.kind if allowed and _may_be_reference(sighting) and view.shows_subject(sighting) else None


def _may_be_reference(sighting: Sighting) -> bool:
    """Return whether a sighting is settled, and is certain not to come from a store that copies the source's photo."""
    settled = sighting.kind not in (Kind.LOADING, Kind.BROKEN) and not refused(sighting)
    return settled and sighting.source not in (*COPIES, Source.UNKNOWN)
