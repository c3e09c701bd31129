"""From a compared and judged record to ranked diagnoses. Each rule is for one cause, or two that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from troubleshooter.diagnose.causes import CAUSES
from troubleshooter.diagnose.seen import Seen, evidence
from troubleshooter.hosts import host_of
from troubleshooter.model import (
    WITHOUT_PHOTO,
    Confidence,
    Diagnosis,
    Evidence,
    Finding,
    Kind,
    MatchVerdict,
    Record,
    Said,
    Sighting,
    Surface,
    Verdict,
    rfc3339,
    say,
)

_RANK = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_MAILBOX_FED = (Surface.OUTLOOK_PHOTO, Surface.SHAREPOINT_HEADER)
WINDOW = timedelta(hours=24)
"""SharePoint copies at most once in this time."""


def diagnosed(record: Record) -> Record:
    """Return `record` with its diagnoses, best first, and its findings."""
    if record.verdict in (Verdict.IN_SYNC, Verdict.STOPPED):
        return record.model_copy(update={"diagnoses": (), "findings": tuple(_findings(record))})
    seen = Seen(record)
    found = [diagnosis for rule in _RULES for diagnosis in rule(seen)]
    found.sort(key=lambda d: _RANK[d.confidence])
    return record.model_copy(update={"diagnoses": tuple(found), "findings": tuple(_findings(record))})


def _diagnosis(seen: Seen, cause: str, confidence: Confidence, parts: list[Evidence]) -> Diagnosis:
    row = CAUSES[cause]
    return Diagnosis(
        cause=cause,
        title=row.title.text,
        confidence=confidence,
        evidence=tuple(parts),
        remedy=row.remedy.text,
        who=row.who.text,
        wait=row.wait.text,
        recheck_after=seen.now + row.recheck if row.recheck else None,
    )


def _shown(seen: Seen, rows: list[tuple[int, Sighting]], limit: int = 3) -> Iterator[Evidence]:
    """Yield what is seen at `rows`, each with its comparison."""
    for index, sighting in rows[:limit]:
        place = sighting.surface.value
        if sighting.kind in WITHOUT_PHOTO:
            yield evidence(
                say("{place} shows no photo but {kind}", place=place, kind=sighting.kind.value), f"sightings/{index}"
            )
        elif index in seen.different:
            number, comparison = seen.different[index]
            said = say("{place} differs from the reference: {what}", place=place, what=comparison.reason)
            yield evidence(said, f"comparisons/{number}")


def _source(seen: Seen) -> list[Evidence]:
    if seen.source is None:
        return []
    index, sighting = seen.source
    said = say("{place} shows the photo at the source", place=sighting.surface.value)
    return [evidence(said, f"sightings/{index}")]


def _property(seen: Seen, said: Said) -> Evidence:
    assert seen.properties
    return evidence(said, f"properties/{seen.record.properties.index(seen.properties)}")


def _no_source(seen: Seen) -> Iterator[Diagnosis]:
    """C7: nothing at the source; a photo that still shows elsewhere is an old one."""
    if seen.source and seen.source[1].kind in WITHOUT_PHOTO:
        index, sighting = seen.source
        said = say(
            "{place} shows {kind}: the source has no photo", place=sighting.surface.value, kind=sighting.kind.value
        )
        yield _diagnosis(seen, "C7", Confidence.HIGH, [evidence(said, f"sightings/{index}")])


def _has_source(seen: Seen) -> bool:
    return seen.source is not None and seen.source[1].kind is Kind.PHOTO


def _delivery(seen: Seen) -> Iterator[Diagnosis]:
    """C14: pictures of SharePoint are refused or broken, or placeholders although there is one to show."""
    rows = [row for row in seen.refused or seen.broken if row not in seen.blocked_hosts]
    if not rows:
        yield from _delivered_blank(seen)
        return
    parts = []
    for index, sighting in rows[:3]:
        status = sighting.response.status if sighting.response else "-"
        said = say(
            "{place} did not load: the picture was answered with status {status}",
            place=sighting.surface.value,
            status=status,
        )
        parts.append(evidence(said, f"sightings/{index}"))
    everywhere = len(rows) >= 2
    yield _diagnosis(seen, "C14", Confidence.HIGH if everywhere else Confidence.MEDIUM, parts + _source(seen))


def _cross_domain(seen: Seen) -> Iterator[Diagnosis]:
    """C18: only pictures of the -my host are broken, and SharePoint's own address gives the photo."""
    parts = []
    for index, sighting in seen.blocked_hosts[:3]:
        place, host = sighting.surface.value, host_of(sighting.url or "")
        said = say("{place} did not load, and its picture comes from the OneDrive host {host}", place=place, host=host)
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        yield _diagnosis(seen, "C18", Confidence.MEDIUM, parts)


def _no_mailbox(seen: Seen) -> Iterator[Diagnosis]:
    """C11: the photo is there and SharePoint's copy is right, but what the mailbox feeds shows none."""
    rows = [(i, s) for i, s in seen.mine if s.surface in _MAILBOX_FED and s.kind in WITHOUT_PHOTO]
    if _has_source(seen) and rows and not seen.wrong:
        yield _diagnosis(seen, "C11", Confidence.LOW, [*_shown(seen, rows), *_source(seen)])


