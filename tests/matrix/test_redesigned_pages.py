"""A page of which nothing is recognized any more is reported as changed, never as one that does not show the user."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from support.tools import tool

from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.interference import Mutation
from troubleshooter.sandbox.server import Running

from .locators.visits import Room, visit

PEOPLE = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
CANVAS = (("spPageCanvasContent", "newCanvas"), ("SPCanvas", "q2"), ("CanvasZone", "q3"), ("spPageChromeAppDiv", "q4"))
TAG = (("PeopleWebPart", "q5"), ("data-sp-web-part-id", "q6"))
"""What marks a People web part on the page; the page's own data keeps its id."""


@pytest.fixture
async def room(served: Running, sandbox_browser: Browser, tmp_path: Path) -> AsyncIterator[Room]:
    """Yield a healthy tenant and a browser; afterwards the tenant's pages look as before."""
    served.state.reset()
    photo = tmp_path / "photo.jpg"
    tool("outcomes").draw(photo)
    yield Room(served, sandbox_browser, photo)
    served.state.mutations.clear()


def renamed(*tokens: tuple[str, str]) -> Mutation:
    """Return a redesign in which `tokens` have other names."""
    (name, to), *more = tokens
    return Mutation("token", name=name, to=to, also=tuple(more))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("tokens", "named"),
    [
        (((PEOPLE, "q1"), *TAG[:1], *CANVAS), {"site-page.canvas", "site-page.people-web-part"}),
        ((*TAG, *CANVAS), {"site-page.canvas", "site-page.people-web-part"}),
        (TAG, {"site-page.people-web-part"}),
    ],
    ids=["neither the page nor its data", "the page", "the web part"],
)
async def test_what_was_not_found_is_named(tokens: tuple[tuple[str, str], ...], named: set[str], room: Room):
    """The step ends with `page-changed`, names the locators that a repair needs, and keeps the page."""
    made = await visit("page-own@classic", room, renamed(*tokens), "redesigned")
    assert "page-changed" == made.failed
    assert named <= {id_ for id_ in made.found if id_ in made.said} and "locators.toml" in made.said
    assert named <= {id_ for id_, (by, _) in made.found.items() if by == "nothing"}
    assert (".site-page.html",) == made.kept
    assert () == made.strangers


@pytest.mark.browser
async def test_a_repair_of_the_content_is_enough(room: Room):
    """With a selector for the content, the user is found in it by the pictures' addresses, and the page passes."""
    repairs = {"site-page.canvas": ("#newCanvas",)}
    made = await visit(
        "page-own@classic", room, renamed(*CANVAS, (PEOPLE, "q1"), *TAG[:1]), "repaired", repairs=repairs
    )
    assert ("", ("repair", "#newCanvas")) == (made.failed, made.found["site-page.canvas"])
    assert {"people-web-part"} == {surface for surface, _, _ in made.seen}


@pytest.mark.browser
async def test_a_redesign_around_the_people_is_survived(room: Room):
    """Where the People web parts are recognized, the user in them is seen, whatever surrounds them."""
    made = await visit("page-own@classic", room, renamed(*CANVAS), "redesigned")
    assert "" == made.failed
    assert "people-web-part" in {surface for surface, _, _ in made.seen}


@pytest.mark.browser
@pytest.mark.parametrize(("tokens", "reason"), [((), "subject-not-on-page"), (CANVAS, "page-changed")])
async def test_the_user_is_not_on_a_page_that_was_recognized(
    tokens: tuple[tuple[str, str], ...], reason: str, room: Room
):
    """That the user is not on it can be said only of a page whose content was found."""
    room.box.state.become(fault_named("subject-not-on-page"))
    made = await visit("page-own@classic", room, renamed(*tokens) if tokens else None, "left-out")
    assert reason == made.failed
    assert ("site-page.canvas" in made.said) == (reason == "page-changed")
