"""Finds causes in SharePoint's own copy: never made, hidden, uploaded by hand, outdated, stuck, without a mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    at_source,
    diagnosis,
    has_source,
    in_profile,
    right_at,
    wrong_at,
)
from troubleshooter.diagnose.symptoms import CLIENTS, MAILBOX_FED, SITE, Symptoms
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Source
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Evidence, rfc3339
from troubleshooter.model.service_limits import COPY_WINDOW

_STUCK = 2 * COPY_WINDOW
"""How long after a change an old copy counts as stuck."""
_PICTURE = (
    "SPS-PictureTimestamp",
    "SPS-PicturePlaceholderState",
    "SPS-PictureExchangeSyncState",
    "PictureURL",
    "PictureUrl",
)


def no_mailbox(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C11: there is a photo at the source, but neither the surfaces fed by the mailbox nor SharePoint shows one."""
    if not has_source(symptoms):
        return
    without = [(i, s) for i, s in symptoms.at(MAILBOX_FED) if s.kind in WITHOUT_PHOTO]
    state, stored = symptoms.value("SPS-PictureExchangeSyncState"), symptoms.value("PictureURL")
    parts = [*wrong_at(symptoms, without), *wrong_at(symptoms, symptoms.blank_copies, 2), *at_source(symptoms)]
    if state == "0" and symptoms.blank_copies and not stored and not symptoms.value("SPS-PictureTimestamp"):
        said = message("SPS-PictureExchangeSyncState is 0 and nothing was ever copied")
        yield diagnosis(symptoms, "C11", HIGH if without else MEDIUM, [in_profile(symptoms, said), *parts])
    elif without and symptoms.blank_copies and state != "1" and not stored:
        yield diagnosis(symptoms, "C11", HIGH if symptoms.readable else MEDIUM, parts)
    elif without and not symptoms.wrong_copies:
        yield diagnosis(symptoms, "C11", LOW, parts)


