"""Looks at one SharePoint page: its marks, its people, and the card that opens over one of them."""

from __future__ import annotations

import time
from collections import Counter

from troubleshooter.browser.failures import or_default
from troubleshooter.browser.locator_use import locators
from troubleshooter.errors import LeftOut
from troubleshooter.identity.photo_address import source_of
from troubleshooter.model.enums import PAGE_CONTENT, Reason, Surface
from troubleshooter.model.message import Message
from troubleshooter.pages.avatars import AvatarElement, avatars_of
from troubleshooter.pages.documented_marks import DOCUMENTED
from troubleshooter.pages.marks_seen import MarkSeen, marks_seen
from troubleshooter.pages.noted import note_found
from troubleshooter.pages.page_content import CANVAS
from troubleshooter.pages.profile_card import CARD, OpenCard, avatars_on, leave, open_card
from troubleshooter.pages.regions import Region
from troubleshooter.pages.site_page import SitePage
from troubleshooter.survey.findings import VISITED
from troubleshooter.survey.question import NO, YES
from troubleshooter.survey.sharepoint_questions import SHOWN
from troubleshooter.survey.walk import Walk, how_found, selector_of

_ADDRESS = "(e) => e.currentSrc || e.src || ''"
_WHAT = "(e) => ({ tag: e.localName, role: e.getAttribute('role') || '', names: [...e.attributes].map((a) => a.name) })"
_PARTS = ("web part", "persona v8", "persona v9", "byline persona", "comments", "hover target")
"""Documented marks that a page may have more of once it was scrolled."""
_MOST = 5
"""How many avatars are tried until a card opens."""


async def look(walk: Walk) -> None:
    """Open the page that was named, and see which of its parts are found."""
    if not walk.pages:
        raise LeftOut(Reason.NOT_REACHED, Message(text="no page was named; --page names one"))
    tab = await walk.new_tab()
    page = SitePage(tab, walk.traffic(tab), walk.timeout)
    await page.open(walk.pages[0], walk.session.guard.hosts)
    walk.turn_to(tab)
    before = await marks_seen(tab, DOCUMENTED)
    await page.scroll_through()
    marks = await walk.keep("site-page", tab)
    _answer_lazy(walk, before, marks)
    walk.answer("page.attribute", _spelling(marks), **_counts(marks))
    walk.answer("page.canvas", YES if await page.content() and how_found(CANVAS.id) == "locator" else NO)
    parts = await page.data()
    walk.answer("page.data", YES if parts else NO, web_parts=len(parts))
    regions = await page.regions(PAGE_CONTENT)
    seen = list(zip(regions, await avatars_of(regions), strict=True))
    _answer_people(walk, seen)
    targets = marks.get("hover target")
    walk.answer("page.hover-target", YES if targets else NO, count=targets.count if targets else 0)


def _answer_lazy(walk: Walk, before: dict[str, MarkSeen], after: dict[str, MarkSeen]) -> None:
    counts = [{name: seen[name].count for name in _PARTS if name in seen} for seen in (before, after)]
    more = any(counts[1].get(name, 0) > counts[0].get(name, 0) for name in _PARTS)
    walk.answer("page.lazy", YES if more else NO, before_scrolling=counts[0], after_scrolling=counts[1])


def _spelling(marks: dict[str, MarkSeen]) -> str:
    both = ["data-automation-id" in marks, "data-automationid" in marks]
    return (
        "both"
        if all(both)
        else "neither"
        if not any(both)
        else "data-automation-id"
        if both[0]
        else "data-automationid"
    )


def _counts(marks: dict[str, MarkSeen]) -> dict[str, object]:
    return {"marks": {name: mark.count for name, mark in marks.items()}}


