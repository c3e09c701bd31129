"""Reads a modern page's own data: from the page itself, or from its list item."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from troubleshooter.browser.waits import short_wait
from troubleshooter.pages.canvas import WebPart, people_in
from troubleshooter.pages.sharepoint_api import entity_in, get_json
from troubleshooter.urls import split

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

CANVAS_FIELDS = ("CanvasContent1", "LayoutWebpartsContent")
"""The fields of a page's list item that contain its web parts."""
_EMBEDDED = """() => [...document.querySelectorAll('[data-sp-webpartdata], [data-sp-controldata]')]
  .map((e) => e.outerHTML.slice(0, 200000)).join('\\n')"""


async def web_parts_of(page: Page | Frame, seconds: float) -> list[WebPart]:
    """Return the web parts that show people, according to the data of `page`; empty if the account may not read it.

    Args:
        seconds: the longest single wait.
    """
    if parts := people_in(await page.evaluate(_EMBEDDED)):
        return parts
    for address in _item_addresses(page.url):
        item = entity_in((await get_json(page, address, short_wait(seconds))).data)
        if parts := parts_of_item(item):
            return parts
    return []


def parts_of_item(item: dict[str, object]) -> list[WebPart]:
    """Return the web parts that show people in a page's list item."""
    texts = [item.get(name) for name in CANVAS_FIELDS]
    return [part for text in texts if isinstance(text, str) for part in people_in(text)]


def _item_addresses(url: str) -> list[str]:
    """Return the URLs of the list item of the page at `url`: for the current API method and for the older one."""
    parts = split(url)
    path = unquote(parts.path)
    site = path.partition("/SitePages/")[0]
    literal = quote(path.replace("'", "''"), safe="/")
    base, fields = f"https://{parts.netloc}{site}/_api/web", f"$select={','.join(CANVAS_FIELDS)}"
    return [
        f"{base}/GetFileByServerRelativePath(decodedurl='{literal}')/ListItemAllFields?{fields}",
        f"{base}/GetFileByServerRelativeUrl('{literal}')/ListItemAllFields?{fields}",
    ]
