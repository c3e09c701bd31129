"""Addresses that give a stored photo by itself. Each is visited top-level, so that the bytes come from the browser."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.pages.surfaces.graph_photo import address as graph
from troubleshooter.pages.surfaces.outlook_photo import address as outlook
from troubleshooter.pages.surfaces.stored_thumbnail import addresses as thumbnails
from troubleshooter.pages.surfaces.userphoto import SIZES
from troubleshooter.pages.surfaces.userphoto import address as userphoto

__all__ = ["SIZES", "graph", "outlook", "stamped", "start_page", "thumbnails", "userphoto"]


def start_page(origin: str) -> str:
    """Return the address of SharePoint's start page."""
    return f"{origin}/_layouts/15/sharepoint.aspx"


def stamped(url: str, stamp: str | None) -> str:
    """Return `url` with the time of the copy, as SharePoint's own pages write it, so that no cache answers for it."""
    return f"{url}&t={quote(stamp)}" if stamp else url
