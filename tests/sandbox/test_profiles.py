"""SharePoint's REST API in the sandbox."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

MANAGER = "SP.UserProfiles.PeopleManager"
DATA = "{http://schemas.microsoft.com/ado/2007/08/dataservices}"


def test_my_properties_have_every_field(tenant, enter):
    """The response has every field of a recorded response, and the properties that describe the copy."""
    visitor = enter()
    answer = visitor.api(f"{MANAGER}/GetMyProperties")
    assert set(answer) == {
        "AccountName", "DirectReports", "DisplayName", "Email", "ExtendedManagers", "ExtendedReports", "IsFollowed",
        "LatestPost", "Peers", "PersonalSiteHostUrl", "PersonalUrl", "PictureUrl", "Title", "UserProfileProperties",
        "UserUrl",
    }  # fmt: skip
    assert answer["AccountName"] == f"i:0#.f|membership|{tenant.subject}"
    pairs = {pair["Key"]: pair["Value"] for pair in answer["UserProfileProperties"]}
    assert (pairs["SPS-PicturePlaceholderState"], pairs["SPS-PictureExchangeSyncState"]) == ("0", "1")
    assert answer["PictureUrl"] == f"{pairs['PictureURL']}?t={pairs['SPS-PictureTimestamp']}"


def test_the_picture_timestamp_counts_seconds_from_year_one(tenant, enter):
    """The timestamp counts seconds from the year one, and is three days ago on a healthy tenant."""
    visitor = enter()
    seconds = int(visitor.properties(tenant.subject)["SPS-PictureTimestamp"])
    copied = datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert abs(tenant.now() - timedelta(days=3) - copied) < timedelta(minutes=1)


def test_a_colleagues_properties_can_be_read(tenant, enter):
    """The account may be in the call or in its parameter alias; an unknown account gives null."""
    visitor = enter("helpdesk")
    assert visitor.properties(tenant.subject)["DisplayName"] == "Ana Popescu"
    inline = visitor.api(f"{MANAGER}/GetPropertiesFor(accountName='{tenant.subject}')")
    assert inline["Email"] == tenant.subject
    assert visitor.api(f"{MANAGER}/GetPropertiesFor(@v)?@v='nobody@contoso.com'") == {"odata.null": True}


def test_one_property_can_be_read_alone(tenant, enter):
    """The response to a request for one property contains nothing but its value."""
    visitor = enter()
    call = f"{MANAGER}/GetUserProfilePropertyFor(accountName=@v,propertyName='SPS-PictureExchangeSyncState')"
    assert visitor.api(f"{call}?@v='{tenant.subject}'") == {"value": "1"}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json;odata=verbose", "verbose"),
        ("application/json;odata=nometadata", "plain"),
        ("application/json", "minimal"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
    ],
)
def test_the_accept_header_decides_the_form(tenant, enter, accept, kind):
    """The Accept header decides the form of JSON, and a browser that navigates gets Atom XML."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    answer = visitor.ask(f"{tenant.sharepoint}/_api/{MANAGER}/GetMyProperties", headers={"Accept": accept})
    if kind == "xml":
        assert answer.headers["content-type"].startswith("application/atom+xml")
        tree = ElementTree.fromstring(answer.text)
        keys = [key.text for key in tree.iter(f"{DATA}Key")]
        values = [value.text for value in tree.iter(f"{DATA}Value")]
        assert dict(zip(keys, values, strict=True))["SPS-PicturePlaceholderState"] == "0"
        assert tree.find(f".//{DATA}DisplayName").text == "Ana Popescu"
    elif kind == "verbose":
        inner = answer.json["d"]
        assert inner["__metadata"]["type"] == "SP.UserProfiles.PersonProperties"
        assert {"Key", "Value", "ValueType"} <= set(inner["UserProfileProperties"]["results"][0])
    else:
        assert answer.json["DisplayName"] == "Ana Popescu"
        assert ("odata.metadata" in answer.json) == (kind == "minimal")


def test_xml_marks_what_is_null(tenant, enter):
    """A profile without a picture marks the field as null."""
    tenant.set_fault("never-visited")
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    tree = ElementTree.fromstring(visitor.ask(f"{tenant.sharepoint}/_api/{MANAGER}/GetMyProperties").text)
    assert "true" in tree.find(f".//{DATA}PictureUrl").attrib.values()


def test_the_current_user_is_named(tenant, enter):
    """Every site and the social API return the current user."""
    visitor = enter()
    for site in ("", "/sites/communications"):
        assert visitor.api("web/currentuser", site=site)["UserPrincipalName"] == tenant.subject
    assert visitor.api("social.following/my")["ImageUri"].startswith("https://contoso-my.sharepoint.com")


def test_the_sites_own_copy_can_be_read(tenant, enter):
    """A site's own copy is a user's item in the user information list, selected by a filter."""
    visitor = enter()
    call = f"web/siteuserinfolist/items?$filter=UserName%20eq%20'{tenant.subject}'"
    (item,) = visitor.api(call, site="/sites/communications")["value"]
    assert item["SPSPictureTimestamp"] == visitor.properties(tenant.subject)["SPS-PictureTimestamp"]
    assert (item["SPSPicturePlaceholderState"], item["SPSPictureExchangeSyncState"]) == (0, 1)
    assert item["Picture"]["Url"].startswith("https://contoso-my.sharepoint.com:443/")


def test_pages_name_the_people_on_them(tenant, enter):
    """Each page's canvas contains its people, in the library's items and in the file's."""
    visitor = enter()
    items = visitor.api("web/lists/getbytitle('Site%20Pages')/items", site="/sites/communications")["value"]
    canvases = {item["FileLeafRef"]: json.loads(item["CanvasContent1"]) for item in items}
    parts = [part["webPartData"] for part in canvases["Our-Team.aspx"] if part["controlType"] == 3]
    assert {part["id"] for part in parts} == {"7f718435-ee4d-431c-bdbf-9c4ff326f46e"}
    assert [part["properties"]["layout"] for part in parts] == [1, 2]
    persons = parts[0]["properties"]["persons"]
    assert {"ana.popescu@contoso.com", "ana.popescu2@contoso.com"} <= {person["upn"] for person in persons}
    assert parts[0]["serverProcessedContent"]["searchablePlainTexts"]["persons[0].name"] == "Lars Hansen"
    path = "/sites/communications/SitePages/News-Office-Move.aspx"
    call = f"web/getfilebyserverrelativeurl('{path}')/ListItemAllFields"
    title = json.loads(visitor.api(call, site="/sites/communications")["LayoutWebpartsContent"])
    assert title[0]["properties"]["authors"][0]["upn"] == tenant.subject


def test_what_does_not_exist_is_an_error(tenant, enter):
    """A call or a file that does not exist gives a 404."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    site = f"{tenant.sharepoint}/sites/communications/_api/web"
    assert visitor.ask(f"{site}/nothing").status == 404
    assert visitor.ask(f"{site}/getfilebyserverrelativeurl('/x.aspx')/ListItemAllFields").status == 404
