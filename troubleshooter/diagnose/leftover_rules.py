"""Finds causes of photos that are still shown although there is none at the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    contradicting_source,
    diagnosis,
    evidence,
    in_profile,
    only_mailbox,
    without_source,
)
from troubleshooter.diagnose.symptoms import CLIENTS, SITE, Symptoms
from troubleshooter.model.enums import SOURCE_SIDE, WITHOUT_PHOTO, Kind, Source, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import IndexedSighting
from troubleshooter.model.records import Diagnosis, Evidence


def deleted_at_source(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C27: the source has no photo, and copies of one are left. C5, C13, C16 or C17 where they come from elsewhere."""
    left = _left(symptoms)
    if symptoms.sent_lately or not left or not symptoms.source or symptoms.source[1].kind not in WITHOUT_PHOTO:
        return
    parts = [*without_source(symptoms), *_still_at(left)]
    only = [
        cause
        for cause, rows in {
            "C17": [row for row in left if row[1].surface in CLIENTS],
            "C16": [row for row in left if _of_search(row)],
            "C13": [row for row in left if _delivered(row)],
        }.items()
        if len(rows) == len(left)
    ]
    if only:
        yield diagnosis(symptoms, only[0], MEDIUM, parts)
        return
    by_hand = symptoms.value("SPS-PictureExchangeSyncState") == "0"
    if by_hand and any(s.surface not in SITE for _, s in left):
        said = message("SPS-PictureExchangeSyncState is 0: the photo in SharePoint does not come from the mailbox")
        yield diagnosis(symptoms, "C5", HIGH, [in_profile(symptoms, said), *parts])
    against = contradicting_source(symptoms)
    confidence = LOW if against else MEDIUM if by_hand or only_mailbox(symptoms) else HIGH
    yield diagnosis(symptoms, "C27", confidence, [*parts, *against, *_who_removes(left)])


def _left(symptoms: Symptoms) -> list[IndexedSighting]:
    """Return the places that still show a photo, one sighting of each surface."""
    found: dict[Surface, IndexedSighting] = {}
    for index, sighting in symptoms.sightings:
        if sighting.kind is Kind.PHOTO and sighting.source is not Source.PEOPLE_SERVICE:
            found.setdefault(sighting.surface, (index, sighting))
    return list(found.values())


def _of_search(row: IndexedSighting) -> bool:
    return row[1].surface is Surface.PEOPLE_SEARCH or row[1].source is Source.SEARCH_INDEX


def _delivered(row: IndexedSighting) -> bool:
    response = row[1].response
    return "_userprofile" in f"{row[1].url} {response.url if response else ''}".lower()


def _still_at(rows: Sequence[IndexedSighting]) -> Iterator[Evidence]:
    for index, sighting in rows:
        said = message("{place} still shows a photo", place=sighting.surface.value)
        yield evidence(said, f"sightings/{index}")


def _who_removes(rows: Sequence[IndexedSighting]) -> Iterator[Evidence]:
    """Yield who removes each kind of copy that is left."""
    kinds: list[tuple[list[IndexedSighting], Message]] = [
        (
            [row for row in rows if row[1].surface not in SITE and row[1].source is Source.SHAREPOINT_COPY],
            message("Still in SharePoint’s profile of the user: a SharePoint admin can remove the picture there"),
        ),
        (
            [row for row in rows if row[1].surface in SITE or row[1].source is Source.SITE_COPY],
            message("Still on a site: the site’s admin can have the user’s entry on that site refreshed"),
        ),
        (
            [row for row in rows if row[1].source in SOURCE_SIDE],
            message("Still in the mailbox: a user admin can delete the photo again with Microsoft Graph"),
        ),
        (
            [row for row in rows if _of_search(row)],
            message("Still in search: it will follow the profile once people are indexed again"),
        ),
    ]
    for found, said in kinds:
        if found:
            yield evidence(said, f"sightings/{found[0][0]}")
