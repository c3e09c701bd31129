"""The pages that an account may read: sites that the start page links to, and the items of their page libraries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from troubleshooter.model.service_limits import SLOW_DOWN
from troubleshooter.pages import profile_api
from troubleshooter.pages.canvas import WebPart, people_in

if TYPE_CHECKING:
    from playwright.async_api import Page

_LINKS = """() => [...document.querySelectorAll('a[href]')].map((e) => e.href).filter((h) => /^https:/.test(h))"""
_SITE = re.compile(r"^/(?:sites|teams)/[^/?#]+", re.IGNORECASE)
_FIELDS = ("Title", "FileRef", "CanvasContent1", "LayoutWebpartsContent")
_SELECT = f"?$select={','.join(_FIELDS)}&$top=100"


@dataclass(frozen=True)
class PageItem:
    """A page in a library."""

    url: str
    title: str
    parts: tuple[WebPart, ...]
    """Its People web parts and byline, by its own data."""


@dataclass(frozen=True)
class Library:
    """The pages of one site."""

    site: str
    """The site's path; empty for the root site."""
    status: int
    """HTTP status of the answer; 0 when nothing answered."""
    pages: tuple[PageItem, ...] = ()


async def linked_sites(page: Page) -> list[str]:
    """Return the paths of the sites that `page` links to on its own host, in order, each once."""
    host = urlsplit(page.url).netloc
    found: dict[str, str] = {}
    for href in await page.evaluate(_LINKS):
        parts = urlsplit(href)
        site = _SITE.match(parts.path)
        if site and parts.netloc == host:
            found.setdefault(site[0].lower(), site[0])
    return list(found.values())


async def library_of(page: Page, origin: str, site: str, seconds: float) -> Library:
    """Read the pages of `site`, asked as a script of `page` would.

    The library's name is that of the site's language, its address is not: so it is asked for by both.
    """
    status = 0
    for called in ("lists/getbytitle('Site Pages')", f"GetList('{site}/SitePages')"):
        path = quote(called, safe="/()'")
        address = f"{origin}{site}/_api/web/{path}/items{_SELECT}"
        answer = await profile_api.get(page, address, seconds)
        if answer.status == 200 or answer.status in SLOW_DOWN:
            items = profile_api.rows_in(answer.data) if answer.status == 200 else []
            return Library(site, answer.status, tuple(p for row in items if (p := _page(row, origin))))
        status = status or answer.status
    return Library(site, status)


def _page(row: dict[str, Any], origin: str) -> PageItem | None:
    path = str(row.get("FileRef") or "")
    if not path.lower().endswith(".aspx") or "/templates/" in path.lower():
        return None
    texts = [row.get(name) for name in ("CanvasContent1", "LayoutWebpartsContent")]
    parts = [part for text in texts if isinstance(text, str) for part in people_in(text)]
    title = str(row.get("Title") or path.rsplit("/", 1)[-1])
    return PageItem(f"{origin}{quote(path, safe='/')}", title, tuple(parts))
