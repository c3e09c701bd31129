"""Photos travel from store to store by the tenant's own clock."""

from datetime import datetime, timedelta

import pytest

from troubleshooter import sandbox

HOUR = 3600


@pytest.fixture
def stamp(enter):
    """Return a function that reads the timestamp of SharePoint's copy as a colleague, whose visit starts no sync."""
    reader = enter("helpdesk")
    reader.visit("https://contoso.sharepoint.com/")
    return lambda: reader.properties("ana.popescu@contoso.com")["SPS-PictureTimestamp"]


def test_a_visit_of_the_subject_brings_the_copy_up_to_date_later(tenant, enter, stamp, distance):
    """Once 24 hours have passed since the last attempt, a visit queues a copy, which arrives some minutes later."""
    tenant.set_fault("stale-copy")
    visitor = enter()
    tenant.advance(19 * HOUR)
    before, old = stamp(), visitor.userphoto(tenant.subject).picture
    assert stamp() == before
    tenant.advance(11 * 60)
    assert int(stamp()) - int(before) > 24 * HOUR
    new = visitor.userphoto(tenant.subject).picture
    assert distance(new, old) > 8
    assert distance(new, visitor.graph(tenant.subject).picture) < 2


def test_no_second_attempt_within_24_hours(tenant, enter, stamp):
    """The attempt 6 hours ago blocks further attempts for 24 hours."""
    tenant.set_fault("stale-copy")
    visitor, before = enter(), stamp()
    for hours in (1, 16):
        tenant.advance(hours * HOUR)
        visitor.userphoto(tenant.subject)
        tenant.advance(0.5 * HOUR)
        assert stamp() == before


def test_a_colleagues_visit_triggers_nothing(tenant, enter, stamp):
    """Neither a colleague's visit nor the subject's visit to a colleague's photo starts a copy."""
    tenant.set_fault("stale-copy")
    tenant.advance(30 * HOUR)
    before = stamp()
    enter("helpdesk").userphoto(tenant.subject)
    enter().userphoto("stefan.tanase@contoso.com")
    tenant.advance(HOUR)
    assert stamp() == before


def test_the_first_visit_makes_the_first_copy(tenant, enter, stamp):
    """A user who never requested their photo has no copy; the first request starts it."""
    tenant.set_fault("never-visited")
    visitor = enter()
    assert "PersonPlaceholder" in visitor.userphoto(tenant.subject).url
    assert stamp() == ""
    tenant.advance(11 * 60)
    assert stamp() != ""
    assert visitor.userphoto(tenant.subject).picture.size == (648, 648)
    assert visitor.properties(tenant.subject)["SPS-PictureExchangeSyncState"] == "1"


@pytest.mark.parametrize("fault", ["healthy", "placeholder"])
def test_an_unchanged_photo_is_not_copied_again(tenant, enter, stamp, fault):
    """A visit does not copy an unchanged photo again, so a wrong placeholder state remains."""
    tenant.set_fault(fault)
    before = stamp()
    visitor = enter()
    visitor.userphoto(tenant.subject)
    tenant.advance(HOUR)
    assert stamp() == before
    expected = {"healthy": "0", "placeholder": "1"}[fault]
    assert visitor.properties(tenant.subject)["SPS-PicturePlaceholderState"] == expected


def test_the_sites_copy_follows_after_sharepoints(tenant, enter, stamp):
    """The site's copy keeps the old timestamp for a while, and then follows SharePoint's copy."""
    tenant.set_fault("stale-copy")
    tenant.advance(19 * HOUR)
    visitor = enter()
    visitor.userphoto(tenant.subject)

    def site():
        call = f"web/siteuserinfolist/items?$filter=UserName%20eq%20'{tenant.subject}'"
        return visitor.api(call, site="/sites/communications")["value"][0]["SPSPictureTimestamp"]

    old = site()
    tenant.advance(11 * 60)
    assert (site(), stamp() != old) == (old, True)
    tenant.advance(HOUR)
    assert site() == stamp()


def test_a_changed_photo_reaches_the_mailbox_minutes_later(tenant, enter, distance):
    """The people service has the new photo immediately, and the mailbox minutes later."""
    from troubleshooter.sandbox.stores import Photo  # noqa: PLC0415
    from troubleshooter.sandbox.sync import change_photo  # noqa: PLC0415

    visitor = enter("helpdesk")
    visitor.outlook(tenant.subject)
    change_photo(tenant.state, tenant.subject, Photo(tenant.subject, variant=3))
    source = visitor.graph(tenant.subject).picture
    assert distance(source, visitor.outlook(tenant.subject).picture) > 8
    tenant.advance(6 * 60)
    assert distance(source, visitor.outlook(tenant.subject).picture) < 2


def test_in_the_other_generation_sharepoint_shows_the_source(enter, distance):
    """In the other generation SharePoint shows the source, and no visit changes the stored thumbnails."""
    with sandbox.running("stale-copy", generation="people-service") as running:
        visitor = enter("ana", running)
        visitor.visit(running.sharepoint)
        before = visitor.properties(running.subject)
        source = visitor.graph(running.subject).picture
        assert distance(visitor.userphoto(running.subject).picture, source) < 2
        stored = visitor.visit(before["PictureURL"].replace("_MThumb", "_LThumb")).picture
        assert distance(stored, source) > 8
        running.advance(30 * HOUR)
        visitor.userphoto(running.subject)
        running.advance(HOUR)
        assert visitor.properties(running.subject)["SPS-PictureTimestamp"] == before["SPS-PictureTimestamp"]
        visitor.close()


def test_a_switch_back_to_healthy_forgets_what_was_on_its_way(tenant, enter, stamp):
    """Pending copies never arrive after the fault was switched to healthy."""
    tenant.set_fault("never-visited")
    enter().userphoto(tenant.subject)
    tenant.set_fault("healthy")
    before = stamp()
    tenant.advance(HOUR)
    assert stamp() == before
    assert isinstance(tenant.now(), datetime)
    assert tenant.now().utcoffset() == timedelta(0)
