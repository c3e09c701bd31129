"""Causes in SharePoint's own copy: never made, hidden, put there by hand, behind, stuck, without a mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

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
from troubleshooter.diagnose.record_view import CLIENTS, MAILBOX_FED, SITE, Seen
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Source
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Evidence, rfc3339

WINDOW = timedelta(hours=24)
"""SharePoint copies at most once in this time."""
_STUCK = 2 * WINDOW
_PICTURE = (
    "SPS-PictureTimestamp",
    "SPS-PicturePlaceholderState",
    "SPS-PictureExchangeSyncState",
    "PictureURL",
    "PictureUrl",
)


def no_mailbox(seen: Seen) -> Iterator[Diagnosis]:
    """C11: the photo is there, and neither what the mailbox feeds nor SharePoint after it has one."""
    if not has_source(seen):
        return
    without = [(i, s) for i, s in seen.mine if s.surface in MAILBOX_FED and s.kind in WITHOUT_PHOTO]
    state, stored = seen.value("SPS-PictureExchangeSyncState"), seen.value("PictureURL")
    parts = [*shown(seen, without), *shown(seen, seen.blank, 2), *source(seen)]
    if state == "0" and seen.blank and not stored and not seen.value("SPS-PictureTimestamp"):
        said = message("SPS-PictureExchangeSyncState is 0 and nothing was ever copied")
        yield diagnosis(seen, "C11", HIGH if without else MEDIUM, [property_(seen, said), *parts])
    elif without and seen.blank and state != "1" and not stored:
        yield diagnosis(seen, "C11", HIGH if seen.readable else MEDIUM, parts)
    elif without and not seen.wrong:
        yield diagnosis(seen, "C11", LOW, parts)


def never_fetched(seen: Seen) -> Iterator[Diagnosis]:
    """C2: all three picture properties are empty, and there is no address of a picture."""
    blank = seen.blank or [row for row in seen.other if seen.different[row[0]][1].code == "placeholder"]
    if not has_source(seen) or seen.refused or not blank or seen.right(seen.asked):
        return
    parts = [*shown(seen, blank), *source(seen)]
    values = {name: seen.value(name) for name in _PICTURE}
    fed = any(s.surface in MAILBOX_FED and s.kind in WITHOUT_PHOTO for _, s in seen.mine)
    if not seen.readable and not any(values.values()):
        yield diagnosis(seen, "C2", LOW, parts)
    elif not any(values.values()):
        said = message("The picture properties of the SharePoint profile are all empty: it never fetched a photo")
        yield diagnosis(seen, "C2", MEDIUM if fed or seen.geo else HIGH, [property_(seen, said), *parts])
    elif not any(values[name] for name in ("SPS-PictureTimestamp", "PictureURL", "PictureUrl")):
        said = message("The SharePoint profile has neither a picture's address nor a time at which one was copied")
        yield diagnosis(
            seen,
            "C2",
            LOW if values["SPS-PictureExchangeSyncState"] == "0" else MEDIUM,
            [property_(seen, said), *parts],
        )


def told_to_hide(seen: Seen) -> Iterator[Diagnosis]:
    """C6: the placeholder flag is set although a picture is stored."""
    if has_source(seen) and seen.value("SPS-PicturePlaceholderState") == "1" and seen.value("PictureURL"):
        said = message("SPS-PicturePlaceholderState is 1 although a picture is stored")
        parts = [property_(seen, said), *shown(seen, seen.blank), *source(seen)]
        yield diagnosis(seen, "C6", HIGH if seen.blank else MEDIUM, parts)


def own_upload(seen: Seen) -> Iterator[Diagnosis]:
    """C5: not in sync with Exchange by its own word, and another real photo."""
    if not has_source(seen) or not _behind(seen):
        return
    parts = [*shown(seen, seen.other), *source(seen)]
    if seen.value("SPS-PictureExchangeSyncState") == "0" and seen.value("SPS-PicturePlaceholderState") != "1":
        said = message("SPS-PictureExchangeSyncState is 0: the photo in SharePoint does not come from the mailbox")
        sure = HIGH if seen.value("SPS-PicturePlaceholderState") == "0" else MEDIUM
        yield diagnosis(seen, "C5", sure, [property_(seen, said), *parts])
    elif not seen.readable:
        yield diagnosis(seen, "C5", LOW, parts)


def _behind(seen: Seen) -> bool:
    """Return whether SharePoint's copy shows another photo: by its own address where that answered, else on a page."""
    if not seen.other:
        return False
    off = [row for row in seen.other if row[1].surface not in SITE]
    return bool(off) and (not seen.copy_is_right or not seen.right(seen.asked))