def _delivered_blank(seen: Seen) -> Iterator[Diagnosis]:
    stored = seen.value("SPS-PicturePlaceholderState") == "0" and seen.value("SPS-PictureTimestamp")
    if _has_source(seen) and seen.blank and stored:
        said = say("The SharePoint profile says that it has a picture to show")
        parts = [_property(seen, said), *_shown(seen, seen.blank), *_source(seen)]
        yield _diagnosis(seen, "C14", Confidence.MEDIUM, parts)


def _never_fetched(seen: Seen) -> Iterator[Diagnosis]:
    """C2: all three picture properties are empty, and there is no address of a picture."""
    if not _has_source(seen) or seen.refused or not seen.blank:
        return
    names = (
        "SPS-PictureTimestamp",
        "SPS-PicturePlaceholderState",
        "SPS-PictureExchangeSyncState",
        "PictureURL",
        "PictureUrl",
    )
    parts = [*_shown(seen, seen.blank), *_source(seen)]
    if seen.properties is None:
        yield _diagnosis(seen, "C2", Confidence.LOW, parts)
    elif not any(seen.value(name) for name in names):
        said = say("The picture properties of the SharePoint profile are all empty: it never fetched a photo")
        yield _diagnosis(seen, "C2", Confidence.HIGH, [_property(seen, said), *parts])


def _told_to_hide(seen: Seen) -> Iterator[Diagnosis]:
    """C6: the placeholder flag is set although a picture is stored."""
    if _has_source(seen) and seen.value("SPS-PicturePlaceholderState") == "1" and seen.value("PictureURL"):
        said = say("SPS-PicturePlaceholderState is 1 although a picture is stored")
        confidence = Confidence.HIGH if seen.blank else Confidence.MEDIUM
        yield _diagnosis(seen, "C6", confidence, [_property(seen, said), *_shown(seen, seen.blank), *_source(seen)])


def _own_upload(seen: Seen) -> Iterator[Diagnosis]:
    """C5: not in sync with Exchange by its own word, and another real photo."""
    if not _has_source(seen) or not seen.other:
        return
    if seen.value("SPS-PictureExchangeSyncState") == "0" and seen.value("SPS-PicturePlaceholderState") == "0":
        said = say("SPS-PictureExchangeSyncState is 0: the photo in SharePoint does not come from the mailbox")
        yield _diagnosis(
            seen, "C5", Confidence.HIGH, [_property(seen, said), *_shown(seen, seen.other), *_source(seen)]
        )
    elif seen.properties is None:
        yield _diagnosis(seen, "C5", Confidence.LOW, [*_shown(seen, seen.other), *_source(seen)])


def _older_copy(seen: Seen) -> Iterator[Diagnosis]:
    """C1: an older photo of SharePoint's own, in sync by its own word; C3 when it is older than the window allows."""
    if not _has_source(seen) or not seen.other:
        return
    parts = [*_shown(seen, seen.other), *_source(seen)]
    if seen.properties is None:
        yield _diagnosis(seen, "C1", Confidence.MEDIUM, parts)
        return
    if seen.value("SPS-PictureExchangeSyncState") == "0":
        return
    copied = seen.properties.timestamp
    if copied is None:
        yield _diagnosis(seen, "C1", Confidence.MEDIUM, parts)
        return
    age = seen.now - copied
    said = say(
        "SharePoint copied its photo at {time}, {hours} hours before this run", time=rfc3339(copied), hours=_hours(age)
    )
    parts.insert(0, _property(seen, said))
    if age < WINDOW:
        yield _diagnosis(seen, "C1", Confidence.HIGH, parts)
    else:
        yield _diagnosis(seen, "C1", Confidence.MEDIUM, parts)
        yield _diagnosis(seen, "C3", Confidence.LOW, parts)


def _hours(age: timedelta) -> str:
    return f"{max(age.total_seconds(), 0) / 3600:.0f}"


_RULES: tuple[Callable[[Seen], Iterator[Diagnosis]], ...] = (
    _no_source,
    _never_fetched,
    _told_to_hide,
    _own_upload,
    _older_copy,
    _cross_domain,
    _delivery,
    _no_mailbox,
)
"""In the order in which equally confident diagnoses are ranked."""


def _findings(record: Record) -> Iterator[Finding]:
    """Yield what is worth saying and is no cause."""
    seen = Seen(record)
    if record.reference == "expected" and seen.source:
        index = seen.source[0]
        row = next((c for c in record.comparisons if c.a == index and c.b == "expected"), None)
        if row and row.verdict is MatchVerdict.DIFFERENT:
            said = say("The photo at the source is not the expected one: {what}", what=row.reason)
            yield _finding("source-differs-from-expected", said, f"sightings/{index}")
    if seen.source and (px := seen.source[1].natural_px) and seen.source[1].kind is Kind.PHOTO and min(px) <= 96:
        rendered = seen.source[1].rendered_px
        if rendered and min(px) < min(rendered):
            said = say("The photo at the source is served with only {px} pixels a side and looks blurry", px=min(px))
            yield _finding("blurry-source", said, f"sightings/{seen.source[0]}")


def _finding(id_: str, said: Said, ref: str) -> Finding:
    return Finding(id=id_, text=said.text, template=said.template, args=said.args, ref=ref)
