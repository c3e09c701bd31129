"""A modern SharePoint page, and the parts of it that show people."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from troubleshooter.browser.failures import in_time, or_default, succeeded
from troubleshooter.browser.locator_use import locators
from troubleshooter.browser.opening import open_page
from troubleshooter.browser.patience import patience
from troubleshooter.browser.traffic import Traffic
from troubleshooter.browser.waits import short_wait
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import PAGE_CONTENT, Reason, Surface
from troubleshooter.model.locators import LocatorDefinition
from troubleshooter.model.message import message
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.find import changed
from troubleshooter.pages.page_answer import check_answer
from troubleshooter.pages.page_content import CANVAS, content_of
from troubleshooter.pages.page_data import web_parts_of
from troubleshooter.pages.regions import WHERE, Region, regions_of
from troubleshooter.pages.sign_in_prompt import comes_back, signed_out
from troubleshooter.redaction.patterns import redact_address
from troubleshooter.redaction.run_log import Event, Phase, log, timed
from troubleshooter.surfaces.surface import marked
from troubleshooter.tenant.hosts import HostPolicy
from troubleshooter.urls import host_of, origin_of

if TYPE_CHECKING:
    from playwright.async_api import Frame, Page

_PEOPLE_WEB_PARTS = WHERE[Surface.PEOPLE_WEB_PART]
_MOST_SCROLLS = 60
"""The maximum number of times that a page is scrolled on."""
_MOST_UNSETTLED = 1
"""The number of page parts that may reach the time limit before the rest of the page is given up."""
SCROLL_REGION = LocatorDefinition(
    id="site-page.scroll-region",
    use="the part of a page that scrolls; without it, the window is scrolled",
    fact="real pages 3.3",
    confidence="B",
    selectors=marked("contentScrollRegion"),
)
PARTS = (CANVAS, SCROLL_REGION)
"""What is looked for on a page beside the parts that show people."""

_SCROLL_ON = """(selector) => {
  const inner = document.querySelector(selector);
  const region = inner && inner.scrollHeight > inner.clientHeight + 1 ? inner : document.scrollingElement;
  const before = region.scrollTop;
  region.scrollTop = before + region.clientHeight * 0.8;
  return region.scrollTop > before + 1;
}"""
_SCROLL_UP = """(selector) => {
  for (const e of [document.querySelector(selector), document.scrollingElement]) if (e) e.scrollTop = 0;
}"""
_SHOWS_CONTENT = """(selectors) => {
  const content = selectors.map((s) => document.querySelector(s)).find(Boolean);
  if (!content || content.innerText.trim()) return true;
  const inside = [content, ...content.querySelectorAll('*')];
  return inside.some((e) => e.shadowRoot
    || (e.matches('img, canvas, svg, iframe') && e.checkVisibility({ visibilityProperty: true })));
}"""
"""Whether anything is drawn in the content, or the page has no known content."""
_AS_MANY = """([selectors, wanted]) => {
  const found = [...document.querySelectorAll(selectors.join(','))];
  const outermost = found.filter((e) => !found.some((o) => o !== e && o.contains(e)));
  return outermost.filter((e) => e.childElementCount > 0).length >= wanted;
}"""
_PEOPLE = """(selectors) => [...document.querySelectorAll(selectors.join(','))]
  .map((e) => e.textContent + e.querySelectorAll('img, canvas, svg, [style*="url("]').length).join('|')"""
_HAS_COME = """(e) => {
  const pictures = e.tagName === 'IMG' ? [e] : [...e.querySelectorAll('img')];
  return pictures.every((i) => i.complete && (i.naturalWidth !== 1 || /^https?:/i.test(i.currentSrc || i.src)));
}"""


class SitePage:
    """A page of a SharePoint site."""

    name = "site-page"

    def __init__(self, page: Page, traffic: Traffic, timeout: float) -> None:
        self.page = page
        self._frame = page.main_frame
        """The frame that has the content: the page's own, or one of the same site inside it."""
        self.traffic = traffic
        self.timeout = timeout

    async def open(self, url: str, hosts: HostPolicy) -> None:
        """Go to `url` and wait until its content has appeared.

        Args:
            hosts: the tenant's, which say where `url` may lead, and which host asks to sign in.

        Raises:
            CannotTell: the page is missing, forbidden, throttled, or not a modern page.
        """
        answer = await open_page(self.page, url, "commit")
        if not hosts.leads_to(self.page.url, url):
            await self._come_back(url, hosts)
        # A script that never comes keeps the document from counting as loaded; what is drawn is looked at all the same.
        await in_time(self.page.wait_for_load_state("domcontentloaded", timeout=short_wait(self.timeout) * 1000))
        log(Phase.PAGE, Event.ANSWERED, status=answer.status if answer else 0)
        check_answer(answer.status if answer else 0, url, self.page.url)
        await self.traffic.settle(self.timeout)
        content = (CANVAS, *WHERE.values())
        with timed(Phase.PAGE, Event.CONTENT):
            frame = await self._frame_with(locators().css(content))
        if frame is None:
            locators().missed(content)
            note = message("{url} does not look like a modern SharePoint page.", url=url)
            raise changed(note, (CANVAS.id,), self.name)
        self._frame = frame
        await self._until_content()

    async def _until_content(self) -> None:
        """Wait until the content shows anything: a page may have its empty frame long before it draws."""
        shows = self._frame.evaluate(_SHOWS_CONTENT, _selectors(CANVAS))
        if await or_default(shows, True):
            return
        limit = short_wait(self.timeout) * 1000
        if await succeeded(self._frame.wait_for_function(_SHOWS_CONTENT, arg=_selectors(CANVAS), timeout=limit)):
            await self.traffic.settle(self.timeout)

    async def _come_back(self, url: str, hosts: HostPolicy) -> None:
        """Wait until a silent sign-in on the way returns to `url`."""
        limit = short_wait(self.timeout)
        if not await comes_back(self.page, lambda there: hosts.leads_to(there, url), hosts, limit):
            landed = self.page.url
            if not hosts.may_type(landed):
                where = host_of(landed) or redact_address(landed)
                note = message("{url} leads to {host}, not to a SharePoint page.", url=url, host=where)
                raise CannotTell(Reason.NOT_A_PAGE, note)
            raise signed_out(url)

    async def _frame_with(self, selector: str) -> Frame | None:
        """Return the frame of the page's own site in which `selector` appears, the page itself first; None if none."""
        main, site = self.page.main_frame, origin_of(self.page.url)
        if await or_default(main.locator(selector).count(), 0):
            return main
        frames = [frame for frame in self.page.frames if frame is main or origin_of(frame.url) == site]
        waits = {asyncio.ensure_future(succeeded(_appears(frame, selector))): frame for frame in frames}
        try:
            while left := [wait for wait in waits if not wait.done()]:
                done, _ = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
                if found := next((waits[wait] for wait in done if wait.result()), None):
                    return found
            return None
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def scroll_through(self) -> bool:
        """Scroll to the end once, so that lazy content is rendered; return False if that was given up before the end.

        Content that never arrives is waited for once, and delays no other part of the page.
        """
        unsettled = 0
        for _ in range(_MOST_SCROLLS):
            moved = await self._frame.evaluate(_SCROLL_ON, locators().css(SCROLL_REGION))
            unsettled += not await self.traffic.settle(self.timeout, briefly=moved)
            if not moved or unsettled > _MOST_UNSETTLED:
                break
        await self._frame.evaluate(_SCROLL_UP, locators().css(SCROLL_REGION))
        return unsettled <= _MOST_UNSETTLED

    async def until_listed(self, parts: list[WebPart]) -> None:
        """Wait until the page shows as many non-empty People web parts as its own data lists."""
        wanted = sum(part.is_people and bool(part.members) for part in parts)
        arg = [_selectors(_PEOPLE_WEB_PARTS), wanted]
        with patience().wait(message("the page’s People web parts"), self.timeout) as wait:
            if await in_time(self._frame.wait_for_function(_AS_MANY, arg=arg, timeout=wait.milliseconds)):
                await self.traffic.settle(self.timeout)
            else:
                patience().in_vain(wait)
        # Missing avatars are reported by the caller.

    async def people_shown(self) -> str:
        """Return what the People web parts show, to be compared by `people_change`."""
        return str(await or_default(self._frame.evaluate(_PEOPLE, _selectors(_PEOPLE_WEB_PARTS)), ""))

    async def people_change(self, was: str, seconds: float) -> bool:
        """Wait until the People web parts show something other than `was`; return whether they do."""
        changed = f"([selectors, was]) => ({_PEOPLE})(selectors) !== was"
        arg = [_selectors(_PEOPLE_WEB_PARTS), was]
        with patience().wait(message("the user’s card in the page’s People web parts"), seconds) as wait:
            limit = wait.milliseconds
            if await succeeded(self._frame.wait_for_function(changed, arg=arg, timeout=limit, polling=250)):
                return True
            patience().in_vain(wait)
            return False

    async def until_drawn(self, avatar: AvatarElement) -> None:
        """Wait until the picture of `avatar` has loaded or failed; give up at the time limit."""
        if self.traffic.overdue():
            return  # already waited for
        with patience().wait(message("the user’s picture"), self.timeout) as wait:
            drawn = self.page.wait_for_function(_HAS_COME, arg=await avatar.held.element(), timeout=wait.milliseconds)
            if not await succeeded(drawn):
                patience().in_vain(wait)  # it is reported as still loading

    async def regions(self, wanted: Collection[Surface] = PAGE_CONTENT) -> list[Region]:
        """Return the parts of the page that show people on the surfaces `wanted`, in document order per surface."""
        return await regions_of(self.page.frames, wanted)

    async def people_parts(self) -> list[Region]:
        """Return the People web parts of the page itself, without those of pages that it embeds."""
        return await regions_of([self._frame], {Surface.PEOPLE_WEB_PART})

    async def content(self) -> Region | None:
        """Return the region with everything that the page's author put on it; None if it is not recognized."""
        return await content_of(self._frame)

    async def data(self) -> list[WebPart]:
        """Return the web parts that show people, from the page's own data; empty if the account may not read it."""
        parts = await web_parts_of(self.page, self.timeout)
        return parts or (await web_parts_of(self._frame, self.timeout) if self._frame.parent_frame else [])


async def _appears(frame: Frame, selector: str) -> None:
    await frame.locator(selector).first.wait_for(state="attached")


def _selectors(definition: LocatorDefinition) -> list[str]:
    return list(locators().selectors(definition))
