"""The avatar next to a comment: a canvas with the URL of its picture."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import SurfaceDefinition, marked

DEFINITION = SurfaceDefinition(
    surface=Surface.PAGE_COMMENT,
    source=Source.UNKNOWN,
    facts="photo sync 5.1, comments avatar, 2018: canvas with data-src (M); source: 5.3, userphoto or the CDN (M)",
    locator=LocatorDefinition(
        id="site-page.comment",
        use="a comment under a page",
        fact="photo sync 5.1, comments avatar; real pages 3.3",
        confidence="M",
        selectors=marked("sp-comment-block-root"),
    ),
)
