"""A home page without a known account button is distinguished from a page on which sign-in is not finished."""

from __future__ import annotations

import pytest

from troubleshooter.browser.locator_use import LocatorUse, using
from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.model.locators import FoundBy
from troubleshooter.signin.let_in import check_account_button
from troubleshooter.signin.probe import Probe

HOME = "https://m365.cloud.microsoft/chat"


@pytest.mark.parametrize("url", [HOME, "https://copilot.cloud.microsoft/chat"])
@pytest.mark.parametrize("fields", [False, True], ids=["buttons only", "a box to write in"])
def test_the_missing_button_is_named(fields: bool, url: str):
    """The reason is that the page has changed, and the record has the locator's id."""
    with using(LocatorUse()) as use, pytest.raises(CannotTell, match=r"^The account button was not found") as raised:
        check_account_button(Probe(url=url, options=12, fields=fields))
    assert (Reason.PAGE_CHANGED, "home") == (raised.value.reason, raised.value.page)
    assert {"home.account-button": FoundBy.NOTHING} == {match.id: match.by for match in use.matches}


@pytest.mark.parametrize(
    "probe",
    [
        Probe(url=HOME),
        Probe(url=HOME, options=3, sign_in_link=True),
        Probe(url=HOME, options=3, fields=True, email=True),
        Probe(url=HOME, options=3, busy=True),
        Probe(url="https://login.microsoftonline.com/common/oauth2", options=3),
        Probe(url="https://mysignins.microsoft.com/register", options=3),
    ],
    ids=["nothing drawn", "front page", "a name to type", "busy", "sign-in", "registration"],
)
def test_a_page_where_sign_in_goes_on_is_not_the_home_page(probe: Probe):
    """Nothing is raised, so that sign-in says itself what is in its way."""
    check_account_button(probe)
