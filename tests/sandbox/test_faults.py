"""Each fault has its effect over HTTPS, next to the healthy control."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from troubleshooter import sandbox
from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.flags import Flags
from troubleshooter.sandbox.sign_in_plan import SignInPlan
from troubleshooter.sandbox.state import State


@pytest.fixture
def colleague(enter):
    """Return a helpdesk visitor whom every host already knows, so that further visits trigger no copy."""
    visitor = enter("helpdesk")
    visitor.visit("https://contoso.sharepoint.com/")
    visitor.outlook("helpdesk@contoso.com")
    return visitor


def seen(visitor, upn):
    """Return what the stores report about a user."""
    reported = visitor.properties(upn)
    stamp = reported["SPS-PictureTimestamp"]
    return {
        "placeholder": reported["SPS-PicturePlaceholderState"],
        "sync": reported["SPS-PictureExchangeSyncState"],
        "file": bool(reported["PictureURL"]),
        "url": bool(reported["PictureUrl"]),
        "copied": datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp)) if stamp else None,
    }


def test_healthy_shows_one_photo_everywhere(tenant, colleague, distance):
    """On a healthy tenant SharePoint, Outlook and Graph show the same photo, and all properties are normal."""
    photos = [visit(tenant.subject).picture for visit in (colleague.userphoto, colleague.outlook, colleague.graph)]
    assert max(distance(photos[0], photo) for photo in photos) < 2
    reported = seen(colleague, tenant.subject)
    assert (reported["placeholder"], reported["sync"], reported["file"], reported["url"]) == ("0", "1", True, True)


@pytest.mark.parametrize("fault", ["stale-copy", "recropped"])
def test_an_old_copy_is_six_hours_old_and_the_source_two(tenant, colleague, distance, fault):
    """SharePoint's copy is six hours old and differs from the source, which changed two hours ago."""
    tenant.set_fault(fault)
    source, copy = colleague.graph(tenant.subject).picture, colleague.userphoto(tenant.subject).picture
    assert distance(source, colleague.outlook(tenant.subject).picture) < 2
    assert distance(source, copy) > 8
    reported = seen(colleague, tenant.subject)
    assert (reported["placeholder"], reported["sync"]) == ("0", "1")
    assert abs(tenant.now() - reported["copied"] - timedelta(hours=6)) < timedelta(minutes=1)
    etag = colleague.graph(tenant.subject, "photo").json["@odata.mediaEtag"]
    changed = datetime.fromtimestamp(int(re.search(r"\d+", etag)[0]), UTC)
    assert abs(tenant.now() - changed - timedelta(hours=2)) < timedelta(minutes=1)


def test_recropped_holds_a_part_of_the_same_picture(tenant, colleague, distance):
    """SharePoint has three quarters of the source's picture, slightly off center."""
    tenant.set_fault("recropped")
    whole, part = colleague.graph(tenant.subject).picture, colleague.userphoto(tenant.subject).picture
    assert part.size == (486, 486)
    assert distance(part, whole.crop((104, 52, 104 + 486, 52 + 486))) < 2


def test_stale_copy_holds_another_photo_of_the_same_person(tenant, colleague, distance):
    """The stale copy is a whole picture, not a part of the current one."""
    tenant.set_fault("stale-copy")
    assert colleague.userphoto(tenant.subject).picture.size == (648, 648)


def test_never_visited_leaves_every_property_empty(tenant, colleague):
    """There is no file, no time and no state; SharePoint shows the placeholder, and the source has the photo."""
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


def test_placeholder_hides_a_thumbnail_that_is_there(tenant, colleague, distance):
    """The thumbnail is stored but hidden, so `PictureURL` has a value and `PictureUrl` has none."""
    tenant.set_fault("placeholder")
    reported = seen(colleague, tenant.subject)
    assert (reported["placeholder"], reported["sync"], reported["file"], reported["url"]) == ("1", "1", True, False)
    assert "PersonPlaceholder" in colleague.userphoto(tenant.subject).url
    stored = colleague.visit(colleague.properties(tenant.subject)["PictureURL"].replace("_MThumb", "_LThumb"))
    assert distance(stored.picture, colleague.graph(tenant.subject).picture) < 2


def test_a_browser_may_keep_the_old_photo_under_the_address_of_the_new_one(tenant, colleague, distance):
    """A photo changes while its URL stays the same, so a browser may show the old one from its cache for a day."""
    tenant.set_fault("stale-copy")
    address = f"{tenant.sharepoint}/_layouts/15/userphoto.aspx?size=M&accountname={tenant.subject}"
    assert "userphoto.aspx?size=M" in colleague.visit(tenant.pages[0]).text.replace("\\u0026", "&")
    old = colleague.visit(address)
    redirect = colleague.ask(address)
    assert (302, "private, max-age=86400") == (redirect.status, redirect.headers["cache-control"])
    assert "max-age=86400" in old.headers["cache-control"]
    tenant.set_fault("browser-cache")
    new = colleague.visit(address)
    assert distance(old.picture, new.picture) > 8
    source = colleague.graph(tenant.subject).picture  # larger, and two sizes are never as close as one
    assert distance(new.picture, source) < distance(old.picture, source) / 2


