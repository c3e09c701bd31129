"""Reads which people a modern page's own data puts into its People web parts and its byline. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from troubleshooter.identity.match import Member
from troubleshooter.identity.photo_address import bare_account
from troubleshooter.model.untrusted_json import json_in
from troubleshooter.surfaces.page_byline import TITLE
from troubleshooter.surfaces.people_web_part import PEOPLE

_FIELDS = ("id", "upn", "email", "sip", "aadObjectId", "firstName", "lastName", "name", "role", "department")
"""The fields in which a page's data may describe a person."""
_DATA = re.compile(r'data-sp-(?:webpartdata|controldata)=(?:"([^"]*)"|\'([^\']*)\')')


@dataclass(frozen=True)
class WebPart:
    """One web part that shows people."""

    kind: str
    """The web part's kind: `PEOPLE` or `TITLE`."""
    instance: str
    members: tuple[Member, ...]
    layout: int | None = field(default=None, compare=False)
    """Layout of a People web part: 1 compact, 2 descriptive; None if the page's data doesn't say."""

    @property
    def is_people(self) -> bool:
        """Return whether it is a People web part, and not the title region with the byline."""
        return self.kind == PEOPLE


def people_in(text: str) -> list[WebPart]:
    """Return the web parts in canvas content: a JSON array, or HTML whose attributes contain the JSON."""
    return list(dict.fromkeys(_all_in(text)))  # a page's HTML contains some web parts more than once


def _all_in(text: str) -> list[WebPart]:
    try:
        return list(_web_parts(json_in(text)))
    except ValueError:
        pass
    found: list[WebPart] = []
    for double_quoted, single_quoted in _DATA.findall(text):
        try:
            found += _web_parts(json_in(html.unescape(double_quoted or single_quoted)))
        except ValueError:
            continue
    return found


def _web_parts(value: Any) -> Iterator[WebPart]:  # noqa: ANN401 - whatever JSON the page contains
    """Yield every web part in `value`, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from _web_parts(item)
    if not isinstance(value, dict):
        return
    kind = str(value.get("webPartId") or value.get("id") or "").lower()
    properties = value.get("properties")
    if kind in (PEOPLE, TITLE) and isinstance(properties, dict):
        yield _web_part(kind, str(value.get("instanceId") or ""), properties)
        return
    for item in value.values():
        yield from _web_parts(item)


def _web_part(kind: str, instance: str, properties: dict[str, Any]) -> WebPart:
    key = "persons" if kind == PEOPLE else "authors"
    people = properties.get(key) or properties.get("authorByline") or []
    members = map(_member, people if isinstance(people, list) else [])
    layout = properties.get("layout") if kind == PEOPLE else None
    known_layout = layout if isinstance(layout, int) else None
    return WebPart(kind, instance.lower(), tuple(member for member in members if member), known_layout)


def _member(person: Any) -> Member | None:  # noqa: ANN401 - whatever JSON the page contains
    """Return the person in an entry, without an address if it gives none; None if the entry is not a person."""
    if isinstance(person, str):
        person = {"id": person}
    if not isinstance(person, dict):
        return None
    upns = [bare_account(str(person.get(key) or "")) for key in ("upn", "id", "email", "sip")]
    mails = [bare_account(str(person.get(key) or "")) for key in ("email", "sip")]
    upn, email = (next((a for a in addresses if "@" in a.strip("@")), "") for addresses in (upns, mails))
    fields = tuple((key, str(person[key])) for key in _FIELDS if person.get(key))
    return Member(upn, email, str(person.get("aadObjectId") or ""), fields)
