"""A repair that matches a neighbor, in a browser: what it finds is never taken for the user's, or for the account's.

`REPAIRS=all` makes all of them. Whatever the visits do not see counts as not seen, which is no verdict.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from support.tools import tool

from troubleshooter.model.enums import PAGE_CONTENT
from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.layouts import LAYOUTS, layout_named
from troubleshooter.sandbox.server import Running
from troubleshooter.steps.locator_catalogue import CATALOGUE

from .locators.visits import Room, Visited, visit
from .locators.wrong_repairs import FIRST, Row, rows

_STAMP = re.compile(r"[?&]t=\d+")
"""When the picture was stored, which differs from test to test."""
ROWS = tuple(rows()) if os.environ.get("REPAIRS") == "all" else FIRST


@pytest.fixture
async def room(served: Running, sandbox_browser: Browser, tmp_path: Path) -> AsyncIterator[Room]:
    """Yield a healthy tenant and a browser; afterwards the tenant looks as before."""
    served.state.reset()
    photo = tmp_path / "photo.jpg"
    tool("outcomes").draw(photo)
    yield Room(served, sandbox_browser, photo)
    served.state.layout = LAYOUTS["classic"]


@pytest.fixture(scope="module")
def usual() -> Iterator[dict[str, Visited]]:
    """Keep what the visits come to without a repair."""
    yield {}


def in_content(made: Visited) -> set[tuple[str, str]]:
    """Return what was seen of the user in a page's content, without the place: kind, and address of the picture."""
    return {(kind, _STAMP.sub("", url)) for surface, kind, url in made.pictures if surface in PAGE_CONTENT}


@pytest.mark.browser
@pytest.mark.parametrize("row", ROWS, ids=" ".join)
async def test_a_neighbor_is_never_taken_for_the_user(row: Row, room: Room, usual: dict[str, Visited]):
    """No picture is somebody else's, and a page's content shows nothing of the user that it does not show as usual."""
    name, id_, selector = row
    room.box.state.layout = layout_named(name.partition("@")[2])
    if name not in usual:
        usual[name] = await visit(name, room, case="usual")
        assert "" == usual[name].failed
    made = await visit(name, room, case="repaired", repairs={id_: (selector,)})
    assert () == made.strangers
    assert set() == in_content(made) - in_content(usual[name])


@pytest.mark.browser
@pytest.mark.parametrize("id_", ["site-page.canvas", "site-page.people-web-part", "site-page.comment"])
async def test_the_header_is_not_what_a_page_shows(id_: str, room: Room):
    """A repair that matches the whole page finds the user's own picture in the header: the user is not on the page."""
    room.box.state.become(fault_named("subject-not-on-page"))
    made = await visit("page-own@classic", room, case="repaired", repairs={id_: ("body", "#SuiteNavWrapper")})
    assert (set(), "subject-not-on-page") == (in_content(made), made.failed)


@pytest.mark.browser
async def test_the_right_repair_is_used_all_the_same(room: Room):
    """What it finds inside the panel, and is the account's, counts: the picture, and the panel itself."""
    room.box.state.layout = layout_named("today+plain-panel")
    repairs = {"account-panel.picture": (".sandbox-me-coin",), "account-panel.menu": (".sandbox-me",)}
    made = await visit("home@today", room, case="repaired", repairs=repairs)
    assert ("", ()) == (made.failed, made.strangers)
    assert ("repair", ".sandbox-me-coin") == made.found["account-panel.picture"]
    assert ("repair", ".sandbox-me") == made.found["account-panel.menu"]
    assert {"account-panel", "home-header"} <= {surface for surface, _, _ in made.seen}


def test_every_wrong_repair_has_a_locator_of_the_catalogue():
    """The ids are those that `locators.toml` may name."""
    assert set() == {id_ for _, id_, _ in rows()} - set(CATALOGUE)
    assert set() == set(FIRST) - set(rows())
