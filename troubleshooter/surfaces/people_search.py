"""The result in SharePoint's people search."""

from __future__ import annotations

from urllib.parse import quote

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.PEOPLE_SEARCH,
    source=Source.SEARCH_INDEX,
    facts="photo sync 5.1, people search: address (H), markup not found; source: 5.3, indexed PictureURL (M)",
    locator=LocatorDefinition(
        id="people-search.results",
        use="the part of the people search page that shows results",
        fact="photo sync 5.1, people search; markup not found, so by role",
        confidence="L",
        selectors=('[role="main"]', "main", "#spPageChromeAppDiv"),
    ),
    default=Default.ON_REQUEST,
    refines=frozenset({Source.SHAREPOINT_COPY}),
)


def address(origin: str, text: str) -> str:
    """Return the URL of the people search for `text`."""
    return f"{origin}/_layouts/15/search.aspx/people?q={quote(text, safe='@', errors='replace')}"
