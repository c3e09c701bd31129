"""What rules make diagnoses of: a row of the table, a confidence, and the evidence as sentences with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.record_view import Row, Seen, evidence
from troubleshooter.model.enums import WITHOUT_PHOTO, Confidence, Kind
from troubleshooter.model.message import Message, message
from troubleshooter.model.records import Diagnosis, Evidence

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def diagnosis(seen: Seen, cause: str, confidence: Confidence, parts: Iterable[Evidence]) -> Diagnosis:
    """Return the diagnosis of `cause`, standing on `parts`."""
    row = CAUSES[cause]
    return Diagnosis(
        cause=cause,
        title=row.title.text,
        confidence=confidence,
        evidence=tuple(parts),
        remedy=(row.visited if row.visited and seen.visited else row.remedy).text,
        who=row.who.text,
        wait=row.wait.text,
        recheck_after=seen.now + row.recheck if row.recheck else None,
        confirm=row.confirm.text,
        known=row.known,
    )


def shown(seen: Seen, rows: Sequence[Row], limit: int = 3) -> Iterator[Evidence]:
    """Yield what is seen at `rows`, each with its comparison."""
    for index, sighting in rows[:limit]:
        place = sighting.surface.value
        if sighting.kind in WITHOUT_PHOTO:
            said = message("{place} shows no photo but {kind}", place=place, kind=sighting.kind.value)
            yield evidence(said, f"sightings/{index}")
        elif index in seen.different:
            number, comparison = seen.different[index]
            said = message("{place} differs from the reference: {what}", place=place, what=comparison.reason)
            yield evidence(said, f"comparisons/{number}")


def agreeing(rows: Sequence[Row], limit: int = 2) -> Iterator[Evidence]:
    """Yield that `rows` show the right photo."""
    for index, sighting in rows[:limit]:
        yield evidence(message("{place} shows the right photo", place=sighting.surface.value), f"sightings/{index}")


def source(seen: Seen) -> list[Evidence]:
    """Return what shows the photo at the source, if anything does."""
    if not has_source(seen):
        return []
    assert seen.source
    index, sighting = seen.source
    return [
        evidence(message("{place} shows the photo at the source", place=sighting.surface.value), f"sightings/{index}")
    ]


def has_source(seen: Seen) -> bool:
    """Return whether a photo was seen at the source."""
    return seen.source is not None and seen.source[1].kind is Kind.PHOTO


def property_(seen: Seen, said: Message) -> Evidence:
    """Return a sentence about the properties, with their place."""
    assert seen.properties
    return evidence(said, f"properties/{seen.record.properties.index(seen.properties)}")
