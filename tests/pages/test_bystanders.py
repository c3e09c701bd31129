"""Everybody but the subject is covered in screenshots, however the page renders them."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from troubleshooter.browser.session import Session
from troubleshooter.pages import bystanders

SITE = "https://contoso.sharepoint.com"


@pytest.fixture
async def crowd(session: Session) -> Page:
    tab = await session.tab()
    await tab.goto(f"{SITE}/crowd")
    return tab


async def covered(page: Page, selector: str, keep: list[str]) -> bool:
    """Return whether the middle of an element is in a box that would be covered."""
    kept = [(page.main_frame, element) for k in keep if (element := await page.query_selector(k))]
    box = await page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mine = bystanders.Mine(frozenset({"ana@contoso.com"}), frozenset({"helpdesk@contoso.com"}))
    boxes = await bystanders.boxes(page, kept, bystanders.settings(mine, hide_me=False))
    return any(left <= x <= left + wide and top <= y <= top + high for left, top, wide, high in boxes)


@pytest.mark.parametrize("selector", ["#drawn canvas", "#drawn b", "#behind b"])
async def test_others_are_covered(crowd: Page, selector: str):
    """Faces and names of others are covered, even if only their position shows that they are people."""
    assert await covered(crowd, selector, ["#mine"])


@pytest.mark.parametrize("selector", ["#mine img", "#mine b", "h1", "h2", "#text"])
async def test_the_subject_and_the_page_stay(crowd: Page, selector: str):
    """The subject's card, headings and text stay as they are."""
    assert not await covered(crowd, selector, ["#mine"])


async def test_nobody_is_left_uncovered_if_the_subject_was_not_found(crowd: Page):
    """Without a card that is proved to be the subject's, every card is covered."""
    assert await covered(crowd, "#mine b", [])


@pytest.mark.parametrize(
    ("text", "is_covered"),
    [
        ("<b id=x>bob.jones@fabrikam.com</b>", True),
        ("<p>Ask (<b id=x>bob+x@fabrikam.co.uk</b>), please.</p>", True),
        ("<b id=x>ANA@contoso.com</b>", False),
        ("<b id=x>helpdesk@contoso.com</b>", False),
        ("<b id=x>@contoso, 3 @ 4 EUR</b>", False),
    ],
)
async def test_the_addresses_of_others_are_covered(session: Session, text: str, is_covered: bool):
    """An address identifies somebody wherever it is written; the subject's and the account's own stay readable."""
    tab = await session.tab()
    await tab.goto(f"{SITE}/page")
    await tab.set_content(text)
    assert is_covered is await covered(tab, "#x", [])
