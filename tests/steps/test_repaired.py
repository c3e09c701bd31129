"""What repairs found counts for somebody only if more than its place says so; without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from support.fakes import ANA, HELPDESK, context, step_run, workspace

from troubleshooter.identity.match import PersonCard, SortedCards
from troubleshooter.model.enums import Reason, Surface
from troubleshooter.model.records import Unseen
from troubleshooter.pages.avatars import AvatarElement
from troubleshooter.pages.canvas import WebPart
from troubleshooter.pages.find import FoundElement
from troubleshooter.pages.regions import Region
from troubleshooter.steps.repaired import is_shown_alone, shows_account, trusted
from troubleshooter.surfaces import home_header
from troubleshooter.surfaces.people_web_part import PEOPLE
from troubleshooter.surfaces.sharepoint_header import ACCOUNT_BUTTON

NOTHING: Any = None
OWN = f"https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=S&accountname={ANA}"
OTHERS = OWN.replace(ANA, "radu@contoso.com")
NOBODYS = "blob:https://contoso.sharepoint.com/1"


def avatar(url: str, *, persona: bool = False) -> AvatarElement:
    """Return an avatar with a picture from `url`."""
    card = PersonCard(url)
    return AvatarElement(NOTHING, 0, NOTHING, "img", "loaded", url, (9, 9), (9.0, 9.0), 1.0, card, persona)


def button(*, repaired: bool) -> FoundElement:
    """Return an account button."""
    return FoundElement(NOTHING, "#x", definition=ACCOUNT_BUTTON, repaired=repaired)


has_to_prove = pytest.mark.parametrize(
    ("urls", "proved", "expected"),
    [
        ([OWN], False, True),
        ([OTHERS], True, False),
        ([NOBODYS], True, True),
        ([NOBODYS], False, False),
        ([OWN, OTHERS], True, False),
        ([NOBODYS, NOBODYS], True, False),
    ],
)
"""What a picture in a button of which the account has to be proved counts for."""


@has_to_prove
async def test_a_repaired_button_has_to_prove_whose_picture_it_shows(urls: list[str], proved: bool, expected: bool):
    """By the picture's address, or by what it opened; what the catalogue finds needs no proof."""
    step = step_run(context(), workspace())
    avatars, surface = [avatar(url) for url in urls], Surface.SHAREPOINT_HEADER
    assert shows_account(step, button(repaired=False), avatars, surface, proved=False)
    assert () == step.recorder.of(Unseen)
    assert expected == shows_account(step, button(repaired=True), avatars, surface, proved=proved)
    unseen = [(row.surface, row.reason) for row in step.recorder.of(Unseen)]
    assert ([] if expected else [(surface, Reason.SUBJECT_NOT_IDENTIFIED)]) == unseen


@has_to_prove
async def test_so_has_a_button_found_by_the_pages_structure(urls: list[str], proved: bool, expected: bool):
    """A row of apps has a picture, too, and may stand where the account row is expected; a known mark is proof."""
    step = step_run(context(), workspace())
    avatars, surface, locator = [avatar(url) for url in urls], Surface.HOME_HEADER, home_header.DEFINITION.locator
    known, guessed = (
        FoundElement(NOTHING, row[0], definition=locator) for row in (locator.selectors, locator.by_structure)
    )
    assert shows_account(step, known, avatars, surface, proved=False)
    assert expected == shows_account(step, guessed, avatars, surface, proved=proved)
    unseen = [(row.surface, row.reason) for row in step.recorder.of(Unseen)]
    assert ([] if expected else [(surface, Reason.SUBJECT_NOT_IDENTIFIED)]) == unseen
    assert not any("locators.toml" in row.why.text for row in step.recorder.of(Unseen))


async def test_in_another_session_the_subjects_picture_is_not_the_accounts():
    """A repair that finds the subject's picture on a page does not find that of the account that is signed in."""
    step = step_run(context(HELPDESK), workspace())
    assert not shows_account(step, button(repaired=True), [avatar(OWN)], Surface.SHAREPOINT_HEADER, proved=True)


def test_links_beside_a_picture_prove_nothing_in_an_unknown_part():
    """Where the page's data does not know what a repair found, only addresses and marked persons count."""
    avatars = [avatar(OWN), avatar(NOBODYS), avatar(NOBODYS, persona=True)]
    found = SortedCards(mine=[(0, "photo-address"), (1, "mail-link"), (2, "mail-link")], unknown=[4])
    part = WebPart(PEOPLE, "one", ())
    known = Region(Surface.PEOPLE_WEB_PART, NOTHING, NOTHING, "#x", "")
    repaired = Region(Surface.PEOPLE_WEB_PART, NOTHING, NOTHING, "#x", "", repaired=True)
    assert (found.mine, [4]) == trusted(known, None, avatars, found)
    assert (found.mine, [4]) == trusted(repaired, part, avatars, found)
    assert ([found.mine[0], found.mine[2]], [4, 1]) == trusted(repaired, None, avatars, found)


@pytest.mark.parametrize(
    ("urls", "expected"), [([NOBODYS], True), ([OWN, OWN], True), ([OWN, NOBODYS], False), ([OWN, OTHERS], False)]
)
def test_a_picture_is_alone_or_names_its_person(urls: list[str], expected: bool):
    """On a card that a repair found, a second picture may be anybody's."""
    assert expected == is_shown_alone([avatar(url) for url in urls], {ANA})
