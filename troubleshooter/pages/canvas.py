"""The people that a modern page's own data names: People web parts and the byline. Pure."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from troubleshooter.identity.match import Member
from troubleshooter.identity.photo_address import bare_account
from troubleshooter.surfaces.page_byline import TITLE
from troubleshooter.surfaces.people_web_part import PEOPLE

__all__ = ["PEOPLE", "TITLE", "WebPart", "people_in"]


@dataclass(frozen=True)
class WebPart:
    """One web part that shows people."""

    kind: str
    """`PEOPLE` or `TITLE`."""
    instance: str
    members: tuple[Member, ...]
    layout: int | None = field(default=None, compare=False)
    """Of a People web part: 1 compact, 2 descriptive; None where the page's data doesn't say."""


_TOLD = ("id", "upn", "email", "sip", "aadObjectId", "firstName", "lastName", "name", "role", "department")
"""What a page's data may tell of a person."""


def _member(person: Any) -> Member | None:  # noqa: ANN401 - whatever JSON the page holds
    """Return the person of one entry, without an address where it gives none; None where it is no person."""
    if isinstance(person, str):
        person = {"id": person}
    if not isinstance(person, dict):
        return None
    named = [bare_account(str(person.get(key) or "")) for key in ("upn", "id", "email", "sip")]
    mailed = [bare_account(str(person.get(key) or "")) for key in ("email", "sip")]
    upn, email = (next((a for a in addresses if "@" in a.strip("@")), "") for addresses in (named, mailed))
    told = tuple((key, str(person[key])) for key in _TOLD if person.get(key))
    return Member(upn, email, str(person.get("aadObjectId") or ""), told)


def _web_parts(value: Any) -> Iterator[WebPart]:  # noqa: ANN401 - whatever JSON the page holds
    """Yield every web part below `value`, however deep it is wrapped."""
    if isinstance(value, list):
        for item in value:
            yield from _web_parts(item)
    if not isinstance(value, dict):
        return
    kind = str(value.get("webPartId") or value.get("id") or "").lower()
    properties = value.get("properties")
    if kind in (PEOPLE, TITLE) and isinstance(properties, dict):
        key = "persons" if kind == PEOPLE else "authors"
        people = properties.get(key) or properties.get("authorByline") or []
        members = map(_member, people if isinstance(people, list) else [])
        instance = str(value.get("instanceId") or "")
        layout = properties.get("layout") if kind == PEOPLE else None
        known = layout if isinstance(layout, int) else None
        yield WebPart(kind, instance.lower(), tuple(m for m in members if m), known)
        return
    for item in value.values():
        yield from _web_parts(item)


def people_in(text: str) -> list[WebPart]:
    """Return the web parts in canvas content: a JSON array, or HTML whose attributes hold the JSON."""
    return list(dict.fromkeys(_all_in(text)))  # a page's HTML tells of one web part more than once


def _all_in(text: str) -> list[WebPart]:
    try:
        return list(_web_parts(json.loads(text)))
    except ValueError:
        pass
    found: list[WebPart] = []
    for raw in re.findall(r'data-sp-(?:webpartdata|controldata)=(?:"([^"]*)"|\'([^\']*)\')', text):
        try:
            found += _web_parts(json.loads(html.unescape(raw[0] or raw[1])))
        except ValueError:
            continue
    return found
