"""Finds causes at the source: no photo, a photo that is too small or may not be changed, and guests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    at_source,
    contradicting_source,
    diagnosis,
    evidence,
    has_source,
    in_profile,
    only_mailbox,
    right_at,
    without_source,
    wrong_at,
)
from troubleshooter.diagnose.symptoms import MAILBOX_FED, Symptoms
from troubleshooter.model.enums import PAGE_CONTENT, SOURCE_SIDE, WITHOUT_PHOTO, Kind, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Evidence, rfc3339
from troubleshooter.model.reference import OTHER_SESSION

SMALL = 96
"""Largest side, in pixels, of the thumbnail that a directory stores."""


def guest(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C21: the subject or the signed-in account is a guest, and photos are refused or replaced by initials."""
    missing = [(i, s) for i, s in symptoms.sightings if s.kind in WITHOUT_PHOTO or s.kind is Kind.BROKEN]
    refused = [
        (i, s)
        for i, s in symptoms.sightings
        if s.response and s.response.status in (401, 403) and (s.source in SOURCE_SIDE or s.surface in OTHER_SESSION)
    ]
    served = has_source(symptoms) and symptoms.copy_is_right  # then what is missing is missing for another reason
    for who, role in ((symptoms.record.subject, "subject"), (symptoms.record.signed_in_as or "", "viewer")):
        if "#ext#" in who.lower() and (missing or not has_source(symptoms)) and not served:
            said = message("{account} is a guest account", account=who)
            yield diagnosis(symptoms, "C21", HIGH, [evidence(said, None), *wrong_at(symptoms, missing)])
            return
        if role == "viewer" and symptoms.source is None and (refused or (refusals := symptoms.refused_at_source)):
            said = message("This session was denied access to the photo at the source")
            ref = f"sightings/{refused[0][0]}" if refused else None
            more = [] if refused else [evidence(unseen.why, None) for unseen in refusals[:2]]
            yield diagnosis(symptoms, "C21", MEDIUM, [evidence(said, ref), *more, *wrong_at(symptoms, missing)])
            return
    if (kind := symptoms.value("SPS-UserType")) not in ("", "0") and missing and not has_source(symptoms):
        said = message("SPS-UserType is {kind}; for a member it is 0", kind=kind)
        yield diagnosis(symptoms, "C21", HIGH, [in_profile(symptoms, said), *wrong_at(symptoms, missing)])


def no_source(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C7: there is no photo at the source; any photo still shown elsewhere has a cause of its own.

    C8 if one was sent within the last day: then nobody need add it, but something may keep it from being stored.
    """
    parts = without_source(symptoms)
    if parts and symptoms.sent_lately:
        yield diagnosis(symptoms, "C8", LOW, parts)
    elif parts:
        left = any(s.kind is Kind.PHOTO for _, s in symptoms.sightings)
        against = contradicting_source(symptoms)
        confidence = LOW if against else MEDIUM if left or only_mailbox(symptoms) else HIGH
        yield diagnosis(symptoms, "C7", confidence, [*parts, *against])


def unexpected_source(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C9: the source no longer has the photo that SharePoint copied. C8 or C9: no store has the expected photo."""
    if not symptoms.source_is_behind or not has_source(symptoms):
        return
    assert symptoms.source
    parts = list(wrong_at(symptoms, [symptoms.source]))
    if rows := symptoms.right([*symptoms.copies, *symptoms.at(MAILBOX_FED)]):
        said = message("{place} has the expected photo, which it got from the source", place=rows[0][1].surface.value)
        yield diagnosis(symptoms, "C9", HIGH, [evidence(said, f"sightings/{rows[0][0]}"), *parts])
        return
    parts += wrong_at(symptoms, [row for row in symptoms.wrong(symptoms.copies) if row[1].kind is Kind.PHOTO])
    yield diagnosis(symptoms, "C8", LOW, parts)
    yield diagnosis(symptoms, "C9", LOW, parts)


def source_changed_again(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C9: SharePoint copied after the user's change, but shows a different photo from the one now at the source."""
    changed, copied = symptoms.changed_at, symptoms.copied_at
    if symptoms.record.reference == "expected" or changed is None or copied is None or copied < changed:
        return
    if symptoms.only_delivery_is_late:
        return
    if has_source(symptoms) and symptoms.other_photos and symptoms.value("SPS-PictureExchangeSyncState") != "0":
        said = message(
            "SharePoint copied the photo at {time}, after the change, so the source has changed again",
            time=rfc3339(copied),
        )
        yield diagnosis(
            symptoms,
            "C9",
            MEDIUM,
            [in_profile(symptoms, said), *wrong_at(symptoms, symptoms.other_photos), *at_source(symptoms)],
        )


def small_source(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C10: no picture of the photo is larger than a directory's thumbnail, although larger ones were requested."""
    if not has_source(symptoms):
        return
    photos = [
        (i, s)
        for i, s in symptoms.sightings
        if s.kind is Kind.PHOTO and s.natural_px and (s.source in SOURCE_SIDE or i not in symptoms.different)
    ]
    if any(min(s.natural_px or (0, 0)) > SMALL for _, s in photos):
        return
    small = [(i, s) for i, s in photos if _requested_px(s.url) > SMALL or s.surface is Surface.USERPHOTO_L]
    parts: list[Evidence] = []
    for index, sighting in small[:2]:
        px = min(sighting.natural_px or (0, 0))
        said = message(
            "{place} received only {px} × {px} pixels although it requested more", place=sighting.surface.value, px=px
        )
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        # The mailbox refused the photo, so that neither it nor a page of a site has one.
        fed = (symptoms.at(PAGE_CONTENT)[:2], symptoms.at(MAILBOX_FED))
        without = [row for rows in fed for row in rows if row[1].kind in WITHOUT_PHOTO]
        yield diagnosis(
            symptoms,
            "C10",
            HIGH,
            [*parts, *wrong_at(symptoms, without), *right_at(symptoms.right_by_address, 1)],
        )


def _requested_px(url: str | None) -> int:
    """Return the requested side length in pixels; 0 if the URL does not specify one."""
    text = url or ""
    if found := re.search(r"(?:size=HR|/photos/)(\d+)x\d+", text, re.IGNORECASE):
        return int(found[1])
    return 648 if re.search(r"/photo/(?:\$|%24)value", text, re.IGNORECASE) else 0
