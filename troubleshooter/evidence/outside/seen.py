"""Builds what a copy says about sightings, profiles and pages."""

from __future__ import annotations

import re
from typing import Any

from troubleshooter.evidence.outside.stand_ins import StandIns
from troubleshooter.evidence.outside.texts import SafeTexts, harmless_id
from troubleshooter.evidence.outside.tiles import Tiles
from troubleshooter.model.locators import LocatorMatch
from troubleshooter.model.records import (
    FoundPage,
    Mixup,
    Properties,
    Record,
    Response,
    Sighting,
    Unseen,
    WebPartPeople,
)

_DIGITS = re.compile(r"\d{1,20}(\.\d{1,6})?", re.ASCII)
_TYPE = re.compile(r"(image|text|application)/[a-z+]{2,10}")
_CACHING = re.compile(r"[a-z0-9=, -]{1,80}")
_NAME = re.compile(r"(SPS-?)?(Picture|UserType|PersonalSite|RecipientType)[A-Za-z]{0,40}")
"""Names of properties of a profile that say how the photo is stored."""
_ADDRESS = "…"
"""What stands for an address, of which a copy says only that there is one."""


def sightings(record: Record, names: StandIns, tiles: Tiles) -> tuple[Sighting, ...]:
    """Return the sightings: where, when, how large, and what answered; with a tile for each picture."""
    return tuple(_sighting(index, sighting, names, tiles) for index, sighting in enumerate(record.sightings))


def _sighting(index: int, sighting: Sighting, names: StandIns, tiles: Tiles) -> Sighting:
    shot, digest = tiles.of(index) if sighting.shot else (None, None)
    return Sighting(
        surface=sighting.surface,
        step=harmless_id(sighting.step, "step"),
        subject=names.person(sighting.subject) if sighting.subject else None,
        identified_by=harmless_id(sighting.identified_by) if sighting.identified_by else None,
        kind=sighting.kind,
        source=sighting.source,
        page_url=names.page(sighting.page_url) if sighting.page_url else None,
        page=sighting.page,
        natural_px=sighting.natural_px,
        rendered_px=sighting.rendered_px,
        dpr=sighting.dpr,
        sha256=digest,
        shot=shot,
        seen_at=sighting.seen_at,
        response=_response(sighting.response) if sighting.response else None,
        session=sighting.session,
    )


def _response(response: Response) -> Response:
    """Return how a picture was answered, without what identifies it: its length, its tag, its address."""
    caching = response.headers.get("cache-control", "")
    return Response(
        status=response.status,
        content_type=response.content_type if _TYPE.fullmatch(response.content_type) else "",
        headers={"cache-control": caching} if _CACHING.fullmatch(caching) else {},
        at=response.at,
    )


def page_records(record: Record, names: StandIns, texts: SafeTexts) -> dict[str, Any]:
    """Return what the record says about profiles and pages."""
    return {
        "properties": tuple(_properties(reading, names) for reading in record.properties),
        "site_properties": tuple(_properties(reading, names) for reading in record.site_properties),
        "web_parts": tuple(
            WebPartPeople(
                page=part.page,
                page_url=names.page(part.page_url),
                surface=part.surface,
                layout=part.layout,
                count=part.count,
                includes_subject=part.includes_subject,
            )
            for part in record.web_parts
        ),
        "mixups": tuple(
            Mixup(page=m.page, page_url=names.page(m.page_url), surface=m.surface, how=harmless_id(m.how))
            for m in record.mixups
        ),
        "found_pages": tuple(
            FoundPage(url=names.page(found.url), how=texts.message(found.how)) for found in record.found_pages
        ),
        "unseen": tuple(_unseen(place, names, texts) for place in record.unseen),
        "locators": tuple(LocatorMatch(id=harmless_locator(m.id), by=m.by) for m in record.locators),
    }


def harmless_locator(id_: str) -> str:
    """Return the id of a locator, which has a dot between its page and its thing."""
    return id_ if all(harmless_id(part, "") for part in id_.split(".")) else "other"


def _unseen(place: Unseen, names: StandIns, texts: SafeTexts) -> Unseen:
    return Unseen(
        surface=place.surface,
        page_url=names.page(place.page_url) if place.page_url else None,
        reason=place.reason,
        why=texts.message(place.why),
        status=place.status,
    )


def _properties(reading: Properties, names: StandIns) -> Properties:
    values = {name: _value(value) for name, value in reading.values.items() if _NAME.fullmatch(name)}
    return Properties(
        of=names.person(reading.of),
        read_at=reading.read_at,
        url=names.page(reading.url) if reading.url else "",
        status=reading.status,
        values=values,
        timestamp=reading.timestamp,
        moment=harmless_id(reading.moment),
    )


def _value(value: str | None) -> str | None:
    """Return a property's value: a number as it is, an address only as one that is there."""
    return value if not value or _DIGITS.fullmatch(value) else _ADDRESS