def never_fetched(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C2: all three picture properties are empty, and the profile has no picture URL."""
    blank = symptoms.blank_copies or [
        row for row in symptoms.other_photos if symptoms.different[row[0]][1].code == "placeholder"
    ]
    if not has_source(symptoms) or symptoms.refused_copies or not blank or symptoms.right_by_address:
        return
    parts = [*wrong_at(symptoms, blank), *at_source(symptoms)]
    values = {name: symptoms.value(name) for name in _PICTURE}
    fed = any(s.kind in WITHOUT_PHOTO for _, s in symptoms.at(MAILBOX_FED))
    if not symptoms.readable and not any(values.values()):
        yield diagnosis(symptoms, "C2", LOW, parts)
    elif not any(values.values()):
        said = message(
            "The picture properties of the SharePoint profile are all empty: SharePoint never fetched a photo"
        )
        yield diagnosis(
            symptoms, "C2", MEDIUM if fed or symptoms.other_geo else HIGH, [in_profile(symptoms, said), *parts]
        )
    elif not any(values[name] for name in ("SPS-PictureTimestamp", "PictureURL", "PictureUrl")):
        said = message("The SharePoint profile has neither the address of a picture nor the time of a copy")
        yield diagnosis(
            symptoms,
            "C2",
            LOW if values["SPS-PictureExchangeSyncState"] == "0" else MEDIUM,
            [in_profile(symptoms, said), *parts],
        )


def set_to_placeholder(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C6: the placeholder flag is set although a picture is stored."""
    if has_source(symptoms) and symptoms.value("SPS-PicturePlaceholderState") == "1" and symptoms.value("PictureURL"):
        said = message("SPS-PicturePlaceholderState is 1 although a picture is stored")
        parts = [in_profile(symptoms, said), *wrong_at(symptoms, symptoms.blank_copies), *at_source(symptoms)]
        yield diagnosis(symptoms, "C6", HIGH if symptoms.blank_copies else MEDIUM, parts)


def uploaded_by_hand(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C5: the profile says that it is not in sync with Exchange, and SharePoint shows a different photo."""
    if not has_source(symptoms) or not _behind(symptoms):
        return
    parts = [*wrong_at(symptoms, symptoms.other_photos), *at_source(symptoms)]
    if symptoms.value("SPS-PictureExchangeSyncState") == "0" and symptoms.value("SPS-PicturePlaceholderState") != "1":
        said = message("SPS-PictureExchangeSyncState is 0: the photo in SharePoint does not come from the mailbox")
        sure = HIGH if symptoms.value("SPS-PicturePlaceholderState") == "0" else MEDIUM
        yield diagnosis(symptoms, "C5", sure, [in_profile(symptoms, said), *parts])
    elif not symptoms.readable:
        yield diagnosis(symptoms, "C5", LOW, parts)


def _behind(symptoms: Symptoms) -> bool:
    """Return whether SharePoint's copy shows a different photo: at its direct URL if that responded, else on a page.

    What only the CDN still shows is no copy of SharePoint's.
    """
    central = [row for row in symptoms.other_photos if row[1].surface not in SITE]
    return bool(central) and not (symptoms.copy_is_right or symptoms.only_delivery_is_late)


def older_copy(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C1: SharePoint shows an older photo; C3, or C4 for many users, if it is older than the copy window allows."""
    if not has_source(symptoms) or not _behind(symptoms) or symptoms.value("SPS-PictureExchangeSyncState") == "0":
        return
    if symptoms.source_is_behind:
        return
    parts = [*wrong_at(symptoms, symptoms.other_photos), *at_source(symptoms)]
    copied = symptoms.copied_at
    if copied is None:
        yield diagnosis(symptoms, "C1", MEDIUM, parts)
        return
    age = symptoms.now - copied
    said = message(
        "SharePoint last copied the photo at {time}, {hours} h before this check",
        time=rfc3339(copied),
        hours=_hours(age),
    )
    parts.insert(0, in_profile(symptoms, said))
    if symptoms.changed_at is not None:
        yield from _behind_the_change(symptoms, parts)
    elif age < COPY_WINDOW:
        yield diagnosis(symptoms, "C1", HIGH, parts)
    else:
        yield diagnosis(symptoms, "C1", MEDIUM, parts)
        yield from _stuck(symptoms, parts, sure=False)


def _behind_the_change(symptoms: Symptoms, parts: list[Evidence]) -> Iterator[Diagnosis]:
    changed, copied = symptoms.changed_at, symptoms.copied_at
    assert changed and copied
    if copied >= changed:
        return  # copied after the change
    since = symptoms.now - changed
    said = message("The photo was changed {hours} h before this check, after that copy", hours=_hours(since))
    parts.insert(1, in_profile(symptoms, said))
    if since < COPY_WINDOW:
        yield diagnosis(symptoms, "C1", HIGH, parts)
        return
    late = since >= _STUCK
    yield from _stuck(symptoms, parts, sure=late)
    yield diagnosis(symptoms, "C1", LOW if late else MEDIUM, parts)


def _stuck(symptoms: Symptoms, parts: list[Evidence], *, sure: bool) -> Iterator[Diagnosis]:
    """Yield C3, C26 and C4, because one user's evidence can neither distinguish them nor prove the last two."""
    yield diagnosis(symptoms, "C3", MEDIUM if sure else LOW, parts)
    if symptoms.fed_by_source and not symptoms.wrong(symptoms.fed_by_source) and not symptoms.wrong(symptoms.on_pages):
        yield diagnosis(symptoms, "C26", LOW, [*parts, *right_at(symptoms.right(symptoms.fed_by_source))])
    yield diagnosis(symptoms, "C4", LOW, parts)


def client_caches(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C17: Outlook or Teams, not fed by SharePoint, shows a different photo; initials may come from the mailbox."""
    rows = symptoms.wrong(symptoms.at(CLIENTS))
    mailbox = symptoms.wrong([(i, s) for i, s in symptoms.sightings if s.source is Source.MAILBOX_COPY])
    if symptoms.wrong_copies:
        rows = [row for row in rows if row[1].kind is Kind.PHOTO and not mailbox]
    if rows and has_source(symptoms) and not symptoms.source_is_behind:
        yield diagnosis(
            symptoms,
            "C17",
            HIGH,
            [*wrong_at(symptoms, rows), *right_at(symptoms.right(symptoms.copies)), *at_source(symptoms)],
        )


def _hours(age: timedelta) -> str:
    return f"{max(age.total_seconds(), 0) / 3600:.0f}"
