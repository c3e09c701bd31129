"""Which locators belong to a page, and which of them find something on it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.browser.session import Session
from troubleshooter.model.locators import FoundBy
from troubleshooter.steps.page_locators import belongs, locators_on


@pytest.mark.parametrize(
    ("page", "kind", "does"),
    [
        ("home", "launcher", True),
        ("home", "site-page", False),
        ("suite-header", "site-page", True),
        ("person", "site-page", True),
        ("person", "launcher", False),
        ("photo-dialog", "photo-window", True),
        ("photo-dialog", "home", False),
        ("sign-in", "sign-in-3", True),
        ("sign-in", "home", False),
        ("home", "sign-in", False),
        ("suite-header", "suite-header", True),
        ("teams-header", "other", True),
        ("privacy", "other", False),
    ],
)
def test_where_a_locator_belongs(page: str, kind: str, does: bool):
    """Locators of other pages say nothing, many match any button or link; on an unknown page any of them may."""
    assert does == belongs(page, kind)


@pytest.fixture
async def page(session: Session) -> Page:
    """Return a tab on a SharePoint page."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    return tab


async def test_every_selector_that_matches_is_told(page: Page):
    """With how many elements it matches, and how many are visible; a repair without its words, structure only alone."""
    await page.set_content("""<div class=ms-Persona><i class=ms-Persona-coin>x</i><i class=ms-Persona-coin hidden>x</i>
      <b class=ms-Persona-imageArea>x</b></div><ul><li>x</li></ul><button id=mia>x</button>""")
    with using(LocatorUse({"suite-header.account-button": ("#mia",)})):
        rows = [row for row in await locators_on(page, "site-page") if row.locator != "site-page.canvas"]
    coin = [(row.selector, row.found, row.visible) for row in rows if row.locator == "person.coin"]
    assert [(".ms-Persona-coin", 2, 1), (".ms-Persona-imageArea", 1, 1)] == coin
    assert [".ms-Persona"] == [row.selector for row in rows if row.locator == "person.card"]
    repaired = next(row for row in rows if row.by is FoundBy.REPAIR)
    assert "suite-header.account-button: a repair: 1 found, 1 visible" == str(repaired)
