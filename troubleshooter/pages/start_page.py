"""SharePoint's start page."""

from __future__ import annotations


def address(origin: str) -> str:
    """Return the address of the start page of the SharePoint at `origin`."""
    return f"{origin}/_layouts/15/sharepoint.aspx"