def test_no_photo_is_missing_in_each_place_in_its_own_way(tenant, colleague):
    """A missing photo is 404 in Graph, one pixel in Outlook, and the placeholder in SharePoint."""
    tenant.set_fault("no-photo")
    assert colleague.graph(tenant.subject).status == 404
    assert colleague.outlook(tenant.subject).picture.size == (1, 1)
    assert "PersonPlaceholder" in colleague.userphoto(tenant.subject).url
    assert seen(colleague, tenant.subject)["file"] is False
    page = colleague.visit(tenant.pages[0]).text.replace("\\u0026", "&")
    personas = re.findall(r'"mail": "ana\.popescu@contoso\.com".*?"photo": "(https://eur\.loki[^"]+)"', page)
    assert list({colleague.ask(address).status for address in personas}) == [404]


def test_other_photo_is_a_real_one_that_sync_leaves_alone(tenant, colleague, enter, distance):
    """The sync state is 0, and no visit by the user brings the photo back in sync."""
    tenant.set_fault("other-photo")
    reported = seen(colleague, tenant.subject)
    assert (reported["placeholder"], reported["sync"], reported["url"]) == ("0", "0", True)
    other = colleague.userphoto(tenant.subject).picture
    assert distance(other, colleague.graph(tenant.subject).picture) > 8
    tenant.set_fault("stale-copy")
    assert distance(other, colleague.userphoto(tenant.subject).picture) > 8
    tenant.set_fault("other-photo")
    tenant.advance(48 * 3600)
    enter().userphoto(tenant.subject)
    tenant.advance(3600)
    assert distance(other, colleague.userphoto(tenant.subject).picture) == 0


def test_broken_image_refuses_everybodys_photo(tenant, colleague):
    """Photo URLs fail for everybody, but the placeholder does not."""
    tenant.set_fault("broken-image")
    for upn in (tenant.subject, "stefan.tanase@contoso.com"):
        answer = colleague.userphoto(upn, "M")
        assert (answer.status, answer.text) == (403, "ERROR 403: Time-Limited URL validation failed")
    assert colleague.userphoto("", "M").status == 200
    tenant.set_fault("healthy")
    assert colleague.userphoto(tenant.subject, "M").status == 200


@pytest.mark.parametrize("where", ["userphoto", "thumbnail"])
def test_slow_images_holds_photos_of_sharepoint_only(tenant, colleague, where):
    """SharePoint keeps requests for photos open until the client gives up, while the source responds."""
    stored = colleague.properties(tenant.subject)["PictureURL"]
    tenant.set_fault("slow-images")
    assert colleague.graph(tenant.subject).status == 200
    assert colleague.userphoto("", "M").status == 200
    colleague._connect().sock.settimeout(0.3)
    with pytest.raises(TimeoutError):
        colleague.userphoto(tenant.subject, "M") if where == "userphoto" else colleague.visit(stored)


def test_subject_not_on_page_leaves_only_the_namesake(tenant, colleague):
    """No page contains the subject's address, but the namesake is still there."""
    for fault, there in (("healthy", True), ("subject-not-on-page", False)):
        tenant.set_fault(fault)
        pages = [colleague.visit(page).text for page in tenant.pages]
        assert [there, there] == ["ana.popescu@contoso.com" in page for page in pages]
        assert "Ana Popescu" in pages[0]
        assert there == ('class="byline' in pages[1])
    canvas = colleague.api("web/lists/getbytitle('Site Pages')/items".replace(" ", "%20"), site="/sites/communications")
    assert "ana.popescu@contoso.com" not in str(canvas)


def test_page_missing_deletes_the_demo_pages_only(tenant, colleague):
    """The demo's pages return 404 with the full page frame, and the start page no longer lists them."""
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
    """The right password is rejected with the error code of a wrong one."""
    tenant.set_fault("wrong-password")
    assert stranger.sign_in(tenant.subject).config["sErrorCode"] == "50126"
    assert [credential.right for credential in tenant.journal.credentials] == [False]


@pytest.mark.parametrize(
    "fault", ["stale-copy", "never-visited", "placeholder", "no-photo", "other-photo", "recropped"]
)
def test_faults_of_the_subject_leave_colleagues_alone(tenant, colleague, distance, fault):
    """Another user's photo stays in sync while the subject has a fault."""
    tenant.set_fault(fault)
    upn = "stefan.tanase@contoso.com"
    assert distance(colleague.userphoto(upn).picture, colleague.graph(upn).picture) < 2


def test_a_combination_keeps_what_each_fault_changes():
    """Each fault in a combination changes only the fields in its row, and the last fault wins."""
    state = State(fault_named("mfa-totp + late-config, late-cards"))
    plan = SignInPlan(steps=("mfa", "kmsi"), proofs=("PhoneAppOTP",), totp_known=True, config_late=1200, drawn_late=800)
    assert Flags(cards_late=True, sign_in=plan) == state.flags
    assert "mfa-totp+late-config+late-cards" == state.fault
    for name, window in (("upload-popup+upload-account", "account"), ("upload-account+upload-popup", "popup")):
        state.become(fault_named(name))
        assert Flags(upload_window=window) == state.flags


def test_a_fault_is_named_once():
    """A combination that contains a fault twice is refused."""
    with pytest.raises(ValueError, match="named twice"):
        sandbox.named("no-photo+stale-copy+no-photo")


def test_the_sandbox_contains_no_verdict_of_the_product():
    """No file in the sandbox contains a cause or a verdict, because what a fault leads to belongs to the tests."""
    product = re.compile(r"\bC[1-9]\d?\b|\bin-sync\b|\bout-of-sync\b|\binconclusive\b")
    files = [path for path in Path(sandbox.__file__).parent.rglob("*.py") if product.search(path.read_text("utf-8"))]
    assert [] == files