def _answer_people(walk: Walk, seen: list[tuple[Region, list[AvatarElement]]]) -> None:
    rows = {
        surface: [_region(region, avatars) for region, avatars in seen if region.surface is surface]
        for surface in (Surface.PEOPLE_WEB_PART, Surface.PAGE_BYLINE, Surface.PAGE_COMMENT)
    }
    people = [a for region, avatars in seen if region.surface is Surface.PEOPLE_WEB_PART for a in avatars]
    walk.answer("page.people", len(people), regions=rows[Surface.PEOPLE_WEB_PART])
    ways = Counter(named_by(avatar) for avatar in people)
    walk.answer("page.person-named-by", ways.most_common(1)[0][0] if ways else "nothing", named_by=dict(ways))
    for question, surface in (("page.byline", Surface.PAGE_BYLINE), ("page.comments", Surface.PAGE_COMMENT)):
        walk.answer(question, _shown(rows[surface]), regions=rows[surface])


def _shown(rows: list[dict[str, object]]) -> str:
    if not rows:
        return SHOWN[2]
    return SHOWN[0] if any(row["avatars"] for row in rows) else SHOWN[1]


def _region(region: Region, avatars: list[AvatarElement]) -> dict[str, object]:
    return {
        "surface": region.surface.value,
        "selector": region.selector,
        "avatars": len(avatars),
        "shown": dict(Counter(avatar.shown for avatar in avatars)),
        "named by": dict(Counter(named_by(avatar) for avatar in avatars)),
        "stores": dict(Counter(source_of(avatar.url).value for avatar in avatars if avatar.url)),
    }


async def _what(walk: Walk, card: OpenCard) -> dict[str, object]:
    """Return what kind of element a card is, with the names of its attributes."""
    found: object = await or_default(card.root.evaluate(_WHAT), None)
    if not isinstance(found, dict) or not isinstance(found.get("names"), list):
        return {}
    names = [walk.cleaner.name(name) for name in found["names"] if isinstance(name, str)]
    return {"element": found.get("tag"), "role": found.get("role") or "none given", "attributes": names}


def named_by(avatar: AvatarElement) -> str:
    """Return what on an avatar's card names its person."""
    links = avatar.card.links
    if any(link.lower().startswith(("mailto:", "sip:", "sips:", "im:")) for link in links):
        return "mail link"
    return "another link" if links else "text" if avatar.card.text else "nothing"


async def look_at_card(walk: Walk) -> None:
    """Rest the pointer on people of the page until a card opens; then close it."""
    if walk.findings.places["page"].outcome != VISITED:
        raise LeftOut(Reason.NOT_REACHED, Message(text="no page with people was opened"))
    tab = walk.main
    page = SitePage(tab, walk.traffic(tab), walk.timeout)
    regions = await page.regions(PAGE_CONTENT)
    avatars = [avatar for shown in await avatars_of(regions) for avatar in shown]
    for avatar in [one for one in avatars if one.shown != "hidden"][:_MOST]:
        began = time.monotonic()
        card = await open_card(tab, walk.traffic(tab), avatar, walk.timeout)
        if card is None:
            await leave(tab)
            continue
        seconds = time.monotonic() - began
        await note_found(card.root, "profile-card")
        marks = await walk.keep("profile-card", tab)
        nodes = [name for name in marks if name.startswith("card ")]
        what = await _what(walk, card)
        walk.answer("card.found-by", how_found(CARD.id), selector=selector_of(CARD.id), nodes=nodes, **what)
        ways = await card.naming()
        walk.answer("card.named-by", ways[0] if ways else "nothing", named_by=list(ways))
        walk.answer("card.seconds", seconds if card.named else None)
        shown = await avatars_on(tab, walk.traffic(tab), card)
        pictures = [one for one in shown if one.url]
        addresses = [await or_default(_address_on(one), "") for one in shown]
        blob = any(str(address).startswith("blob:") for address in addresses)
        walk.answer("card.store", source_of(pictures[0].url).value if pictures else "no picture", blob=blob)
        await leave(tab)
        return
    locators().missed(CARD)
    walk.answer("card.found-by", "nothing")


async def _address_on(avatar: AvatarElement) -> str:
    address: str = await avatar.held.evaluate(_ADDRESS)
    return address
