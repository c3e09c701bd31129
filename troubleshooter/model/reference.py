"""What the other avatars are held against. Pure; judging pictures and judging the run ask the same question."""

from __future__ import annotations

from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Source, Surface
from troubleshooter.model.records import Record, Sighting

OWN_SESSION = (Surface.ACCOUNT_PANEL, Surface.HOME_HEADER)
OTHER_SESSION = (Surface.PROFILE_CARD, Surface.OUTLOOK_PHOTO, Surface.GRAPH_PHOTO)
"""Source-side surfaces that may be the reference, in order."""

_ERROR, _NONE_THERE = 400, 404
_COPIES = frozenset({Source.SHAREPOINT_COPY, Source.SITE_COPY, Source.SEARCH_INDEX})
"""Stores that are fed by the source: none of their pictures is ever the reference, wherever it is shown."""


def tells(sighting: Sighting) -> bool:
    """Return whether a sighting tells anything about the photo.

    In a copy of a browser profile only what a response filled does: hosts that it may not reach leave initials and
    broken pictures behind, and those say nothing about what the browser keeps.
    """
    if sighting.in_private_session:
        return sighting.kind is not Kind.LOADING
    answered = sighting.response is not None and sighting.response.status in (200, 304)
    return sighting.kind is Kind.PHOTO or (sighting.kind in (Kind.SILHOUETTE, Kind.BLANK) and answered)


def refused(sighting: Sighting) -> bool:
    """Return whether the picture was refused or failed: what stands in for it says nothing of the source.

    Only 404 says that there is none.
    """
    answered = sighting.response.status if sighting.response else 0
    return answered >= _ERROR and answered != _NONE_THERE and sighting.kind in WITHOUT_PHOTO


def source_of(record: Record) -> int | None:
    """Return the index of the source-side sighting of the subject that counts, None where there is none."""
    own = record.signed_in_as is not None and record.signed_in_as == record.subject
    for surface in OWN_SESSION if own else OTHER_SESSION:
        for index, s in enumerate(record.sightings):
            settled = s.kind not in (Kind.LOADING, Kind.BROKEN) and not refused(s) and s.in_private_session
            if s.surface is surface and s.subject == record.subject and settled and s.source not in _COPIES:
                return index
    return None


def reference_of(record: Record) -> int | str | None:
    """Return what the others are held against: `"expected"`, the index of a source-side sighting, or None."""
    return "expected" if record.expected else source_of(record)


def reference_kind(record: Record) -> Kind | None:
    """Return what the record's reference is; None where it has none, or one that can't be it."""
    index = record.reference
    if isinstance(index, str):
        return Kind.PHOTO if record.expected else None
    if index is None or not 0 <= index < len(record.sightings):
        return None
    chosen = record.sightings[index]
    settled = chosen.kind not in (Kind.LOADING, Kind.BROKEN) and not refused(chosen) and chosen.in_private_session
    allowed = chosen.surface in (*OWN_SESSION, *OTHER_SESSION) and chosen.source not in _COPIES
    return chosen.kind if allowed and settled and chosen.subject == record.subject else None
