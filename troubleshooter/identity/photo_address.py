"""Reads from a picture's URL which store it came from, and whose photo it is. Pure.

Which URL belongs to which store was collected from public code and recorded pages; a `data:` or `blob:` URL says
nothing.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote

from troubleshooter.model.enums import Source
from troubleshooter.urls import split

_SHAREPOINT = ("userphoto.aspx", "afdcache.ashx", "_userprofile", "/user photos/", "profileimage")
_PEOPLE = ("graph.microsoft.com", "substrate.office.com", "substrate.svc.cloud.microsoft", "delve.office.com", "loki.")
_ACCOUNT_PARAMETERS = ("accountname", "username", "email", "upn", "userid")
_CLAIMS = "i:0"
"""What is left of a claims name, `i:0#.f|membership|ana@contoso.com`, that is cut at its `#`."""
_PHOTO = re.compile(r"photo|picture|avatar|persona|profileimage|/image$")
"""What the URL of a request for a photo contains, on whatever host."""
_ASSET = re.compile(r"\.(js|css|json|svg|map|woff2?)$")
_UPN = re.compile(r"^[^@\s/|]+@[^@\s/|]+\.[^@\s/|]+$")


def source_of(url: str | None) -> Source:
    """Return the store that serves `url`, or `unknown` if the URL doesn't say."""
    text = unquote(url or "").lower()
    if not text.startswith("https:"):
        return Source.UNKNOWN
    if any(part in text for part in _SHAREPOINT):
        return Source.SHAREPOINT_COPY
    if "getpersonaphoto" in text:
        return Source.MAILBOX_COPY
    if "profilepicturev2" in text:
        return Source.OWN_CACHE
    host = split(text).hostname or ""
    return Source.PEOPLE_SERVICE if any(part in host for part in _PEOPLE) else Source.UNKNOWN


def asks_for_photo(url: str) -> bool:
    """Return whether a request for `url` asks for a person's photo, and not for a part of the page."""
    path = unquote(split(url).path).lower()
    known = source_of(url) in (Source.SHAREPOINT_COPY, Source.MAILBOX_COPY, Source.OWN_CACHE)
    return known or (bool(_PHOTO.search(path)) and not _ASSET.search(path))


def bare_account(value: str) -> str:
    """Return the UPN or mail address in an account name such as `i:0#.f|membership|ana@contoso.com`, in lower case."""
    return value.rsplit("|", 1)[-1].strip().lower()


def account_in(url: str | None) -> str | None:
    """Return the account that a photo URL names, in lower case; None if it names none."""
    parts = split(url or "")
    query = {key.lower(): values for key, values in parse_qs(parts.query).items()}
    for name in _ACCOUNT_PARAMETERS:
        for value in query.get(name, ()):
            if _UPN.match(bare_account(value)):
                return bare_account(value)
    if _UPN.match(written := bare_account(_written_account(url or ""))):
        return written
    if "graph.microsoft.com" in (parts.hostname or ""):
        for part in unquote(parts.path).split("/"):
            if _UPN.match(part):
                return part.lower()
    return None


def cut_account(url: str | None, upn: str) -> str:
    """Return the account that a service is asked for where an address names `upn` without encoding it; else `""`.

    What follows a raw `#` or `&` is not part of the request, nor what follows a quote in a style sheet; a raw `+` is a
    space.
    """
    query = {key.lower(): values for key, values in parse_qs(split(url or "").query).items()}
    asked = next((values[0] for name in _ACCOUNT_PARAMETERS if (values := query.get(name))), "")
    account, full = bare_account(asked), upn.lower()
    if not account or account == full:
        return ""
    received = full.replace("+", " ")
    cut = {received, _CLAIMS, *(received[:n] for n, letter in enumerate(received) if letter in "#&'")}
    meant = bare_account(_written_account(url or "")) == full
    return asked if account in cut or (meant and not _UPN.match(account)) else ""


def _written_account(url: str) -> str:
    """Return the account as an address is written: with what a browser reads as a fragment, or as a space."""
    found = re.search(rf"(?i)[?&](?:{'|'.join(_ACCOUNT_PARAMETERS)})=([^&]*)", url)
    return unquote(found[1]) if found else ""


def object_id_in(url: str | None) -> str | None:
    """Return the directory object id that a photo URL names, in lower case; None if it names none."""
    parts = split(url or "")
    query = {key.lower(): values for key, values in parse_qs(parts.query).items()}
    if query.get("aadobjectid"):
        return query["aadobjectid"][0].lower()
    # Graph, and Teams, which may write "8:orgid:" in front of it (real pages 2.4, B).
    found = re.search(r"/users/(?:8:orgid:)?([0-9a-fA-F-]{36})(?:/|$)", unquote(parts.path))
    return found[1].lower() if found else None


def stem_of(url: str | None) -> str:
    """Return the path of a stored thumbnail without its size, in lower case; `""` for any other URL."""
    path = unquote(split(url or "").path).lower()
    bare = re.sub(r"_[sml]thumb\.\w+$", "", path)
    return bare if bare != path else ""


def thumbnail_of(url: str | None, upn: str) -> bool:
    """Return whether `url` is a stored thumbnail whose file is named after `upn` (its `@` and `.` as `_`)."""
    name = unquote(split(url or "").path).rsplit("/", 1)[-1].lower()
    return re.sub(r"_[sml]thumb\.\w+$", "", name) == re.sub(r"[@.]", "_", upn.lower()) and "thumb" in name
