"""The author line under a page's title."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition, marked

TITLE = "cbe7b0a9-3504-44dd-a3a3-0e5cacd07788"
"""Id of the title region, which contains the byline."""

DEFINITION = SurfaceDefinition(
    surface=Surface.PAGE_BYLINE,
    source=Source.SITE_COPY,
    facts="photo sync 5.2, byline: title region (H); source: 5.3, the site's own copy and userphoto (M)",
    locator=LocatorDefinition(
        id="site-page.byline",
        use="the line under a page's title that shows its author",
        fact="photo sync 5.2, byline: title region; real pages 3.3",
        confidence="H",
        selectors=(f'[data-sp-web-part-id="{TITLE}" i]', *marked("pageHeader")),
    ),
    refines=frozenset({Source.SHAREPOINT_COPY}),
)
