"""Causes at the source: no photo there, too small a one, one that may not be changed, and guests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    agreeing,
    diagnosis,
    has_source,
    property_,
    shown,
    source,
)
from troubleshooter.diagnose.record_view import MAILBOX_FED, Row, Seen, evidence
from troubleshooter.model.enums import SOURCE_SIDE, WITHOUT_PHOTO, Kind, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Evidence, rfc3339
from troubleshooter.model.reference import OTHER_SESSION

SMALL = 96
"""Pixels on a side: what a directory's thumbnail has at most."""


def guest(seen: Seen) -> Iterator[Diagnosis]:
    """C21: the subject or whoever looks is a guest, and initials or refusals stand where photos should."""
    missing = [(i, s) for i, s in seen.mine if s.kind in WITHOUT_PHOTO or s.kind is Kind.BROKEN]
    refused = [
        (i, s)
        for i, s in seen.mine
        if s.response and s.response.status in (401, 403) and (s.source in SOURCE_SIDE or s.surface in OTHER_SESSION)
    ]
    for who, what in ((seen.record.subject, "subject"), (seen.record.signed_in_as or "", "viewer")):
        if "#ext#" in who.lower() and (missing or not has_source(seen)):
            said = message("{account} is a guest's account", account=who)
            yield diagnosis(seen, "C21", HIGH, [evidence(said, None), *shown(seen, missing)])
            return
        if what == "viewer" and seen.source is None and (refused or (shut := seen.shut)):
            said = message("The photo at the source was refused to this session")
            ref = f"sightings/{refused[0][0]}" if refused else None
            more = [] if refused else [evidence(one.why, None) for one in shut[:2]]
            yield diagnosis(seen, "C21", MEDIUM, [evidence(said, ref), *more, *shown(seen, missing)])
            return
    if (kind := seen.value("SPS-UserType")) not in ("", "0") and missing and not has_source(seen):
        said = message("SPS-UserType is {kind}, not a member's 0", kind=kind)
        yield diagnosis(seen, "C21", HIGH, [property_(seen, said), *shown(seen, missing)])


def no_source(seen: Seen) -> Iterator[Diagnosis]:
    """C7: nothing at the source; a photo that still shows elsewhere is an old one."""
    if seen.source and seen.source[1].kind in WITHOUT_PHOTO:
        index, sighting = seen.source
        said = message(
            "{place} shows {kind}: the source has no photo", place=sighting.surface.value, kind=sighting.kind.value
        )
        yield diagnosis(seen, "C7", HIGH, [evidence(said, f"sightings/{index}")])


def another_at_the_source(seen: Seen) -> Iterator[Diagnosis]:
    """C9: the source lost the photo that SharePoint got from it. C8 or C9: no store has the one that was wanted."""
    if seen.record.reference != "expected" or not has_source(seen):
        return
    assert seen.source
    index = seen.source[0]
    if index not in seen.different:
        return
    parts = list(shown(seen, [seen.source]))
    if rows := seen.right([*seen.copies, *_of_mailbox(seen)]):
        said = message("{place} has the expected photo, which came through the source", place=rows[0][1].surface.value)
        yield diagnosis(seen, "C9", HIGH, [evidence(said, f"sightings/{rows[0][0]}"), *parts])
        return
    parts += shown(seen, [row for row in seen.off(seen.copies) if row[1].kind is Kind.PHOTO])
    yield diagnosis(seen, "C8", LOW, parts)
    yield diagnosis(seen, "C9", LOW, parts)


def copied_after_the_change(seen: Seen) -> Iterator[Diagnosis]:
    """C9: SharePoint copied after the user's change, and shows another photo than the source does now."""
    copied = seen.properties.timestamp if seen.properties else None
    if seen.record.reference == "expected" or seen.changed is None or copied is None or copied < seen.changed:
        return
    if has_source(seen) and seen.other and seen.value("SPS-PictureExchangeSyncState") != "0":
        said = message("SharePoint copied at {time}, after the change: the source changed again", time=rfc3339(copied))
        yield diagnosis(seen, "C9", MEDIUM, [property_(seen, said), *shown(seen, seen.other), *source(seen)])


def small_source(seen: Seen) -> Iterator[Diagnosis]:
    """C10: no picture of the photo has more pixels than a directory's thumbnail, where larger ones were asked for."""
    if not has_source(seen):
        return
    photos = [
        (i, s)
        for i, s in seen.mine
        if s.kind is Kind.PHOTO and s.natural_px and (s.source in SOURCE_SIDE or i not in seen.different)
    ]
    if any(min(s.natural_px or (0, 0)) > SMALL for _, s in photos):
        return
    small = [(i, s) for i, s in photos if _asked_px(s.url) > SMALL or s.surface is Surface.USERPHOTO_L]
    parts: list[Evidence] = []
    for index, sighting in small[:2]:
        px = min(sighting.natural_px or (0, 0))
        said = message("{place} got only {px} pixels a side, and asked for more", place=sighting.surface.value, px=px)
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        without = [row for row in _of_mailbox(seen) if row[1].kind in WITHOUT_PHOTO]
        yield diagnosis(seen, "C10", HIGH, [*parts, *shown(seen, without), *agreeing(seen.right(seen.asked), 1)])


def _of_mailbox(seen: Seen) -> list[Row]:
    return [(i, s) for i, s in seen.mine if s.surface in MAILBOX_FED]


def _asked_px(url: str | None) -> int:
    """Return how many pixels a side were asked for; 0 where the address doesn't tell."""
    text = url or ""
    if found := re.search(r"(?:size=HR|/photos/)(\d+)x\d+", text, re.IGNORECASE):
        return int(found[1])
    return 648 if re.search(r"/photo/(?:\$|%24)value", text, re.IGNORECASE) else 0
