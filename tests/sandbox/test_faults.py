"""Each fault, seen over HTTPS next to the healthy control."""

import re
from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def colleague(enter):
    """The helpdesk, already known to every host: a visit of theirs triggers no copy."""
    visitor = enter("helpdesk")
    visitor.visit("https://contoso.sharepoint.com/")
    visitor.outlook("helpdesk@contoso.com")
    return visitor


def seen(visitor, upn):
    """What the stores say about a user."""
    said = visitor.properties(upn)
    stamp = said["SPS-PictureTimestamp"]
    return {
        "placeholder": said["SPS-PicturePlaceholderState"],
        "sync": said["SPS-PictureExchangeSyncState"],
        "file": bool(said["PictureURL"]),
        "url": bool(said["PictureUrl"]),
        "copied": datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp)) if stamp else None,
    }


def test_healthy_shows_one_photo_everywhere(tenant, colleague, far):
    """The control of all others."""
    photos = [visit(tenant.subject).picture for visit in (colleague.userphoto, colleague.outlook, colleague.graph)]
    assert max(far(photos[0], photo) for photo in photos) < 2
    said = seen(colleague, tenant.subject)
    assert (said["placeholder"], said["sync"], said["file"], said["url"]) == ("0", "1", True, True)


@pytest.mark.parametrize("fault", ["stale-copy", "recropped"])
def test_an_old_copy_is_six_hours_old_and_the_source_two(tenant, colleague, far, fault):
    """SharePoint differs from the source, which all its properties call fine."""
    tenant.set_fault(fault)
    source, copy = colleague.graph(tenant.subject).picture, colleague.userphoto(tenant.subject).picture
    assert far(source, colleague.outlook(tenant.subject).picture) < 2
    assert far(source, copy) > 8
    said = seen(colleague, tenant.subject)
    assert (said["placeholder"], said["sync"]) == ("0", "1")
    assert abs(tenant.now() - said["copied"] - timedelta(hours=6)) < timedelta(minutes=1)
    etag = colleague.graph(tenant.subject, "photo").json["@odata.mediaEtag"]
    changed = datetime.fromtimestamp(int(re.search(r"\d+", etag)[0]), UTC)
    assert abs(tenant.now() - changed - timedelta(hours=2)) < timedelta(minutes=1)


def test_recropped_holds_a_part_of_the_same_picture(tenant, colleague, far):
    """Three quarters of it, a little off its centre."""
    tenant.set_fault("recropped")
    whole, part = colleague.graph(tenant.subject).picture, colleague.userphoto(tenant.subject).picture
    assert part.size == (486, 486)
    assert far(part, whole.crop((104, 52, 104 + 486, 52 + 486))) < 2


def test_stale_copy_holds_another_photo_of_the_same_person(tenant, colleague, far):
    """Not a part of today's."""
    tenant.set_fault("stale-copy")
    assert colleague.userphoto(tenant.subject).picture.size == (648, 648)


def test_never_visited_leaves_every_property_empty(tenant, colleague):
    """No file, no time, no state; the silhouette where the photo should be, and the source is fine."""
    tenant.set_fault("never-visited")
    assert seen(colleague, tenant.subject) == {
        "placeholder": "",
        "sync": "",
        "file": False,
        "url": False,
        "copied": None,
    }
    assert "PersonPlaceholder" in colleague.userphoto(tenant.subject).url
    assert colleague.graph(tenant.subject).status == 200


def test_placeholder_hides_a_thumbnail_that_is_there(tenant, colleague, far):
    """PictureURL has a value, PictureUrl has none."""
    tenant.set_fault("placeholder")
    said = seen(colleague, tenant.subject)
    assert (said["placeholder"], said["sync"], said["file"], said["url"]) == ("1", "1", True, False)
    assert "PersonPlaceholder" in colleague.userphoto(tenant.subject).url
    stored = colleague.visit(colleague.properties(tenant.subject)["PictureURL"].replace("_MThumb", "_LThumb"))
    assert far(stored.picture, colleague.graph(tenant.subject).picture) < 2


def test_a_browser_may_keep_the_old_photo_under_the_address_of_the_new_one(tenant, colleague, far):
    """Nothing but the photo changes: the same address, which browsers may answer by themselves for a day."""
    tenant.set_fault("stale-copy")
    address = f"{tenant.sharepoint}/_layouts/15/userphoto.aspx?size=M&accountname={tenant.subject}"
    assert "userphoto.aspx?size=M" in colleague.visit(tenant.pages[0]).text.replace("\\u0026", "&")
    old = colleague.visit(address)
    redirect = colleague.ask(address)
    assert (302, "private, max-age=86400") == (redirect.status, redirect.headers["cache-control"])
    assert "max-age=86400" in old.headers["cache-control"]
    tenant.set_fault("browser-cache")
    new = colleague.visit(address)
    assert far(old.picture, new.picture) > 8
    source = colleague.graph(tenant.subject).picture  # larger: pictures of two sizes are never as near as of one
    assert far(new.picture, source) < far(old.picture, source) / 2


