"""The author in a list: the Site Pages library, and any list on a page."""

from __future__ import annotations

from troubleshooter.model.enums import Source, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.surfaces.surface import Default, SurfaceDefinition

DEFINITION = SurfaceDefinition(
    surface=Surface.LIST_AUTHOR,
    source=Source.SITE_COPY,
    facts="photo sync 3.1, author of list items (M), and 5.3, the site's own copy (M); markup not found: by role",
    locator=LocatorDefinition(
        id="site-page.list",
        use="a list, whose rows show their authors",
        fact="photo sync 3.1, author of list items; markup not found, so by role",
        confidence="M",
        selectors=('[role="grid"]', '[role="table"]', "table"),
    ),
    default=Default.ON_REQUEST,
    refines=frozenset({Source.SHAREPOINT_COPY}),
)


def library_of(page: str) -> str | None:
    """Return the URL of the library that contains `page`; None for a page outside a library."""
    site, found, _ = page.partition("/SitePages/")
    return f"{site}/SitePages" if found else None
