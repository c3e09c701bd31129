"""A window is measured in one evaluation, with the same result as element by element."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import Page

from troubleshooter.browser.session import Session
from troubleshooter.evidence.window_view import Element, WindowView, box_in, box_of
from troubleshooter.pages import bystanders
from troubleshooter.pages.handles import held
from troubleshooter.pages.window import in_one_evaluation, view_of

MINE = bystanders.Mine(frozenset({"ana@contoso.com"}))


@pytest.fixture
async def crowd(session: Session) -> Page:
    """Return a tab with several people, one of them the subject."""
    tab = await session.tab()
    await tab.goto("https://contoso.sharepoint.com/crowd")
    return tab


async def _one_by_one(page: Page, elements: list[Element]) -> tuple[list[object], int]:
    kept = [(page.main_frame, await held(page.locator("#mine")))]
    covered = await bystanders.boxes(page, kept, bystanders.settings(MINE, hide_me=False))
    return [await box_of(element) for element in elements], len(covered)


async def _view(page: Page, elements: list[Element]) -> WindowView:
    kept = [(page.main_frame, await held(page.locator("#mine")))]
    return await view_of(page, elements, kept, bystanders.settings(MINE, hide_me=False))


async def _is_told_at_once(page: Page, elements: list[Element]) -> bool:
    given = {"kept": [], **bystanders.settings(MINE, hide_me=False)}
    return await in_one_evaluation(page, elements, given) is not None


MARKS: dict[str, Callable[[Page], list[Element]]] = {
    "none": lambda _: [],
    "a locator": lambda page: [page.locator("#mine")],
    "two locators": lambda page: [page.locator("#mine"), page.locator("h1")],
    "in a frame": lambda page: [page.frame_locator("iframe").locator("b")],
}


@pytest.mark.parametrize("marks", MARKS)
async def test_marks_and_covers_are_the_same(crowd: Page, marks: str):
    """One evaluation finds them; where it can't, as for a mark in a frame, they are measured one by one."""
    await crowd.evaluate(
        """() => new Promise((done) => {
          const frame = document.createElement('iframe');
          frame.onload = done;
          frame.srcdoc = '<b>in a frame</b>';
          document.body.append(frame);
        })"""
    )
    elements = MARKS[marks](crowd)
    found = await _view(crowd, elements)
    assert (marks in ("none", "a locator")) == await _is_told_at_once(crowd, elements)
    assert await _one_by_one(crowd, elements) == (list(found.marked), len(found.covered))
    assert None not in found.marked
    assert found.covered
    assert found.drawn


async def test_a_held_element_and_a_handle_are_marked_at_once(crowd: Page):
    """They need no search, so that any number of them is measured in the same evaluation."""
    handle = await crowd.query_selector("h1")
    assert handle
    elements: list[Element] = [await held(crowd.locator("#mine")), handle]
    found = await _view(crowd, elements)
    assert await _is_told_at_once(crowd, elements)
    assert await _one_by_one(crowd, elements) == (list(found.marked), len(found.covered))


async def test_a_page_that_tampers_with_the_answer_leaves_nobody_uncovered(crowd: Page):
    """If the page breaks the script, what it shows is measured without what the page has broken."""
    healthy = await _view(crowd, [])
    await crowd.evaluate("() => { document.fonts.__proto__.__defineGetter__('status', () => { throw new Error(); }); }")
    found = await _view(crowd, [])
    assert not await _is_told_at_once(crowd, [])
    assert healthy.covered == found.covered


@pytest.mark.parametrize(
    ("answer", "box"),
    [
        ([1, 2.5, 3, 4], (1.0, 2.5, 3.0, 4.0)),
        ([1, 2, 3], None),
        ([1, 2, 3, "4"], None),
        ([True, 2, 3, 4], None),
        ([1, 2, 3, float("nan")], None),
        ([1, 2, 3, float("inf")], None),
        ([1, 2, -3, 4], None),
        ({"left": 1}, None),
        (None, None),
    ],
)
def test_only_four_possible_numbers_are_a_box(answer: object, box: object):
    """Whatever else a page answers is none."""
    assert box == box_in(answer)
