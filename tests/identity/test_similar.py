"""A slip of an address is recognized; another person's address is none."""

from __future__ import annotations

import pytest

from troubleshooter.identity.similar import nearest

SEEN = ("ana.popescu@contoso.com", "andrei.popa@contoso.com", "helpdesk@contoso.com", "mia.ionescu@contoso.com")


@pytest.mark.parametrize("typed", ["anna.popescu", "ana.popecsu", "ana.popesc", "an.popescu", "ana_popescu"])
def test_a_slip_is_recognized(typed: str):
    """A letter too many, swapped, missing, or another separator, in any case."""
    assert SEEN[0] == nearest(f"{typed.upper()}@contoso.com", SEEN)


def test_the_domain_may_be_wrong():
    """The right name at another domain."""
    assert SEEN[0] == nearest("ana.popescu@contoso.onmicrosoft.com", SEEN)


@pytest.mark.parametrize("typed", ["nobody", "ion.popescu.rusu", "m", "radu.popa", ""])
def test_somebody_else_is_no_slip(typed: str):
    """Neither a colleague of the same family name, nor anybody because everybody shares the domain."""
    assert nearest(f"{typed}@contoso.com", SEEN) is None


def test_the_address_itself_is_no_slip():
    assert nearest("Helpdesk@contoso.com", SEEN) is None
