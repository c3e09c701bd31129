"""Causes between a right copy and the eye: caches, delivery, one site, search, blocked hosts, sizes, generations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

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
from troubleshooter.diagnose.record_view import SITE, Row, Seen, evidence
from troubleshooter.model.enums import Kind, Source, Surface
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis, Sighting, rfc3339
from troubleshooter.urls import host_of

_STORED_S, _STORED_M = 50, 96
"""Pixels on a side of the smaller stored pictures, at most."""
_DRAWN_LARGE = 64
"""CSS pixels from which a blurry picture is seen as one."""


def browser_cache(seen: Seen) -> Iterator[Diagnosis]:
    """C12: the same place is right in a private session and wrong in one with a cache."""
    for index, kept in seen.off(seen.profile):
        twins = [(i, s) for i, s in seen.right(seen.mine) if s.surface is kept.surface and s.page == kept.page]
        if not twins:
            continue
        twin = next((row for row in twins if row[1].url == kept.url), twins[0])
        said = message(
            "{place} is right in a private session and wrong in the browser’s profile", place=kept.surface.value
        )
        parts = [evidence(said, f"sightings/{index}"), *shown(seen, [(index, kept)]), *agreeing([twin], 1)]
        same_address = bool(kept.url) and kept.url == twin[1].url
        if same_address:
            parts.append(evidence(message("Both pictures come from the same address"), f"sightings/{twin[0]}"))
        if (at := _answered_at(kept)) and at < seen.record.started:
            said = message("The browser got its picture at {time}, before this run", time=rfc3339(at))
            parts.append(evidence(said, f"sightings/{index}"))
        yield diagnosis(seen, "C12", HIGH if same_address else MEDIUM, parts)
        return


def _answered_at(sighting: Sighting) -> datetime | None:
    """Return when the service answered with a picture, by its own word; a cache gives the answer as it came."""
    try:
        at = parsedate_to_datetime(sighting.response.headers["date"]) if sighting.response else None
    except (KeyError, ValueError):
        return None
    return at if at and at.tzinfo else None


def mixed_generations(seen: Seen) -> Iterator[Diagnosis]:
    """C24: on the pages, what the people service feeds is right and what SharePoint's copy feeds is not."""
    old = [(i, s) for i, s in seen.off(seen.content) if s.source in (Source.SHAREPOINT_COPY, Source.SITE_COPY)]
    new = seen.right(seen.from_source)
    if old and new and not seen.copy_is_right:
        said = message("The pages take pictures from two services: one right, one not")
        first = evidence(said, f"sightings/{old[0][0]}")
        yield diagnosis(seen, "C24", HIGH, [first, *shown(seen, old), *agreeing(new)])


def stale_delivery(seen: Seen) -> Iterator[Diagnosis]:
    """C13: SharePoint's own address gives the photo, the delivery network's another."""
    if not seen.copy_is_right:
        return
    others = [
        row
        for row in seen.off(seen.copies)
        if row[1].kind is Kind.PHOTO and not _of_the_site(row) and row not in seen.under_another_name
    ]
    if _sites_behind(seen):
        others = [row for row in others if row[1].surface not in SITE]  # the site's own copy explains them
    delivered = [row for row in others if "afdcache" in _answered(row) or "_userprofile" in _answered(row)]
    earlier = [row for row in others if seen.different[row[0]][1].code == "other-photo"]
    if delivered or earlier:
        parts = [*shown(seen, delivered or earlier), *agreeing(seen.right(seen.asked))]
        yield diagnosis(seen, "C13", HIGH if delivered else LOW, parts)


def _answered(row: Row) -> str:
    response = row[1].response
    return f"{row[1].url} {response.url if response else ''}".lower()


def stale_site(seen: Seen) -> Iterator[Diagnosis]:
    """C15: SharePoint's copy is right, and what one site keeps for itself is not."""
    rows = [row for row in seen.off(seen.content) if _of_the_site(row)]
    rows = [row for row in rows if row not in seen.under_another_name and row[1].source is not Source.PEOPLE_SERVICE]
    if not rows or not seen.copy_is_right:
        return
    parts = [*shown(seen, rows), *agreeing(seen.right(seen.asked))]
    central = seen.properties.timestamp if seen.properties else None
    older = _sites_behind(seen)
    if older:
        said = message("The site's user information list has an older picture time than the profile")
        parts.insert(0, evidence(said, f"site_properties/{older[0]}"))
    elsewhere = seen.right([row for row in seen.content if not _of_the_site(row)])
    # The site's own word that it is not behind stands against it.
    denied = bool(central and not older and any(p.timestamp for p in seen.record.site_properties))
    yield diagnosis(seen, "C15", LOW if denied else HIGH if older or elsewhere else MEDIUM, parts)


