"""Builds diagnoses for the rules: from a row of the cause table, a confidence, and sentences of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.symptoms import Symptoms
from troubleshooter.model.enums import WITHOUT_PHOTO, Confidence, Kind, Source, Surface
from troubleshooter.model.message import Message, message
from troubleshooter.model.record_view import IndexedSighting
from troubleshooter.model.records import Diagnosis, Evidence

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def diagnosis(symptoms: Symptoms, cause: str, confidence: Confidence, parts: Iterable[Evidence]) -> Diagnosis:
    """Return the diagnosis of `cause`, supported by `parts`."""
    row = CAUSES[cause]
    remedy, who = row.advice(visited=symptoms.view.was_visit_of_subject)
    return Diagnosis(
        cause=cause,
        title=row.title.text,
        confidence=confidence,
        evidence=tuple(parts),
        remedy=remedy.text,
        who=who.text,
        wait=row.wait.text,
        recheck_after=symptoms.now + row.recheck if row.recheck else None,
        confirm=row.confirm.text,
        known=row.known,
    )


def evidence(said: Message, ref: str | None) -> Evidence:
    """Return the sentence `said` as evidence, with `ref` as the place in the record that supports it."""
    return Evidence.from_message(said, ref=ref)


def wrong_at(symptoms: Symptoms, rows: Sequence[IndexedSighting], limit: int = 3) -> Iterator[Evidence]:
    """Yield, for the first `limit` of `rows`, what is wrong: no photo, or a different one."""
    for index, sighting in rows[:limit]:
        place = sighting.surface.value
        if sighting.kind in WITHOUT_PHOTO:
            said = message("{place} shows {kind} instead of a photo", place=place, kind=sighting.kind.value)
            yield evidence(said, f"sightings/{index}")
        elif index in symptoms.different:
            number, comparison = symptoms.different[index]
            said = message("{place} differs from the reference: {what}", place=place, what=comparison.reason)
            yield evidence(said, f"comparisons/{number}")


def right_at(rows: Sequence[IndexedSighting], limit: int = 2) -> Iterator[Evidence]:
    """Yield, for each of the first `limit` of `rows`, evidence that it shows the right photo."""
    for index, sighting in rows[:limit]:
        yield evidence(message("{place} shows the right photo", place=sighting.surface.value), f"sightings/{index}")


def at_source(symptoms: Symptoms) -> list[Evidence]:
    """Return evidence of the photo at its source, if any was seen there."""
    if not has_source(symptoms):
        return []
    assert symptoms.source
    index, sighting = symptoms.source
    return [
        evidence(message("{place} shows the photo from the source", place=sighting.surface.value), f"sightings/{index}")
    ]


def without_source(symptoms: Symptoms) -> list[Evidence]:
    """Return evidence that there is no photo at the source, if that was seen."""
    if not symptoms.source or symptoms.source[1].kind not in WITHOUT_PHOTO:
        return []
    index, sighting = symptoms.source
    said = message(
        "{place} shows {kind}, so there is no photo at the source",
        place=sighting.surface.value,
        kind=sighting.kind.value,
    )
    found = [evidence(said, f"sightings/{index}")]
    if only_mailbox(symptoms):
        note = message(
            "Only the mailbox was checked: a user without a mailbox has no photo there, but may have one elsewhere"
        )
        found.append(evidence(note, f"sightings/{index}"))
    return found


def only_mailbox(symptoms: Symptoms) -> bool:
    """Return whether it is Outlook alone that has no photo of the user; it has none of a user without a mailbox."""
    return symptoms.source is not None and symptoms.source[1].surface is Surface.OUTLOOK_PHOTO


def contradicting_source(symptoms: Symptoms) -> list[Evidence]:
    """Return evidence against there being no photo at the source: another place of the same service shows one."""
    for index, sighting in symptoms.sightings:
        if sighting.source is Source.PEOPLE_SERVICE and sighting.kind is Kind.PHOTO:
            said = message(
                "But {place} shows a photo from the same Microsoft 365 service: run the check again before changing "
                "anything",
                place=sighting.surface.value,
            )
            return [evidence(said, f"sightings/{index}")]
    return []


def has_source(symptoms: Symptoms) -> bool:
    """Return whether a photo was seen at the source."""
    return symptoms.source is not None and symptoms.source[1].kind is Kind.PHOTO


def in_profile(symptoms: Symptoms, said: Message) -> Evidence:
    """Return a sentence about the profile's properties, with a reference to them."""
    assert symptoms.profile
    return evidence(said, symptoms.view.ref_of(symptoms.profile))
