"""Finds what the author put on a page: its content, without the header and what surrounds it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from troubleshooter.browser.locator_use import locators
from troubleshooter.model.enums import Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.pages.handles import HeldElement, kept_in
from troubleshooter.pages.regions import Region
from troubleshooter.surfaces.sharepoint_header import ACCOUNT_BUTTON
from troubleshooter.surfaces.surface import marked

if TYPE_CHECKING:
    from playwright.async_api import Frame

CANVAS = LocatorDefinition(
    id="site-page.canvas",
    use="what the author put on a page; it also shows that this is a modern page",
    fact="photo sync 5.2; real pages 3.3",
    confidence="H",
    selectors=("#spPageCanvasContent", ".SPCanvas", *marked("CanvasZone"), "#spPageChromeAppDiv"),
)
_CONTENT = files("troubleshooter.pages").joinpath("page_content.js").read_text(encoding="utf-8")


async def content_of(frame: Frame) -> Region | None:
    """Return the region with the content of the page in `frame`; None if it is not recognized."""
    use = locators()
    tried = [(selector, use.is_repair(CANVAS, selector)) for selector in use.selectors(CANVAS)]
    holder, told = await kept_in(frame, _CONTENT, [tried, use.css(ACCOUNT_BUTTON)])
    if told is None:
        use.missed(CANVAS)
        return None
    selector, repaired = tried[told[0]]
    use.found(CANVAS, selector)
    root = HeldElement(holder, ("lists", told[1], "roots", 0))
    return Region(Surface.PEOPLE_WEB_PART, root, frame, selector, "", repaired=repaired)
