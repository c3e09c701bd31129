"""Knows the host names that a company's session control gives to Microsoft 365, and what it refuses. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from troubleshooter.model.enums import WITHOUT_PHOTO, Kind
from troubleshooter.model.sighting_records import Sighting

SESSION_CONTROL = (".mcas.ms", ".mcas-gov.us", ".mcas-gov.ms")
"""What session control appends to the names of hosts (service-2026.md, Service, H)."""
_REFUSED = (401, 403)


def is_controlled(host: str) -> bool:
    """Return whether `host` is a name that session control gave."""
    return host.endswith(SESSION_CONTROL)


def original_host(host: str) -> str:
    """Return the name that `host` has without session control."""
    return next((host.removesuffix(suffix) for suffix in SESSION_CONTROL if host.endswith(suffix)), host)


def kept_out(sighting: Sighting) -> bool:
    """Return whether session control kept a picture from a page, so that what the page shows says nothing about it.

    The page came through session control, and the picture's URL still has the usual host, which refuses it there
    (service-2026.md, Service, session control, H).
    """
    answered = sighting.response
    asked = _host((answered.url if answered else None) or sighting.url)
    if not is_controlled(_host(sighting.page_url)) or not asked or is_controlled(asked):
        return False
    missing = sighting.kind is Kind.BROKEN or sighting.kind in WITHOUT_PHOTO
    return missing and (answered is None or answered.status in _REFUSED)


def _host(url: str | None) -> str:
    return urlsplit(url or "").hostname or ""
