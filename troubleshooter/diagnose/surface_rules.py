"""Finds causes between a correct copy and the reader: caches, CDN, one site, search, blocked cookies, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    at_source,
    diagnosis,
    evidence,
    has_source,
    in_profile,
    right_at,
    wrong_at,
)
from troubleshooter.diagnose.symptoms import SITE, Symptoms, was_delivered
from troubleshooter.model.enums import Kind, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.record_view import IndexedSighting
from troubleshooter.model.records import Diagnosis, Sighting, rfc3339
from troubleshooter.urls import host_of

_STORED_S, _STORED_M = 50, 96
"""Largest side, in pixels, of the two smaller stored pictures."""
_DRAWN_LARGE = 64
"""Smallest side, in CSS pixels, at which a blurry picture is noticeable."""


def browser_cache(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C12: the same place is right in a private session and wrong in a browser with a cache."""
    for index, cached in symptoms.wrong(symptoms.in_browser_profile):
        twins = [
            (i, s)
            for i, s in symptoms.right(symptoms.sightings)
            if s.surface is cached.surface and s.page == cached.page
        ]
        if not twins:
            continue
        twin = next((row for row in twins if row[1].url == cached.url), twins[0])
        said = message(
            "{place} is right in a private session and wrong in the browser profile", place=cached.surface.value
        )
        parts = [evidence(said, f"sightings/{index}"), *wrong_at(symptoms, [(index, cached)]), *right_at([twin], 1)]
        same_address = bool(cached.url) and cached.url == twin[1].url
        if same_address:
            parts.append(evidence(message("Both pictures come from the same address"), f"sightings/{twin[0]}"))
        if (at := _answered_at(cached)) and at < symptoms.record.started:
            said = message("The browser received its picture at {time}, before this check", time=rfc3339(at))
            parts.append(evidence(said, f"sightings/{index}"))
        yield diagnosis(symptoms, "C12", HIGH if same_address else MEDIUM, parts)
        return


def _answered_at(sighting: Sighting) -> datetime | None:
    """Return the date in the service's response, which a cache keeps."""
    try:
        at = parsedate_to_datetime(sighting.response.headers["date"]) if sighting.response else None
    except (KeyError, ValueError):
        return None
    return at if at and at.tzinfo else None


