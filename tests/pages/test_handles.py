"""Elements that scripts found stay within the page, and are found there again."""

from __future__ import annotations

import gc
from weakref import ref

import pytest
from playwright.async_api import Page

from troubleshooter.browser.session import Session
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.pages.handles import HeldElement, held, in_full, kept_in

_FIND = "(holder, selector) => holder.lists.push([...document.querySelectorAll(selector)]) - 1"
_BOXES = """<body style="margin:0">
  <b id=a style="position:absolute;left:10.25px;top:20px;width:30px;height:40.5px">A</b>
  <b id=none style="display:none">B</b>
  <iframe style="position:absolute;left:300px;top:200px;border:0"
    srcdoc="<body style='margin:7px'><b>C</b>"></iframe>"""


@pytest.fixture
async def page(session: Session) -> Page:
    """Return a tab with an element, another without a box, and one in a frame."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/page")
    await tab.set_content(_BOXES)
    return tab


@pytest.mark.parametrize("selector", ["#a", "#none"])
async def test_an_element_is_measured_as_the_browser_measures_it(page: Page, selector: str):
    """A script says the same as Playwright, also that something has no box."""
    locator = page.locator(selector)
    assert await locator.bounding_box(timeout=1000) == await (await held(locator)).bounding_box()


async def test_an_element_in_a_frame_is_measured_in_the_window(page: Page):
    """A document in a frame does not know where it is in the window; the browser does."""
    locator = page.frames[1].locator("b")
    box = await (await held(locator)).bounding_box()
    assert box
    assert (307, 207) == (box["x"], box["y"])
    assert await locator.bounding_box() == box


async def test_what_is_kept_is_found_again_in_the_same_document_only(page: Page):
    """One holder serves a document; the next document gets its own, and what the first one had is gone."""
    holder, number = await kept_in(page.main_frame, _FIND, "#a")
    assert (holder, number + 1) == await kept_in(page.main_frame, _FIND, "#none")
    element = HeldElement(holder, ("lists", number, 0))
    assert "A" == await element.evaluate("(e, more) => e.textContent + more", "")
    assert "a" == await (await element.element()).get_attribute("id")
    await page.goto("https://contoso.sharepoint.com/crowd")
    other, first = await kept_in(page.main_frame, _FIND, "h1")
    assert other is not holder
    assert 0 == first
    assert "Team" == await HeldElement(other, ("lists", 0, 0)).evaluate("(e) => e.textContent")
    with pytest.raises(Exception, match=r"context|disposed"):
        await element.evaluate("(e) => e.textContent")


async def test_what_is_kept_of_a_closed_page_goes_with_it(page: Page, session: Session):
    """Once the next page is asked, nothing leads to the closed one any more."""
    holder = ref((await kept_in(page.main_frame, _FIND, "#a"))[0])
    await page.close()
    other = await session.tab()
    kept, _ = await kept_in(other.main_frame, _FIND, "#a")
    assert await kept_in(other.main_frame, _FIND, "#a") == (kept, 1)  # which is not closed
    del page
    gc.collect()
    assert holder() is None


@pytest.mark.parametrize("answer", [None, [], [1, 2, 3], {"length": 2}])
def test_a_list_of_another_length_is_not_believed(answer: object):
    """A page that tampers with a script's answer ends its step; nothing is concluded from the rest."""
    assert [True, False] == in_full([True, False], 2)
    with pytest.raises(CannotTell) as raised:
        in_full(answer, 2)
    assert Reason.PAGE_CHANGED is raised.value.reason
