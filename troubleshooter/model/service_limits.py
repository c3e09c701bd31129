"""Limits of Microsoft's services that more than one part of the product depends on."""

from __future__ import annotations

from datetime import timedelta

COPY_WINDOW = timedelta(hours=24)
"""SharePoint copies a photo at most once in this time, and a new photo may take that long to show everywhere."""
THROTTLED = frozenset({429, 503})
"""HTTP statuses that ask a client to slow down."""