def test_no_photo_is_missing_in_each_place_in_its_own_way(tenant, colleague):
    """404, one pixel, silhouette, initials."""
    tenant.set_fault("no-photo")
    assert colleague.graph(tenant.subject).status == 404
    assert colleague.outlook(tenant.subject).picture.size == (1, 1)
    assert "PersonPlaceholder" in colleague.userphoto(tenant.subject).url
    assert seen(colleague, tenant.subject)["file"] is False
    page = colleague.visit(tenant.pages[0]).text.replace("\\u0026", "&")
    personas = re.findall(r'"mail": "ana\.popescu@contoso\.com".*?"photo": "(https://eur\.loki[^"]+)"', page)
    assert list({colleague.ask(address).status for address in personas}) == [404]


def test_other_photo_is_a_real_one_that_sync_leaves_alone(tenant, colleague, enter, far):
    """Sync state 0; no visit of the user brings it back in line."""
    tenant.set_fault("other-photo")
    said = seen(colleague, tenant.subject)
    assert (said["placeholder"], said["sync"], said["url"]) == ("0", "0", True)
    other = colleague.userphoto(tenant.subject).picture
    assert far(other, colleague.graph(tenant.subject).picture) > 8
    tenant.set_fault("stale-copy")
    assert far(other, colleague.userphoto(tenant.subject).picture) > 8
    tenant.set_fault("other-photo")
    tenant.advance(48 * 3600)
    enter().userphoto(tenant.subject)
    tenant.advance(3600)
    assert far(other, colleague.userphoto(tenant.subject).picture) == 0


def test_broken_image_refuses_everybodys_photo(tenant, colleague):
    """The addresses fail, the placeholder and the stored files do not."""
    tenant.set_fault("broken-image")
    for upn in (tenant.subject, "stefan.tanase@contoso.com"):
        answer = colleague.userphoto(upn, "M")
        assert (answer.status, answer.text) == (403, "ERROR 403: Time-Limited URL validation failed")
    assert colleague.userphoto("", "M").status == 200
    tenant.set_fault("healthy")
    assert colleague.userphoto(tenant.subject, "M").status == 200


@pytest.mark.parametrize("where", ["userphoto", "thumbnail"])
def test_slow_images_holds_photos_of_sharepoint_only(tenant, colleague, where):
    """The source answers, SharePoint keeps the line open until the client gives up."""
    stored = colleague.properties(tenant.subject)["PictureURL"]
    tenant.set_fault("slow-images")
    assert colleague.graph(tenant.subject).status == 200
    assert colleague.userphoto("", "M").status == 200
    colleague._connect().sock.settimeout(0.3)
    with pytest.raises(TimeoutError):
        colleague.userphoto(tenant.subject, "M") if where == "userphoto" else colleague.visit(stored)


def test_subject_not_on_page_leaves_only_the_namesake(tenant, colleague):
    """The subject's address is nowhere on the pages; the display name still is."""
    for fault, there in (("healthy", True), ("subject-not-on-page", False)):
        tenant.set_fault(fault)
        pages = [colleague.visit(page).text for page in tenant.pages]
        assert [there, there] == ["ana.popescu@contoso.com" in page for page in pages]
        assert "Ana Popescu" in pages[0]
        assert there == ('class="byline' in pages[1])
    canvas = colleague.api("web/lists/getbytitle('Site Pages')/items".replace(" ", "%20"), site="/sites/communications")
    assert "ana.popescu@contoso.com" not in str(canvas)


def test_page_missing_deletes_the_demo_pages_only(tenant, colleague):
    """404 with a whole page around it; the start page no longer names them."""
    tenant.set_fault("page-missing")
    for page in tenant.pages:
        answer = colleague.visit(page)
        assert answer.status == 404
        assert "O365_NavHeader" in answer.text
    assert colleague.visit(tenant.pages[0].replace("Our-Team", "Leadership")).status == 200
    assert "Our-Team" not in colleague.visit(tenant.sharepoint).text
    tenant.set_fault("healthy")
    assert [colleague.visit(page).status for page in tenant.pages] == [200, 200]


def test_wrong_password_refuses_the_right_one(tenant, stranger):
    """With the code of a wrong one."""
    tenant.set_fault("wrong-password")
    assert stranger.sign_in(tenant.subject).config["sErrorCode"] == "50126"
    assert [credential.right for credential in tenant.journal.credentials] == [False]


@pytest.mark.parametrize(
    "fault", ["stale-copy", "never-visited", "placeholder", "no-photo", "other-photo", "recropped"]
)
def test_faults_of_the_subject_leave_colleagues_alone(tenant, colleague, far, fault):
    """Somebody else's photo is in sync all the while."""
    tenant.set_fault(fault)
    upn = "stefan.tanase@contoso.com"
    assert far(colleague.userphoto(upn).picture, colleague.graph(upn).picture) < 2
