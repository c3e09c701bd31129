"""Parts of a page that load one after the other are all seen in a real browser."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.model.enums import Surface
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.site_page import SitePage
from troubleshooter.tenant.hosts import host_policy

SITE = "https://contoso.sharepoint.com"
HOSTS = host_policy("worldwide", ["https://www.office.com", SITE])


@pytest.fixture
async def page(session: Session) -> SitePage:
    tab = await session.tab()
    return SitePage(tab, Traffic(tab), 10)


async def test_web_part_that_the_data_lists_is_waited_for(page: SitePage):
    """A People web part that the page's data lists is waited for, even if a script adds it late."""
    await page.open(f"{SITE}/late-web-part", HOSTS)
    await page.until_listed(await page.data())
    found = [r.instance for r in await page.regions() if r.surface is Surface.PEOPLE_WEB_PART]
    assert ["one", "two"] == found


async def test_a_card_that_comes_while_the_page_is_looked_at_is_a_change(page: SitePage):
    """What the People web parts show is compared with what they showed at first, not with what they show by now."""
    await page.open(f"{SITE}/late-web-part", HOSTS)
    await page.until_listed(await page.data())
    was = await page.people_shown()
    assert not await page.people_change(was, 0.5)
    (first, *_) = [r for r in await page.regions() if r.surface is Surface.PEOPLE_WEB_PART]
    await (await first.root.element()).evaluate("(e) => e.append('Ana Popescu')")
    assert await page.people_change(was, 0.5)


async def test_content_that_is_drawn_late_is_waited_for(page: SitePage):
    """The empty frame of the content is there at once; the page counts as open when the content shows something."""
    await page.open(f"{SITE}/late-content", HOSTS)
    assert "News of the week" in await page.page.inner_text(".SPCanvas")


async def test_a_script_that_never_comes_does_not_cost_the_page(session: Session):
    """The document never counts as loaded; what it shows is there all the same."""
    tab = await session.tab()
    page = SitePage(tab, Traffic(tab), 3)
    await page.open(f"{SITE}/with-late-script", HOSTS)
    assert ["one"] == [r.instance for r in await page.regions() if r.surface is Surface.PEOPLE_WEB_PART]


@pytest.mark.parametrize(("path", "expected"), [("/framed", ["one", "two"]), ("/strict", ["one"])])
async def test_content_is_found_in_a_frame_and_under_a_strict_policy(page: SitePage, path: str, expected: list[str]):
    """A frame of the page's own site is part of it; a policy against evaluated scripts hides nothing."""
    await page.open(f"{SITE}{path}", HOSTS)
    assert await page.scroll_through()
    await page.until_listed(await page.data())
    found = [r.instance for r in await page.regions() if r.surface is Surface.PEOPLE_WEB_PART]
    content = await page.content()
    assert expected == found
    assert content
    assert (path == "/framed") == (content.frame is not page.page.main_frame)


async def test_separate_words_are_distinguished(page: SitePage):
    """Words in neighboring elements stay separate, but a word split over several elements also counts as a whole."""
    await page.open(f"{SITE}/glued", HOSTS)
    region = (await page.regions())[0]
    assert {"AP", "Ana", "Pop"} <= set((await avatars_in(region.root, region.frame))[0].card.text.split())


async def test_the_name_is_found_around_and_on_a_hover_target(page: SitePage):
    """A card's name is its text outside the coin, or else the coin's label; initials are not a name."""
    await page.open(f"{SITE}/hover-targets", HOSTS)
    region = (await page.regions())[0]
    texts = [avatar.card.text for avatar in await avatars_in(region.root, region.frame)]
    assert ["AP Ana Pop Team lead", "BD Bo Dan Team lead", "Eva Roy"] == texts


async def test_what_never_arrives_delays_no_further_part(session: Session):
    """A page with a picture that never finishes loading is still scrolled to its end, without waiting for it."""
    tab = await session.tab()
    traffic = Traffic(tab)
    page = SitePage(tab, traffic, 2)
    await tab.goto(f"{SITE}/restless", wait_until="commit")
    await page.page.locator("#end").wait_for(state="attached")
    assert await page.scroll_through()
    assert ["low"] == [r.instance for r in await page.regions()]


