"""A page whose parts arrive one after the other, in a real browser."""

from __future__ import annotations

import pytest

from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.model.enums import Surface
from troubleshooter.pages.avatars import avatars_in
from troubleshooter.pages.site_page import SitePage

SITE = "https://contoso.sharepoint.com"


@pytest.fixture
async def page(session: Session) -> SitePage:
    tab = await session.tab()
    return SitePage(tab, Traffic(tab), 10)


async def test_web_part_that_the_data_lists_is_waited_for(page: SitePage):
    """A People web part that a script adds late is there before the user is looked for."""
    await page.open(f"{SITE}/late-web-part")
    await page.until_listed(await page.data())
    found = [r.instance for r in await page.regions() if r.surface is Surface.PEOPLE_WEB_PART]
    assert ["one", "two"] == found


async def test_separate_words_are_distinguished(page: SitePage):
    """Words of neighbouring elements stay separate; a word split over several elements counts in one piece, too."""
    await page.open(f"{SITE}/glued")
    region = (await page.regions())[0]
    assert {"AP", "Ana", "Pop"} <= set((await avatars_in(region.root, region.frame))[0].card.text.split())


async def test_what_never_arrives_delays_no_further_part(session: Session):
    """A page with a picture that never ends is scrolled to its end all the same, and the picture is not waited for."""
    tab = await session.tab()
    traffic = Traffic(tab)
    page = SitePage(tab, traffic, 2)
    await tab.goto(f"{SITE}/restless", wait_until="commit")
    await page.page.locator("#end").wait_for(state="attached")
    assert await page.scroll_through()
    assert ["low"] == [r.instance for r in await page.regions()]


async def test_picture_that_a_script_sets_late_is_waited_for(page: SitePage):
    """A placeholder dot is still loading; the picture is seen once it has come."""
    await page.open(f"{SITE}/late-picture")
    region = (await page.regions())[0]
    before = (await avatars_in(region.root, region.frame))[0]
    assert "loading" == before.state
    await page.page.evaluate("void setTimeout(come, 300)")
    await page.until_drawn(before)
    after = (await avatars_in(region.root, region.frame))[0]
    assert ("loaded", (9, 9)) == (after.state, after.natural)
    assert "userphoto" in after.url
