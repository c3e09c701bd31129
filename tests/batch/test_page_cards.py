"""Whose a card on a page is, in a quick check: it knows of a user what the page's own data says."""

from __future__ import annotations

import pytest

from troubleshooter.batch.page_cards import as_listed
from troubleshooter.identity.match import Member, PersonCard, sort_cards

NAMES = {
    "maria.pop@contoso.com": "Maria Pop",
    "maria.pop2@contoso.com": "Maria Pop",
    "ion.rusu@contoso.com": "Ion Rusu",
    "li.wang@contoso.com": "李 王",
}
MEMBERS = [Member(upn, fields=(("name", name),)) for upn, name in NAMES.items()]
CARDS = [PersonCard(text=f"{name} Sales") for name in NAMES.values()]
"""Cards without an address, such as those whose pictures a script draws."""


@pytest.mark.parametrize(("upn", "mine"), [("ion.rusu@contoso.com", 2), ("li.wang@contoso.com", 3)])
def test_namesakes_make_nobody_else_uncertain(upn, mine):
    """Nothing distinguishes two people with one name; everybody else is identified by the order of the data."""
    sorted_ = sort_cards(CARDS, as_listed(upn, MEMBERS), MEMBERS)
    assert [(mine, "canvas-data")] == sorted_.mine
    assert ([], []) == (sorted_.unknown, sorted_.contradictory)


@pytest.mark.parametrize("upn", ["maria.pop@contoso.com", "maria.pop2@contoso.com"])
def test_namesakes_themselves_are_uncertain(upn):
    """Both cards may be either of the two."""
    sorted_ = sort_cards(CARDS, as_listed(upn, MEMBERS), MEMBERS)
    assert ([], [0, 1]) == (sorted_.mine, sorted_.unknown)


def test_cards_in_another_order_than_the_data_prove_nothing():
    """A card that shows somebody else's name is not taken for the user's because of its position."""
    swapped = [CARDS[0], CARDS[1], CARDS[3], CARDS[2]]
    sorted_ = sort_cards(swapped, as_listed("ion.rusu@contoso.com", MEMBERS), MEMBERS)
    assert ([], [3]) == (sorted_.mine, sorted_.unknown)


def test_all_addresses_of_the_data_are_the_users():
    """Mail address and user name of the data are one person, in lower case."""
    member = Member("Ion.Rusu@contoso.com", "i.rusu@contoso.com", fields=(("name", "Ion Rusu"),))
    found = as_listed("ion.rusu@contoso.com", [member, *MEMBERS[:1]])
    assert {"ion.rusu@contoso.com", "i.rusu@contoso.com"} == found.addresses
    assert {"Ion Rusu"} == found.names
