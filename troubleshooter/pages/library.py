"""Reads the pages that an account may see: sites that the start page links to, and the items of their libraries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from troubleshooter.model.service_limits import THROTTLED
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.page_data import CANVAS_FIELDS, parts_of_item
from troubleshooter.pages.sharepoint_api import get_json, rows_in
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Page

_LINKS = """() => [...document.querySelectorAll('a[href]')].map((e) => e.href).filter((h) => /^https:/.test(h))"""
_SITE = re.compile(r"^/(?:sites|teams)/[^/?#]+", re.IGNORECASE)
_SELECT = f"?$select={','.join(('Title', 'FileRef', *CANVAS_FIELDS))}&$top=100"


@dataclass(frozen=True)
class PageItem:
    """A page in a library."""

    url: str
    title: str
    parts: tuple[WebPart, ...]
    """The page's People web parts and byline, according to its own data."""


@dataclass(frozen=True)
class Library:
    """The pages of one site."""

    site: str
    """The site's path; empty for the root site."""
    status: int
    """HTTP status of the response; 0 if there was none."""
    pages: tuple[PageItem, ...] = ()


async def linked_sites(page: Page) -> list[str]:
    """Return the paths of the sites that `page` links to on its own host, in order and without duplicates."""
    host = split(page.url).netloc
    found: dict[str, str] = {}
    for href in await page.evaluate(_LINKS):
        parts = split(href)
        site = _SITE.match(parts.path)
        if site and parts.netloc == host:
            found.setdefault(site[0].lower(), site[0])
    return list(found.values())


async def library_of(page: Page, origin: str, site: str, seconds: float) -> Library:
    """Read the pages of `site`, requested as a script on `page` would.

    The library's title depends on the site's language, but its path does not, so the library is requested by both.
    """
    status = 0
    for library in ("lists/getbytitle('Site Pages')", f"GetList('{site}/SitePages')"):
        path = quote(library, safe="/()'")
        response = await get_json(page, f"{origin}{site}/_api/web/{path}/items{_SELECT}", seconds)
        if response.status == 200:
            items = [item for row in rows_in(response.data) if (item := _page_item(row, origin))]
            return Library(site, response.status, tuple(items))
        if response.status in THROTTLED:
            return Library(site, response.status)
        status = status or response.status
    return Library(site, status)


def _page_item(row: dict[str, Any], origin: str) -> PageItem | None:
    path = str(row.get("FileRef") or "")
    if not path.lower().endswith(".aspx") or "/templates/" in path.lower():
        return None
    title = str(row.get("Title") or path.rsplit("/", 1)[-1])
    return PageItem(f"{origin}{quote(path, safe='/', errors='replace')}", title, tuple(parts_of_item(row)))
