"""A modern SharePoint page: where people are on it, and who its own data says they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from troubleshooter.browser.failures import BrowserFailure, browser_failures, in_time, or_default, succeeded
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import PAGE_CONTENT, Reason, Surface
from troubleshooter.model.message import message
from troubleshooter.model.service_limits import SLOW_DOWN
from troubleshooter.pages import profile_api
from troubleshooter.pages.avatars import AvatarElement, Region
from troubleshooter.pages.canvas import PEOPLE, WebPart, people_in
from troubleshooter.surfaces import SURFACES
from troubleshooter.urls import host_of

if TYPE_CHECKING:
    from playwright.async_api import ElementHandle, Frame, Page


REGIONS: dict[Surface, tuple[str, ...]] = {surface: SURFACES[surface].locators for surface in PAGE_CONTENT}
"""Where a page shows people, per surface, most trusted locator first."""

_RESTLESS = 1
"""At so many parts of a page the limit may run out before the end of it is given up."""
_CANVAS = ("#spPageCanvasContent", ".SPCanvas", '[data-automation-id="CanvasZone"]', "#spPageChromeAppDiv")
_SCROLL = '[data-automation-id="contentScrollRegion"]'

_SCROLL_ON = """(selector) => {
  const inner = document.querySelector(selector);
  const region = inner && inner.scrollHeight > inner.clientHeight + 1 ? inner : document.scrollingElement;
  const before = region.scrollTop;
  region.scrollTop = before + region.clientHeight * 0.8;
  return region.scrollTop > before + 1;
}"""

_AS_MANY = """([selectors, wanted]) => {
  const found = [...document.querySelectorAll(selectors.join(','))];
  const outermost = found.filter((e) => !found.some((o) => o !== e && o.contains(e)));
  return outermost.filter((e) => e.childElementCount > 0).length >= wanted;
}"""

_WHO = """(selectors) => [...document.querySelectorAll(selectors.join(','))]
  .map((e) => e.textContent + e.querySelectorAll('img, canvas, svg, [style*="url("]').length).join('|')"""

_CAME = """(e) => {
  const pictures = e.tagName === 'IMG' ? [e] : [...e.querySelectorAll('img')];
  return pictures.every((i) => i.complete && (i.naturalWidth !== 1 || /^https?:/i.test(i.currentSrc || i.src)));
}"""

_SCROLL_UP = """(selector) => {
  for (const e of [document.querySelector(selector), document.scrollingElement]) if (e) e.scrollTop = 0;
}"""


_OUTERMOST = """(selectors) => {
  const found = [...document.querySelectorAll(selectors.join(','))];
  return found.filter((e) => !found.some((o) => o !== e && o.contains(e)));
}"""


_INSTANCE = """(e) => {
  const marked = '[data-sp-feature-instance-id]';
  return (e.closest(marked) || e.querySelector(marked) || e).getAttribute('data-sp-feature-instance-id') || '';
}"""


def check_answer(status: int, url: str, landed: str) -> None:
    """Raise CannotTell when `url`, which ended at `landed`, was not answered with a page."""
    path = urlsplit(landed).path.lower()
    if "accessdenied.aspx" in path or status in (401, 403):
        raise CannotTell(Reason.PAGE_FORBIDDEN, message("The account may not open {url}.", url=url))
    if status in (404, 410) or "pagenotfound" in path:
        raise CannotTell(Reason.PAGE_MISSING, message("There is no page at {url}.", url=url))
    if status in SLOW_DOWN:
        raise CannotTell(Reason.THROTTLED, message("SharePoint asked to slow down at {url}.", url=url))
    if status >= 400:
        raise CannotTell(Reason.PAGE_FAILED, message("{url} answered with error {status}.", url=url, status=status))


class SitePage:
    """A page of a SharePoint site."""

    name = "site-page"

    def __init__(self, page: Page, traffic: Traffic, timeout: float) -> None:
        self.page = page
        self.traffic = traffic
        self.timeout = timeout

    async def open(self, url: str) -> None:
        """Go to `url` and wait until its content stands.

        Raises:
            CannotTell: the page is missing, forbidden, throttled, or not a modern page.
        """
        answer = await self.page.goto(url, wait_until="domcontentloaded")
        if host_of(self.page.url) != host_of(url):
            await self._come_back(url)
        check_answer(answer.status if answer else 0, url, self.page.url)
        await self.traffic.settle(self.timeout)
        regions = [s for selectors in REGIONS.values() for s in selectors]
        if not await self._present([*_CANVAS, *regions]):
            note = message("{url} does not look like a modern SharePoint page.", url=url)
            raise CannotTell(Reason.PAGE_CHANGED, note, page=self.name)

    async def _come_back(self, url: str) -> None:
        """Wait for a sign-in on the way to let the session in by itself."""
        limit = min(10.0, self.timeout) * 1000
        if not await in_time(self.page.wait_for_url(lambda u: host_of(u) == host_of(url), timeout=limit)):
            note = message("The session ended before {url}: sign-in is asked for again.", url=url)
            raise CannotTell(Reason.SIGNED_OUT, note)

    async def _present(self, selectors: list[str]) -> bool:
        return await in_time(self.page.locator(", ".join(selectors)).first.wait_for(state="attached"))

    async def scroll_through(self) -> bool:
        """Scroll to the end once, so that everything lazy is drawn; return False when it was given up before the end.

        What is on its way in vain is waited for once, and holds up no further part.
        """
        restless = 0
        for _ in range(60):
            moved = await self.page.evaluate(_SCROLL_ON, _SCROLL)
            restless += not await self.traffic.settle(self.timeout)
            if not moved or restless > _RESTLESS:
                break
        await self.page.evaluate(_SCROLL_UP, _SCROLL)
        return restless <= _RESTLESS

    async def until_listed(self, parts: list[WebPart]) -> None:
        """Wait until the page shows as many People web parts, with somebody in each, as its own data lists."""
        wanted = sum(part.kind == PEOPLE and bool(part.members) for part in parts)
        listed = self.page.wait_for_function(_AS_MANY, arg=[list(REGIONS[Surface.PEOPLE_WEB_PART]), wanted])
        if await in_time(listed):
            await self.traffic.settle(self.timeout)
        # Missing avatars are reported by the caller.

    async def people_change(self, seconds: float) -> bool:
        """Wait until the People web parts show something else than now; return whether it came to that."""
        selectors = list(REGIONS[Surface.PEOPLE_WEB_PART])
        changed = f"([selectors, was]) => ({_WHO})(selectors) !== was"
        try:
            with browser_failures():
                was = await self.page.evaluate(_WHO, selectors)
                await self.page.wait_for_function(changed, arg=[selectors, was], timeout=seconds * 1000, polling=250)
        except BrowserFailure:
            return False
        return True

    async def until_drawn(self, avatar: AvatarElement) -> None:
        """Wait until the picture of `avatar` has come or failed; give up at the time limit."""
        if self.traffic.overdue():
            return  # that limit is over
        # An avatar whose picture does not come is reported as still loading.
        await succeeded(self.page.wait_for_function(_CAME, arg=avatar.element))

    async def regions(self, wanted: Collection[Surface] = PAGE_CONTENT) -> list[Region]:
        """Return the places that show people on the surfaces `wanted`, in document order per surface."""
        found: list[Region] = []
        for surface, selectors in REGIONS.items():
            if surface not in wanted:
                continue
            for frame in self.page.frames:
                for root in await or_default(_outermost(frame, selectors), []):
                    number = sum(region.surface is surface for region in found)
                    found.append(await _region(surface, root, frame, selectors, number))
        return found

    async def content(self) -> Region | None:
        """Return all that the page's author put on it; None where it is not recognised."""
        for selector in _CANVAS:
            if root := await self.page.query_selector(selector):
                return Region(Surface.PEOPLE_WEB_PART, root, self.page.main_frame, selector, "")
        return None

    async def data(self) -> list[WebPart]:
        """Return the people that the page's own data names; empty when the account may not read it."""
        embedded = await self.page.evaluate(
            "() => [...document.querySelectorAll('[data-sp-webpartdata], [data-sp-controldata]')]"
            ".map((e) => e.outerHTML.slice(0, 200000)).join('\\n')"
        )
        if parts := people_in(embedded):
            return parts
        parts_of_url = urlsplit(self.page.url)
        origin = f"https://{parts_of_url.netloc}"
        path = unquote(parts_of_url.path)
        site = path.partition("/SitePages/")[0]
        literal = quote(path.replace("'", "''"), safe="/")
        fields = "$select=CanvasContent1,LayoutWebpartsContent"
        for address in (
            f"{origin}{site}/_api/web/GetFileByServerRelativePath(decodedurl='{literal}')/ListItemAllFields?{fields}",
            f"{origin}{site}/_api/web/GetFileByServerRelativeUrl('{literal}')/ListItemAllFields?{fields}",
        ):
            answer = await profile_api.get(self.page, address, min(10.0, self.timeout))
            data = answer.data.get("d", answer.data) if isinstance(answer.data, dict) else {}
            texts = [data.get(k) for k in ("CanvasContent1", "LayoutWebpartsContent")] if isinstance(data, dict) else []
            if found := [part for text in texts if isinstance(text, str) for part in people_in(text)]:
                return found
        return []


async def _outermost(frame: Frame, selectors: Sequence[str]) -> list[ElementHandle]:
    """Return the elements of `frame` that match, without those inside another one."""
    listed = await frame.evaluate_handle(_OUTERMOST, list(selectors))
    return [root for handle in (await listed.get_properties()).values() if (root := handle.as_element())]


async def _region(surface: Surface, root: ElementHandle, frame: Frame, selectors: Sequence[str], number: int) -> Region:
    matched = await root.evaluate("(e, all) => all.find((s) => e.matches(s)) || all[0]", list(selectors))
    instance = await root.evaluate(_INSTANCE)
    return Region(surface, root, frame, matched, instance.lower(), number)