def older_copy(seen: Seen) -> Iterator[Diagnosis]:
    """C1: an older photo of SharePoint's own; C3, or with many users C4, when it is older than the window allows."""
    if not has_source(seen) or not _behind(seen) or seen.value("SPS-PictureExchangeSyncState") == "0":
        return
    if seen.source_is_behind:
        return
    parts = [*shown(seen, seen.other), *source(seen)]
    copied = seen.properties.timestamp if seen.properties else None
    if copied is None or seen.properties is None:
        yield diagnosis(seen, "C1", MEDIUM, parts)
        return
    age = seen.now - copied
    said = message(
        "SharePoint copied its photo at {time}, {hours} hours before this run", time=rfc3339(copied), hours=_hours(age)
    )
    parts.insert(0, property_(seen, said))
    if seen.changed is not None:
        yield from _against_the_change(seen, parts)
    elif age < WINDOW:
        yield diagnosis(seen, "C1", HIGH, parts)
    else:
        yield diagnosis(seen, "C1", MEDIUM, parts)
        yield from _stuck(seen, parts, sure=False)


def _against_the_change(seen: Seen, parts: list[Evidence]) -> Iterator[Diagnosis]:
    assert seen.changed and seen.properties and seen.properties.timestamp
    if seen.properties.timestamp >= seen.changed:
        return  # copied after the change: the copy is not behind it
    since = seen.now - seen.changed
    said = message("The photo was changed {hours} hours before this run, after that copy", hours=_hours(since))
    parts.insert(1, property_(seen, said))
    if since < WINDOW:
        yield diagnosis(seen, "C1", HIGH, parts)
        return
    late = since >= _STUCK
    yield from _stuck(seen, parts, sure=late)
    yield diagnosis(seen, "C1", LOW if late else MEDIUM, parts)


def _stuck(seen: Seen, parts: list[Evidence], *, sure: bool) -> Iterator[Diagnosis]:
    """Yield C26, C3 and C4: one user's evidence cannot tell them apart, nor prove the first and the last."""
    yield diagnosis(seen, "C3", MEDIUM if sure else LOW, parts)
    if seen.from_source and not seen.off(seen.from_source) and not seen.off(seen.content):
        yield diagnosis(seen, "C26", LOW, [*parts, *agreeing(seen.right(seen.from_source))])
    yield diagnosis(seen, "C4", LOW, parts)


def stale_caches(seen: Seen) -> Iterator[Diagnosis]:
    """C17: Outlook or Teams shows another photo, which no copy of SharePoint's feeds; initials may be the mailbox's."""
    rows = seen.off([(i, s) for i, s in seen.mine if s.surface in CLIENTS])
    mailbox = seen.off([(i, s) for i, s in seen.mine if s.source is Source.MAILBOX_COPY])
    if seen.wrong:
        rows = [row for row in rows if row[1].kind is Kind.PHOTO and not mailbox]
    if rows and has_source(seen) and not seen.source_is_behind:
        yield diagnosis(seen, "C17", HIGH, [*shown(seen, rows), *agreeing(seen.right(seen.copies)), *source(seen)])


def _hours(age: timedelta) -> str:
    return f"{max(age.total_seconds(), 0) / 3600:.0f}"