async def test_picture_that_a_script_sets_late_is_waited_for(page: SitePage):
    """A placeholder dot counts as loading, and the picture is seen once a script has set it."""
    await page.open(f"{SITE}/late-picture", HOSTS)
    region = (await page.regions())[0]
    before = (await avatars_in(region.root, region.frame))[0]
    assert "loading" == before.state
    await page.page.evaluate("void setTimeout(come, 300)")
    await page.until_drawn(before)
    after = (await avatars_in(region.root, region.frame))[0]
    assert ("loaded", (9, 9)) == (after.state, after.natural)
    assert "userphoto" in after.url


ZONE = "<div id={} data-automation-id=CanvasZone><p>{}</p></div>"
ZONES = ZONE.format("one", "News") + ZONE.format("two", "People")
BUTTON = "<button id=O365_MainLink_Me>AP</button>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"{BUTTON}<main id=both>{ZONES}</main>", "both"),
        (
            f"{BUTTON}<main id=both><section>{ZONES}</section><section>{ZONE.format('three', '')}</section></main>",
            "both",
        ),
        (f"{BUTTON}<main id=both>{ZONE.format('one', '')}</main>", "one"),
        (f"{BUTTON}{ZONE.format('one', ZONE.format('inner', ''))}", "one"),
        (f"{BUTTON}<main id=both><div id=spPageCanvasContent>{ZONES}</div></main>", "spPageCanvasContent"),
        (f"{BUTTON}{ZONES}", "one"),
        (f"<main id=both>{BUTTON}{ZONES}</main>", "one"),
    ],
    ids=[
        "two parts",
        "parts of sections",
        "one part",
        "a part within",
        "known content",
        "no element around",
        "a button",
    ],
)
async def test_content_in_several_parts_is_all_of_them(html: str, expected: str, page: SitePage):
    """What surrounds all parts of the content counts, unless that is the whole page, or has its account button."""
    await page.page.set_content(html)
    content = await page.content()
    assert content
    assert expected == await (await content.root.element()).get_attribute("id")


IN_SHADOW = """(html) => {
  document.body.innerHTML = '<div class=SPCanvas>' + html + '</div>';
  for (const host of document.querySelectorAll('x-part')) {
    const inside = [...host.childNodes];
    host.attachShadow({ mode: 'open' }).append(...inside);
  }
}"""
PART = """<div data-sp-web-part-id="7f718435-ee4d-431c-bdbf-9c4ff326f46e" data-sp-feature-instance-id={}>
  <b>Ana<img width=48 height=48></b></div>"""
BYLINE = "<div data-automation-id=pageHeader>By Ana</div>"


@pytest.mark.parametrize("host", ["div", "x-part"], ids=["plain", "shadow"])
async def test_parts_inside_shadow_roots_are_found(host: str, page: SitePage):
    """Parts that show people are also found inside open shadow roots, in the order of the page."""
    inner = f"<div data-sp-feature-instance-id=two>{PART.format('two')}</div>"
    parts = f"{PART.format('one')}<{host}>{inner}</{host}>{PART.format('three')}<{host}>{BYLINE}</{host}>"
    await page.page.evaluate(IN_SHADOW, parts)
    found = await page.regions()
    wanted = (Surface.PAGE_BYLINE, Surface.PEOPLE_WEB_PART)
    byline, people = ([region for region in found if region.surface is surface] for surface in wanted)
    assert (1, ["one", "two", "three"]) == (len(byline), [region.instance for region in people])


@pytest.mark.parametrize("host", ["div", "x-part"], ids=["plain", "shadow"])
async def test_a_part_within_a_part_is_none_of_its_own(host: str, page: SitePage):
    """A part inside another one, also behind a shadow root, is none; its instance is that of what surrounds it."""
    bare = PART.format("").replace("data-sp-feature-instance-id=", "")
    await page.page.evaluate(IN_SHADOW, f"<div data-sp-feature-instance-id=one><{host}>{bare}</{host}></div>")
    assert ["one"] == [region.instance for region in await page.regions()]
    within = PART.format("one").replace("<b>", f"<{host}>{PART.format('two')}</{host}><b>")
    await page.page.evaluate(IN_SHADOW, within)
    assert ["one"] == [region.instance for region in await page.regions()]
