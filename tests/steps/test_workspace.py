"""The workspace has one current tab, allows one second sign-in, and recognizes a lost session."""

from __future__ import annotations

import pytest
from playwright.async_api import TimeoutError as PlaywrightTimeout
from support.fakes import HOME, SHAREPOINT, workspace

from troubleshooter.errors import CannotTell
from troubleshooter.model.enums import Reason
from troubleshooter.steps.workspace import Workspace

SIGN_IN = "https://login.microsoftonline.com/common/oauth2/authorize"


async def opened(url: str, *, signed_in: bool = True) -> Workspace:
    """Return a workspace whose tab shows `url`."""
    made = workspace()
    made.turn_to(await made.open_tab())
    await made.tab.goto(url)
    if signed_in:
        made.sign_in_is_over()
    return made


async def test_there_is_no_tab_before_one_is_opened():
    """Using the tab before a step has opened one is a defect and raises an error."""
    with pytest.raises(RuntimeError, match="no tab is open yet"):
        _ = workspace().tab
    assert (False, HOME) == (workspace().has_tab, workspace().address)


async def test_an_extra_tab_is_closed_and_leaves_the_present_one():
    """An extra tab is closed even if its work fails, and the current tab stays open."""
    made = await opened(HOME)
    present = made.tab
    with pytest.raises(ZeroDivisionError):
        async with made.extra_tab() as extra:
            assert present is made.tab is not extra
            raise ZeroDivisionError
    assert (True, False) == (extra.is_closed(), present.is_closed())


async def test_working_in_another_tab_ends_with_the_block():
    """After work in another tab, even if it fails, the previous tab is the current one again."""
    made = await opened(HOME)
    present, other = made.tab, await made.open_tab()
    with pytest.raises(ZeroDivisionError), made.working_in(other):
        assert other is made.tab
        raise ZeroDivisionError
    assert present is made.tab


@pytest.mark.parametrize(
    ("url", "signed_in", "expected"),
    [(SIGN_IN, True, True), (SIGN_IN, False, False), (SHAREPOINT, True, False)],
    ids=["sign-in after sign-in", "sign-in", "a page"],
)
async def test_a_lost_session_shows_sign_in(url: str, signed_in: bool, expected: bool):
    """A sign-in page means that the session was lost only if sign-in was over."""
    assert expected is (await opened(url, signed_in=signed_in)).at_sign_in


async def test_a_closed_tab_is_at_no_sign_in():
    """A closed tab is not at sign-in, because it shows nothing."""
    made = await opened(SIGN_IN)
    await made.tab.close()
    assert (False, False) == (made.has_tab, made.at_sign_in)


async def test_a_run_signs_in_a_second_time_once():
    """A second sign-in is granted the first time that it is requested, and never again."""
    made = workspace()
    assert [False, True, True, False] == [
        made.signed_in_again,
        made.use_second_sign_in(),
        made.signed_in_again,
        made.use_second_sign_in(),
    ]


async def test_arriving():
    """A tab that shows the requested site has arrived; a tab that is still being let in has not."""
    made = await opened(f"{SHAREPOINT}/_layouts/15/sharepoint.aspx")
    await made.arrive(SHAREPOINT)
    await made.tab.goto(f"{SHAREPOINT}/_forms/default.aspx")
    with pytest.raises(PlaywrightTimeout):
        await made.arrive(SHAREPOINT)


async def test_arriving_at_sign_in_is_a_lost_session():
    """Arriving at sign-in is reported as a lost session, with the page that was requested."""
    made = await opened(SIGN_IN)
    with pytest.raises(CannotTell) as caught:
        await made.arrive(SHAREPOINT)
    assert Reason.SIGNED_OUT is caught.value.reason
    assert SHAREPOINT in caught.value.note.text
