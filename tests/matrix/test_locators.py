"""A fixed part of the matrix of locators: one mutation of each kind, with a decoy beside the element, in a browser.

`python -m tests.matrix.locators` makes all of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from support.tools import tool

from troubleshooter.sandbox.interference import Mutation
from troubleshooter.sandbox.layouts import LAYOUTS, layout_named
from troubleshooter.sandbox.server import Running
from troubleshooter.steps.locator_catalogue import CATALOGUE

from .locators.cases import Case, decoy_of
from .locators.elements import ELEMENTS
from .locators.outcome import Result, result_of
from .locators.visits import Room, Visited, visit

PEOPLE = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
PART = f'[data-sp-web-part-id="{PEOPLE}"]'
ROW = ".shell nav > footer > button"
Change = tuple[str, str, str, str, Result]
"""Visit, element, kind of mutation, what is changed, and what has to come of it."""
CASES: tuple[Change, ...] = (
    ("home@today", f"{ROW} > .fui-Avatar", "token", "me-control-mini-avatar", Result.STRUCTURE),
    ("home@today", ROW, "label", "", Result.SAME),
    ("home@today", ROW, "removal", "", Result.NAMED),
    ("home@classic", "#O365_MainLink_MePhoto", "removal", "", Result.SAID),
    ("sign-in@classic", "#i0118", "token", "i0118", Result.OTHER),
    ("sign-in@classic", "#idSIButton9", "label", "", Result.SAME),
    ("page-own@classic", PART, "token", PEOPLE, Result.OTHER),
    ("page-own@classic", f"{PART} .ms-Persona-coin", "token", "ms-Persona-coin", Result.SAME),
)


@pytest.fixture
async def room(served: Running, sandbox_browser: Browser, tmp_path: Path) -> AsyncIterator[Room]:
    """Yield a healthy tenant and a browser; afterwards the tenant looks as before."""
    served.state.reset()
    photo = tmp_path / "photo.jpg"
    tool("outcomes").draw(photo)
    yield Room(served, sandbox_browser, photo)
    served.state.layout = LAYOUTS["classic"]
    served.state.mutations.clear()


@pytest.fixture(scope="module")
def usual() -> Iterator[dict[str, Visited]]:
    """Keep what the visits come to without a mutation."""
    yield {}


@pytest.mark.browser
@pytest.mark.parametrize("change", CASES, ids=lambda change: " ".join(filter(None, change[:4])))
async def test_a_change_is_survived_or_named(change: Change, room: Room, usual: dict[str, Visited]):
    """The element is found by another locator or by structure, or the record names it; no decoy is touched."""
    name, selector, kind, what, expected = change
    room.box.state.layout = layout_named(name.partition("@")[2])
    if name not in usual:
        usual[name] = await visit(name, room, case="usual")
        assert "" == usual[name].failed
    element = next(element for element in ELEMENTS[name] if element.selector == selector)
    case = Case(name, element, Mutation(kind, selector, what, decoy_of(element)))
    made = await visit(name, room, case.mutation, "changed")
    assert ((), ()) == (made.touched, made.strangers)
    assert expected is result_of(case, usual[name], made)


def test_every_element_has_a_locator_of_the_catalogue():
    """The ids are those that `troubleshooter locators` lists, so that a repair can name them."""
    there = {element.locator for elements in ELEMENTS.values() for element in elements}
    assert set() == there - set(CATALOGUE)


def test_every_layout_is_visited():
    """Each layout of the home page has a visit."""
    assert set(LAYOUTS) == {name.partition("@")[2] for name in ELEMENTS if name.startswith("home@")}
