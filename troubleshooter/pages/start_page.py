"""Contains the URL of SharePoint's start page."""

from __future__ import annotations


def address(origin: str) -> str:
    """Return the URL of SharePoint's start page at `origin`."""
    return f"{origin}/_layouts/15/sharepoint.aspx"
