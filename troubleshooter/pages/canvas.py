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
        yield _web_part(kind, str(value.get("instanceId") or ""), properties, _plain_texts(value))
        return
    for item in value.values():
        yield from _web_parts(item)


def _plain_texts(web_part: dict[str, Any]) -> dict[str, str]:
    """Return the texts that SharePoint keeps beside the properties, such as `persons[0].name` (photo sync 5.2)."""
    content = web_part.get("serverProcessedContent")
    texts = content.get("searchablePlainTexts") if isinstance(content, dict) else None
    if isinstance(texts, list):  # as Microsoft Graph writes it
        texts = {str(row.get("key")): row.get("value") for row in texts if isinstance(row, dict)}
    if not isinstance(texts, dict):
        return {}
    return {str(key): text for key, text in texts.items() if isinstance(text, str)}


def _web_part(kind: str, instance: str, properties: dict[str, Any], texts: dict[str, str]) -> WebPart:
    keys = ("persons",) if kind == PEOPLE else ("authors", "authorByline")
    key = next((key for key in keys if properties.get(key)), keys[0])
    people = properties.get(key)
    rows = people if isinstance(people, list) else []
    members = [_member(person, key, position, texts) for position, person in enumerate(rows)]
    layout = properties.get("layout") if kind == PEOPLE else None
    known_layout = layout if isinstance(layout, int) else None
    return WebPart(kind, instance.lower(), tuple(member for member in members if member), known_layout)


def _member(person: Any, key: str, position: int, texts: dict[str, str]) -> Member | None:  # noqa: ANN401 - any JSON
    """Return the person in an entry, without an address if it gives none; None if the entry is not a person.

    Args:
        key: the name of the list with the entry.
        position: the entry's place in the list.
        texts: what SharePoint keeps beside the entries.
    """
    if isinstance(person, str):
        person = {"id": person}
    if not isinstance(person, dict):
        return None
    beside = {field: texts.get(f"{key}[{position}].{field}") for field in ("name", "email")}
    person = {**person, **{field: person.get(field) or text for field, text in beside.items()}}
    both = [str(person.get(field) or "") for field in ("firstName", "lastName")]
    if not person.get("name") and all(both):
        person["name"] = " ".join(both)
    upns = [bare_account(str(person.get(field) or "")) for field in ("upn", "id", "email", "sip")]
    mails = [bare_account(str(person.get(field) or "")) for field in ("email", "sip")]
    upn, email = (next((a for a in addresses if "@" in a.strip("@")), "") for addresses in (upns, mails))
    fields = tuple((name, str(person[name])) for name in _FIELDS if person.get(name))
    return Member(upn, email, str(person.get("aadObjectId") or ""), fields)
