"""Selectors of `locators.toml` find what a page no longer has under its known ids, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.browser.session import Session
from troubleshooter.browser.traffic import Traffic
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Surface
from troubleshooter.model.locators import FoundBy
from troubleshooter.pages.home import Home
from troubleshooter.pages.launcher import SHAREPOINT, Launcher
from troubleshooter.pages.photo_dialog import PhotoDialog
from troubleshooter.pages.regions import WHERE
from troubleshooter.pages.site_page import SitePage
from troubleshooter.signin import elements, probe
from troubleshooter.signin.selectors import PARTS
from troubleshooter.surfaces.page_byline import TITLE

BUTTONS = "<button id=NewMe>AP</button><button id=NewHelp>?</button>"
TILES = "<a href=#a id=Decoy>SharePoint</a><a href=#b id=NewSites>SP</a>"
TWO_WINDOWS = """<div role=dialog id=a><input type=file id=first></div>
  <div role=dialog id=b><input type=file id=second></div>"""
PART = "<div class=SPCanvas><div class=NewPeople><ul><li>Ana</li></ul></div><div class=OtherPart>x</div></div>"
FORM = "<input id=search><input id=NewName><input id=NewPass type=password style='display:none'>"


@pytest.fixture
async def page(session: Session) -> Page:
    """Return a tab on a SharePoint page."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    return tab


async def test_an_element_that_is_not_found_is_named_by_its_id(page: Page):
    """Without a repair nothing is guessed, and the error says which id a repair needs."""
    await page.set_content(BUTTONS)
    with using(LocatorUse()) as use, pytest.raises(CannotTell, match=r"home\.account-button to locators\.toml"):
        await Home(page, 0.3).me()
    assert {"home.account-button": FoundBy.NOTHING} == {match.id: match.by for match in use.matches}


async def test_a_repair_finds_the_button(page: Page):
    """The button of the repair is found, not the one beside it, and the run knows that a repair did it."""
    await page.set_content(BUTTONS)
    with using(LocatorUse({"home.account-button": ("#Missing", "#NewMe")})) as use:
        me = await Home(page, 0.3).me()
    assert "NewMe" == await me.locator.get_attribute("id")
    (match,) = use.matches
    assert (FoundBy.REPAIR, "#NewMe", 1, ("#Missing",)) == (match.by, match.selector, match.position, match.missed)


@pytest.mark.parametrize("repair", ["#NewSites", ""])
async def test_a_repair_counts_more_than_a_name(page: Page, repair: str):
    """An entry that is called SharePoint alone is no app; the repair names another one."""
    await page.set_content(TILES)
    with using(LocatorUse({"home.sharepoint-icon": (repair,)} if repair else {})):
        found = await Launcher(page, 0.3, "home", (), "contoso.sharepoint.com").find(SHAREPOINT)
    assert ("NewSites" if repair else None) == (await found.icon.locator.get_attribute("id") if found.icon else None)


async def test_a_repair_finds_a_web_part(page: Page):
    """A part of the page that shows people is found by the repair, in the page's own script."""
    await page.set_content(PART)
    site = SitePage(page, Traffic(page), 1)
    wanted = {Surface.PEOPLE_WEB_PART}
    with using(LocatorUse()):
        assert [] == await site.regions(wanted)
    with using(LocatorUse({"site-page.people-web-part": (".NewPeople",)})) as use:
        (region,) = await site.regions(wanted)
    assert "NewPeople" == await region.root.evaluate("(e) => e.className")
    assert [FoundBy.REPAIR] == [match.by for match in use.matches]


async def test_a_selector_that_matches_within_a_region_has_not_missed_it(page: Page):
    """The outermost element counts as the region; that a more trusted selector matches inside it is noted as well."""
    await page.set_content(f"<div data-automation-id=pageHeader><b data-sp-web-part-id={TITLE}>By Ana</b></div>")
    with using(LocatorUse()) as use:
        await SitePage(page, Traffic(page), 1).regions({Surface.PAGE_BYLINE})
    (match,) = use.matches
    assert (WHERE[Surface.PAGE_BYLINE].selectors[0], ()) == (match.selector, match.missed)
    assert ('[data-automation-id="pageHeader"]',) == match.also


async def test_a_repair_decides_between_two_windows(page: Page):
    """Two windows that take files are ambiguous; the repair names one."""
    await page.set_content(TWO_WINDOWS)
    dialog = PhotoDialog(page, Traffic(page), 0.5, whole_page=False)
    with using(LocatorUse()), pytest.raises(CannotTell):
        await dialog.reach_file()
    with using(LocatorUse({"photo-dialog.window": ("#b",)})):
        field = await dialog.reach_file()
    assert field and "second" == await field.get_attribute("id")


async def test_a_repair_is_seen_by_sign_in(page: Page):
    """Sign-in recognizes a renamed field by its repair, and types into that one only."""
    await page.set_content(FORM)
    with using(LocatorUse()):
        assert not (await page.evaluate(probe.script()))["email"]
    with using(LocatorUse({"sign-in.email": ("#NewName",)})) as use:
        assert (await page.evaluate(probe.script()))["email"]
        field = await elements.usable(page, PARTS["email"])
    assert field and "NewName" == await field.get_attribute("id")
    assert [("sign-in.email", FoundBy.REPAIR)] == [(match.id, match.by) for match in use.matches]
