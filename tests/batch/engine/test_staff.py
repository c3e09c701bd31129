"""The processes of a cluster, and the account with which each checks users."""

from __future__ import annotations

from troubleshooter.batch.engine.staff import Staff
from troubleshooter.batch.sign_in import NotLetIn


def test_a_process_goes_on_with_another_account():
    """An account that was not let in is not used there again; with none left, the process can't check anybody."""
    staff = Staff(("a", "b"))
    staff.join("one", "tcp://1")
    staff.refuse("one", "a", NotLetIn("a was not let in"))
    assert "b" == staff.account_of("one")
    staff.refuse("one", "b", NotLetIn("b was not let in"))
    assert (None, False) == (staff.account_of("one"), staff.is_anybody_fit)


def test_an_account_of_a_row_is_no_account_of_a_process():
    """If the account that a row names was not let in, the process goes on with its own; rows with it wait."""
    staff = Staff(("a", "b"))
    staff.join("one", "tcp://1")
    staff.refuse("one", "ana", NotLetIn("ana was not let in"))
    assert "a" == staff.account_of("one")
    assert {"ana"} == staff.refused_accounts
    assert ["ana was not let in"] == [str(why) for why in staff.refused]
