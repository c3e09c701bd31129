"""SharePoint's copy from its direct URL, in three sizes; the response may come from the CDN."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model.enums import Source, Surface
from troubleshooter.surfaces.surface import PICTURE, SurfaceDefinition

_FACTS = "photo sync 4, userphoto.aspx: parameters (H), redirect to the delivery network (H); sizes: 2.2 (H for S)"

SMALL, MEDIUM, LARGE = (
    SurfaceDefinition(surface=surface, source=Source.SHAREPOINT_COPY, facts=_FACTS, locator=PICTURE)
    for surface in (Surface.USERPHOTO_S, Surface.USERPHOTO_M, Surface.USERPHOTO_L)
)

SIZES = {Surface.USERPHOTO_S: "S", Surface.USERPHOTO_M: "M", Surface.USERPHOTO_L: "L"}


def address(origin: str, size: str, account: str) -> str:
    """Return SharePoint's URL for a photo; `size` S, M or L; an empty `account` gives the placeholder."""
    return f"{origin}/_layouts/15/userphoto.aspx?size={size}&accountname={quote(account, safe='@')}"


def stamped(url: str, stamp: str | None) -> str:
    """Return `url` with the time of the copy, as SharePoint's own pages add it, so that no cache responds."""
    return f"{url}&t={quote(stamp)}" if stamp else url