def mixed_generations(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C24: on the pages, pictures from the source are right and pictures from SharePoint's copy are wrong."""
    old = [
        (i, s) for i, s in symptoms.wrong(symptoms.on_pages) if s.source in (Source.SHAREPOINT_COPY, Source.SITE_COPY)
    ]
    new = symptoms.right(symptoms.fed_by_source)
    if old and new and not (symptoms.copy_is_right or symptoms.only_delivery_is_late):
        said = message("The pages use pictures from two services, one right and one wrong")
        first = evidence(said, f"sightings/{old[0][0]}")
        yield diagnosis(symptoms, "C24", HIGH, [first, *wrong_at(symptoms, old), *right_at(new)])


def stale_delivery(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C13: SharePoint's direct URL, or its stored picture, is right, but the CDN's URL serves a different one."""
    if symptoms.only_delivery_is_late:
        late = [row for row in symptoms.other_photos if was_delivered(row[1])]
        stored = symptoms.right(symptoms.at((Surface.STORED_THUMBNAIL,)))
        yield diagnosis(symptoms, "C13", HIGH, [*wrong_at(symptoms, late), *right_at(stored)])
        return
    if not symptoms.copy_is_right:
        return
    others = [
        row
        for row in symptoms.wrong(symptoms.copies)
        if row[1].kind is Kind.PHOTO and not _of_the_site(row) and row not in symptoms.badly_named
    ]
    if _sites_behind(symptoms):
        others = [row for row in others if row[1].surface not in SITE]  # the site's own copy explains them
    delivered = [row for row in others if was_delivered(row[1])]
    earlier = [row for row in others if symptoms.different[row[0]][1].code == "other-photo" and _may_be_delivered(row)]
    if delivered or earlier:
        parts = [*wrong_at(symptoms, delivered or earlier), *right_at(symptoms.right_by_address)]
        yield diagnosis(symptoms, "C13", HIGH if delivered else LOW, parts)


def _may_be_delivered(row: IndexedSighting) -> bool:
    """Return whether a picture may come from the CDN: it was requested from the direct URL, or no URL is known."""
    return "://" not in (row[1].url or "") or "userphoto.aspx" in _addresses(row)


def _addresses(row: IndexedSighting) -> str:
    response = row[1].response
    return f"{row[1].url} {response.url if response else ''}".lower()


def stale_site(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C15: SharePoint's copy is right, and one site's own copy is not."""
    rows = [row for row in symptoms.wrong(symptoms.on_pages) if _of_the_site(row)]
    rows = [row for row in rows if row not in symptoms.badly_named and row[1].source is not Source.PEOPLE_SERVICE]
    if not rows or not symptoms.copy_is_right:
        return
    parts = [*wrong_at(symptoms, rows), *right_at(symptoms.right_by_address)]
    older = _sites_behind(symptoms)
    if older:
        said = message("The site’s user information list has an older picture timestamp than the profile")
        parts.insert(0, evidence(said, f"site_properties/{older[0]}"))
    elsewhere = symptoms.right([row for row in symptoms.on_pages if not _of_the_site(row)])
    # A site whose own data says that it is up to date contradicts the cause.
    denied = bool(symptoms.copied_at and not older and any(p.timestamp for p in symptoms.record.site_properties))
    yield diagnosis(symptoms, "C15", LOW if denied else HIGH if older or elsewhere else MEDIUM, parts)


def _sites_behind(symptoms: Symptoms) -> list[int]:
    """Return the readings of a site's own copy that have an older picture timestamp than the profile."""
    central = symptoms.copied_at
    times = [(n, p.timestamp) for n, p in enumerate(symptoms.record.site_properties)]
    return [n for n, at in times if central and at and at < central]


def _of_the_site(row: IndexedSighting) -> bool:
    """Return whether a place is fed by the site's own copy, unlike a comment that requests the user's photo."""
    surface, url = row[1].surface, (row[1].url or "").lower()
    requests = "userphoto.aspx" in url or "_userprofile" in url
    return surface in SITE and not (surface is Surface.PAGE_COMMENT and requests)


def stale_search(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C16: search is wrong although the copy that feeds it is right, or nothing else is wrong."""
    rows = symptoms.wrong(
        [(i, s) for i, s in symptoms.sightings if s.surface is Surface.PEOPLE_SEARCH or s.source is Source.SEARCH_INDEX]
    )
    alone = all(row in rows for row in symptoms.wrong_copies)
    if rows and has_source(symptoms) and (alone or symptoms.copy_is_right):
        yield diagnosis(symptoms, "C16", HIGH, [*wrong_at(symptoms, rows), *right_at(symptoms.right_by_address)])


def blocked_cookies(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C18: only pictures from the -my host are broken, and SharePoint's direct URL serves the photo."""
    parts = []
    for index, sighting in symptoms.blocked_by_browser[:3]:
        place, host = sighting.surface.value, host_of(sighting.url or "")
        said = message(
            "{place} did not load, and its picture comes from the OneDrive host {host}", place=place, host=host
        )
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        yield diagnosis(symptoms, "C18", HIGH if symptoms.right_by_address else MEDIUM, parts)


def refused_to_session(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C28: SharePoint refuses the pictures to the account or session that checks, also when opened by themselves."""
    rows = symptoms.refused_to_session
    parts = []
    for index, sighting in rows[:3]:
        said = message(
            "{place} did not load: {host} denied {account} access to the picture",
            place=sighting.surface.value,
            host=host_of((sighting.response.url if sighting.response else None) or sighting.url or ""),
            account=symptoms.record.signed_in_as or symptoms.record.account,
        )
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        parts += [
            evidence(unseen.why, None)
            for unseen in symptoms.record.unseen
            if unseen.status and unseen.surface is Surface.STORED_THUMBNAIL
        ][:1]
        yield diagnosis(symptoms, "C28", HIGH, [*parts, *right_at(symptoms.right_by_address, 1), *at_source(symptoms)])


def failed_delivery(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C14: SharePoint's pictures are refused or broken, or are placeholders although a photo is stored."""
    skipped = symptoms.blocked_by_browser_or_library + symptoms.refused_to_session
    rows = [row for row in symptoms.refused_copies or symptoms.broken_copies if row not in skipped]
    rows = [row for row in rows if not (row in symptoms.badly_named and symptoms.copy_is_right)]
    if not rows:
        yield from _served_placeholders(symptoms)
        return
    parts = []
    for index, sighting in rows[:3]:
        status = sighting.response.status if sighting.response else "-"
        said = message(
            "{place} did not load: the response had HTTP status {status}",
            place=sighting.surface.value,
            status=status,
        )
        parts.append(evidence(said, f"sightings/{index}"))
    yield diagnosis(symptoms, "C14", HIGH if len(rows) >= 2 else MEDIUM, parts + at_source(symptoms))


def _served_placeholders(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C14: placeholders are served although a photo is stored; if only on a page, this merely fits the cause."""
    stored = symptoms.value("SPS-PicturePlaceholderState") == "0" and symptoms.value("SPS-PictureTimestamp")
    blank = [row for row in symptoms.blank_copies if row not in symptoms.badly_named]
    if has_source(symptoms) and blank and stored and not symptoms.copy_is_right:
        said = message("The SharePoint profile says that it has a picture to show")
        yield diagnosis(
            symptoms, "C14", MEDIUM, [in_profile(symptoms, said), *wrong_at(symptoms, blank), *at_source(symptoms)]
        )
    elif has_source(symptoms) and blank and symptoms.copy_is_right:
        yield diagnosis(
            symptoms,
            "C14",
            LOW,
            [*wrong_at(symptoms, blank), *right_at(symptoms.right_by_address), *at_source(symptoms)],
        )


def blurry(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C23: the photo is right, but rendered much larger than the small stored picture that the page requested."""
    rows = [
        (i, s) for i, s in symptoms.on_pages if s.kind is Kind.PHOTO and i not in symptoms.different and _too_small(s)
    ]
    sharp = [
        s for i, s in symptoms.sightings if s.natural_px and s.kind is Kind.PHOTO and min(s.natural_px) > _STORED_M
    ]
    if not rows or not sharp or symptoms.wrong_copies:
        return
    parts = []
    for index, sighting in rows[:3]:
        px, drawn = min(sighting.natural_px or (0, 0)), min(sighting.rendered_px or (0, 0))
        said = message(
            "{place} enlarges a picture of {px} pixels to {drawn} pixels",
            place=sighting.surface.value,
            px=px,
            drawn=drawn,
        )
        parts.append(evidence(said, f"sightings/{index}"))
    yield diagnosis(symptoms, "C23", MEDIUM if len(rows) > 1 else LOW, parts)


def _too_small(sighting: Sighting) -> bool:
    natural, rendered, dpr, url = sighting.natural_px, sighting.rendered_px, sighting.dpr, sighting.url
    if not natural or not rendered or min(rendered) / (dpr or 1) < _DRAWN_LARGE:
        return False
    smallest = bool(re.search(r"[?&]size=s(&|$)", (url or "").lower())) or min(natural) <= _STORED_S
    return smallest and min(rendered) >= 1.4 * min(natural)
