"""People web parts name users by user names; display names and mail addresses name nobody."""

from __future__ import annotations

import json

import pytest

from troubleshooter.identity.match import Member, PersonCard
from troubleshooter.identity.named_people import NamedPeople, ShownPart, people_named
from troubleshooter.pages.canvas import people_in
from troubleshooter.surfaces.people_web_part import PEOPLE

PHOTO = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=M&accountname="
CLAIM = "i:0#.f|membership|"
ANA, RADU, MIA = "ana@contoso.com", "radu@contoso.com", "mia@contoso.com"


def members(*persons: dict[str, str]) -> tuple[Member, ...]:
    """Return the people of a web part as the page's data has them."""
    part = {"id": PEOPLE, "instanceId": "one", "properties": {"persons": persons}}
    return people_in(json.dumps(part))[0].members


def photo(account: str, *links: str) -> PersonCard:
    """Return a card with a photo that is requested for an account."""
    return PersonCard(f"{PHOTO}{account}", links, "Ana Ionescu")


NAMELESS = PersonCard("data:image/png;base64,AA", text="Ana Ionescu")
MAILED = PersonCard("data:image/png;base64,AA", ("mailto:a.ionescu@contoso.com",), "Ana Ionescu")


@pytest.mark.parametrize(
    ("cards", "persons", "expected"),
    [
        ([NAMELESS, NAMELESS], [{"upn": ANA}, {"id": CLAIM + RADU.upper()}], NamedPeople((ANA, RADU))),
        ([photo(RADU), photo(ANA)], [], NamedPeople((RADU, ANA))),
        ([NAMELESS, photo(ANA)], [], NamedPeople((ANA,), unnamed=1)),
        ([MAILED], [], NamedPeople(unnamed=1)),
        ([MAILED], [{"id": CLAIM + ANA, "email": "a.ionescu@contoso.com"}], NamedPeople((ANA,))),
        ([MAILED], [{"email": "a.ionescu@contoso.com"}], NamedPeople(unnamed=1)),
        ([photo(ANA, f"mailto:{RADU}")], [], NamedPeople(unnamed=1)),
        ([photo(ANA, f"mailto:{ANA}")], [], NamedPeople((ANA,))),
        ([photo(RADU), photo(MIA)], [{"upn": ANA}, {"upn": MIA}], NamedPeople((ANA, MIA))),
        ([photo(ANA), photo(MIA)], [{"upn": ANA}], NamedPeople((ANA, MIA))),
        ([photo(ANA), NAMELESS], [{"upn": ANA}], NamedPeople((ANA,), unnamed=1)),
        ([], [{"upn": ANA}, {"upn": ANA}], NamedPeople((ANA,))),
        ([], [{"firstName": "Ana", "lastName": "Ionescu"}], NamedPeople(unnamed=1)),
    ],
    ids=[
        *("the page's data", "no data", "a display name", "a mail address", "a known mail address", "no user name"),
        *(
            "a contradiction",
            "a confirmation",
            "a wrong photo",
            "one more card",
            "one more name",
            "twice",
            "no address",
        ),
    ],
)
def test_who_is_named(cards: list[PersonCard], persons: list[dict[str, str]], expected: NamedPeople):
    """The page's data counts; else a card whose photo is requested for one account that no link contradicts."""
    assert expected == people_named([ShownPart(tuple(cards), members(*persons) if persons else ())])


@pytest.mark.parametrize("claim", ["c:0o.c|federateddirectoryclaimprovider|0f4c", "c:0t.c|tenant|0f4c"])
def test_a_group_is_not_a_user(claim: str):
    """A group has a mail address, too, which is no user name; the user beside it is named."""
    group = {"id": claim, "email": "team@contoso.com", "firstName": "Ana", "lastName": "Ionescu"}
    cards = (PersonCard("", ("mailto:team@contoso.com",), "Ana Ionescu"), photo(ANA))
    assert NamedPeople((ANA,), groups=1) == people_named([ShownPart(cards, members(group, {"upn": ANA}))])


def test_a_mail_address_that_another_part_explains():
    """The photo on a second card is requested by mail address: the first part's data says whose it is."""
    person = {"id": CLAIM + ANA, "email": "a.ionescu@contoso.com"}
    parts = [ShownPart((), members(person)), ShownPart((photo("a.ionescu@contoso.com"),))]
    assert NamedPeople((ANA,)) == people_named(parts)