def _sites_behind(seen: Seen) -> list[int]:
    """Return which readings of a site's own copy have an older picture time than the profile."""
    central = seen.properties.timestamp if seen.properties else None
    times = [(n, p.timestamp) for n, p in enumerate(seen.record.site_properties)]
    return [n for n, at in times if central and at and at < central]


def _of_the_site(row: Row) -> bool:
    """Return whether a place is fed from the site's own copy; a comment that asks for the user's photo is not."""
    surface, url = row[1].surface, (row[1].url or "").lower()
    asks = "userphoto.aspx" in url or "_userprofile" in url
    return surface in SITE and not (surface is Surface.PAGE_COMMENT and asks)


def stale_search(seen: Seen) -> Iterator[Diagnosis]:
    """C16: search is wrong although the copy that it is made from is right; or nothing else is wrong."""
    rows = seen.off(
        [(i, s) for i, s in seen.mine if s.surface is Surface.PEOPLE_SEARCH or s.source is Source.SEARCH_INDEX]
    )
    alone = all(row in rows for row in seen.wrong)
    if rows and has_source(seen) and (alone or seen.copy_is_right):
        yield diagnosis(seen, "C16", HIGH, [*shown(seen, rows), *agreeing(seen.right(seen.asked))])


def cross_domain(seen: Seen) -> Iterator[Diagnosis]:
    """C18: only pictures of the -my host are broken, and SharePoint's own address gives the photo."""
    parts = []
    for index, sighting in seen.blocked_hosts[:3]:
        place, host = sighting.surface.value, host_of(sighting.url or "")
        said = message(
            "{place} did not load, and its picture comes from the OneDrive host {host}", place=place, host=host
        )
        parts.append(evidence(said, f"sightings/{index}"))
    if parts:
        yield diagnosis(seen, "C18", HIGH if seen.right(seen.asked) else MEDIUM, parts)


def delivery(seen: Seen) -> Iterator[Diagnosis]:
    """C14: pictures of SharePoint are refused or broken, or placeholders although there is one to show."""
    rows = [row for row in seen.refused or seen.broken if row not in seen.blocked_hosts]
    rows = [row for row in rows if not (row in seen.under_another_name and seen.copy_is_right)]
    if not rows:
        yield from _delivered_blank(seen)
        return
    parts = []
    for index, sighting in rows[:3]:
        status = sighting.response.status if sighting.response else "-"
        said = message(
            "{place} did not load: the picture was answered with status {status}",
            place=sighting.surface.value,
            status=status,
        )
        parts.append(evidence(said, f"sightings/{index}"))
    yield diagnosis(seen, "C14", HIGH if len(rows) >= 2 else MEDIUM, parts + source(seen))


def _delivered_blank(seen: Seen) -> Iterator[Diagnosis]:
    """C14: no picture where there is one to show; on a page alone it is no more than consistent with it."""
    stored = seen.value("SPS-PicturePlaceholderState") == "0" and seen.value("SPS-PictureTimestamp")
    blank = [row for row in seen.blank if row not in seen.under_another_name]
    if has_source(seen) and blank and stored and not seen.copy_is_right:
        said = message("The SharePoint profile says that it has a picture to show")
        yield diagnosis(seen, "C14", MEDIUM, [property_(seen, said), *shown(seen, blank), *source(seen)])
    elif has_source(seen) and blank and seen.copy_is_right:
        yield diagnosis(seen, "C14", LOW, [*shown(seen, blank), *agreeing(seen.right(seen.asked)), *source(seen)])


def blurry(seen: Seen) -> Iterator[Diagnosis]:
    """C23: the right photo, drawn much larger than the small stored picture that the page asked for."""
    rows = [(i, s) for i, s in seen.content if s.kind is Kind.PHOTO and i not in seen.different and _too_small(s)]
    sharp = [s for i, s in seen.mine if s.natural_px and s.kind is Kind.PHOTO and min(s.natural_px) > _STORED_M]
    if not rows or not sharp or seen.wrong:
        return
    parts = []
    for index, sighting in rows[:3]:
        px, drawn = min(sighting.natural_px or (0, 0)), min(sighting.rendered_px or (0, 0))
        said = message(
            "{place} draws a picture of {px} pixels on {drawn}", place=sighting.surface.value, px=px, drawn=drawn
        )
        parts.append(evidence(said, f"sightings/{index}"))
    yield diagnosis(seen, "C23", MEDIUM if len(rows) > 1 else LOW, parts)


def _too_small(sighting: Sighting) -> bool:
    natural, rendered, dpr, url = sighting.natural_px, sighting.rendered_px, sighting.dpr, sighting.url
    if not natural or not rendered or min(rendered) / (dpr or 1) < _DRAWN_LARGE:
        return False
    smallest = bool(re.search(r"[?&]size=s(&|$)", (url or "").lower())) or min(natural) <= _STORED_S
    return smallest and min(rendered) >= 1.4 * min(natural)
