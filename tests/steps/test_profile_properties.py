"""The properties of SharePoint's copy are read before a request for the user's photo can renew the copy."""

from __future__ import annotations

import asyncio
from typing import Any

from support.fakes import ANA, HELPDESK, SHAREPOINT, context, step_run, workspace

from troubleshooter.model.enums import Reason
from troubleshooter.model.records import Properties
from troubleshooter.steps.profile_properties import properties_before_photo, read_properties, read_site_copies
from troubleshooter.steps.recorder import StepRecorder, TenantClock
from troubleshooter.steps.step_run import StepRun

PHOTO = f"{SHAREPOINT}/_layouts/15/userphoto.aspx?size=L"
PAGE = f"{SHAREPOINT}/sites/hr/SitePages/Team.aspx"


def profile(*, mail: str = ANA) -> dict[str, Any]:
    """Return SharePoint's response about Ana's profile."""
    values = {
        "SPS-PictureTimestamp": "63871234567",
        "PictureURL": None,
        "UserName": ANA,
    }
    return {
        "DisplayName": "Ana Popescu",
        "AccountName": f"i:0#.f|membership|{ANA}",
        "Email": mail,
        "UserProfileProperties": [{"Key": key, "Value": value} for key, value in values.items()],
    }


def step(username: str = ANA, *earlier: StepRecorder, answers: dict[str, Any] | None = None) -> StepRun:
    """Return a step of a run as `username`, whose tabs get `answers`."""
    at = workspace({"PeopleManager": profile()} if answers is None else answers)
    return step_run(context(username, pages=(PAGE,)), at, *earlier)


async def requests_photo(of: StepRun) -> None:
    """Request the photo as a page in the session would."""
    await of.workspace.guard.photo_request_may_leave(PHOTO)


async def test_the_properties_are_read_before_a_page_gets_the_photo():
    """A page's first photo request starts the reading in a separate tab, and waits for it."""
    made = step()
    async with properties_before_photo(made):
        await requests_photo(made)
        assert ["before"] == [p.moment for p in made.seen.properties]
    (read,) = made.seen.properties
    assert read.read_at <= made.workspace.guard.photo_requests[0][0]
    assert [True] == [tab.is_closed() for tab in made.workspace.session.tabs]


async def test_a_late_request_waits_as_well():
    """Photo requests that come in a later block also wait for the reading, which is done once."""
    made = step()
    async with properties_before_photo(made):
        pass  # the header requests no photo
    async with properties_before_photo(made):
        async with asyncio.timeout(5):
            await asyncio.gather(requests_photo(made), requests_photo(made))
    assert (1, 2) == (len(made.seen.properties), len(made.workspace.guard.photo_requests))


async def test_nothing_is_read_where_no_page_requests_the_photo():
    """If no page requests SharePoint's photo, no properties are read and no tab is opened."""
    made = step()
    async with properties_before_photo(made):
        pass
    assert ((), []) == (made.seen.properties, made.workspace.session.tabs)


async def test_another_accounts_session_holds_nothing():
    """Requests are not held in another account's session, which cannot make SharePoint copy the user's photo."""
    made = step(HELPDESK)
    async with properties_before_photo(made):
        await requests_photo(made)
    assert ((), 1) == (made.seen.properties, len(made.workspace.guard.photo_requests))


async def test_nothing_is_held_once_the_properties_were_read():
    """Requests are not held if an earlier step has read the properties."""
    earlier = StepRecorder("office-com")
    earlier.add(Properties(of=ANA, read_at="2026-11-22T10:41:00Z", url="", status=200))
    made = step(ANA, earlier)
    async with properties_before_photo(made):
        await requests_photo(made)
    assert 1 == len(made.seen.properties)


async def test_a_reading_that_fails_holds_nothing_up():
    """If SharePoint asks to sign in, the reason is recorded and the photo request leaves."""
    made = step()
    made.workspace.sign_in_is_over()
    made.workspace.session.tab = _leads_to_sign_in(made.workspace.session.tab)
    async with properties_before_photo(made):
        await requests_photo(made)
    assert [Reason.SIGNED_OUT] == [u.reason for u in made.seen.unseen]
    assert 1 == len(made.workspace.guard.photo_requests)


def _leads_to_sign_in(opens: Any) -> Any:
    async def tab(**how: object) -> Any:
        made = await opens(**how)
        made.leads_to = {f"{SHAREPOINT}/_layouts/15/sharepoint.aspx": "https://login.microsoftonline.com/x"}
        return made

    return tab


async def test_what_the_profile_says_is_recorded():
    """The profile's values, the tenant's clock, and the user's other addresses and names are recorded."""
    made = step(answers={"PeopleManager": profile(mail="a.popescu@contoso.com")})
    tab = await made.workspace.open_tab()
    await read_properties(made, tab, "after")
    (read,) = made.seen.properties
    assert (200, "after", "63871234567") == (read.status, read.moment, read.values["SPS-PictureTimestamp"])
    assert {ANA, "a.popescu@contoso.com"} == made.who.addresses
    assert {"Ana Popescu"} == made.who.names
    assert 1 == len(made.seen.of(TenantClock))


async def test_a_refusal_is_recorded():
    """A refused request is recorded with its status as not visible; nothing is concluded from it."""
    made = step(answers={})
    await read_properties(made, await made.workspace.open_tab(), "before")
    assert [404] == [p.status for p in made.seen.properties]
    assert ["SharePoint did not return the properties of its copy (status 404)."] == [
        u.why.text for u in made.seen.unseen
    ]
    assert frozenset() == made.who.names


async def test_a_site_that_says_nothing_is_no_gap():
    """A site that does not return its copy is not reported, because not every account may read a site's user list."""
    made = step(answers={})
    tab = await made.workspace.open_tab()
    await tab.goto(PAGE)
    await read_site_copies(made, tab)
    assert ((), ()) == (made.seen.site_properties, made.seen.unseen)
    assert 1 == len(tab.requested)
