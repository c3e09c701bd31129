"""A picture's URL reveals which store it came from and whose photo it is, or nothing."""

import pytest

from troubleshooter.identity.photo_address import (
    account_in,
    asks_for_photo,
    bare_account,
    cut_account,
    object_id_in,
    source_of,
    thumbnail_of,
)
from troubleshooter.model.enums import Source

SITE = "https://contoso.sharepoint.com"
PHOTO = f"{SITE}/_layouts/15/userphoto.aspx"
CDN = f"{SITE}/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg"
DELVE = f"{SITE}/_vti_bin/DelveApi.ashx/people/profileimage"
THUMB = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/"
LOKI = "https://eur.loki.delve.office.com/api/v2/personaphoto"
GRAPH = "https://graph.microsoft.com/v1.0"
OWA = "https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto"
GUID = "0F4C1F6E-12ab-4000-8000-00000000000A"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{PHOTO}?size=S&accountname=ana@contoso.com", Source.SHAREPOINT_COPY),
        (f"{SITE}/_layouts/15/UserPhoto.aspx", Source.SHAREPOINT_COPY),
        (f"{CDN}?_oat_=1_a&P1=2&size=L&accountname=ana%40contoso.com", Source.SHAREPOINT_COPY),
        (f"{THUMB}ana_contoso_com_MThumb.jpg?t=63930919200", Source.SHAREPOINT_COPY),
        ("https://contoso-my.sharepoint.com/User Photos/Imagini profil/ana_SThumb.jpg", Source.SHAREPOINT_COPY),
        (f"{DELVE}?size=L&userId=ana@contoso.com", Source.SHAREPOINT_COPY),
        (f"{OWA}?email=ana@contoso.com&size=HR96x96", Source.MAILBOX_COPY),
        (f"{SITE}/_api/OWAWebService/service.svc/s/GetPersonaPhoto?email=x", Source.MAILBOX_COPY),
        (f"{GRAPH}/me/photo/$value", Source.PEOPLE_SERVICE),
        (f"{GRAPH}/users/{GUID}/photos/48x48/$value", Source.PEOPLE_SERVICE),
        (f"{LOKI}?aadObjectId={GUID}", Source.PEOPLE_SERVICE),
        ("https://substrate.office.com/profile/v1.0/me/image", Source.PEOPLE_SERVICE),
        ("HTTPS://GRAPH.MICROSOFT.COM/v1.0/me/photo", Source.PEOPLE_SERVICE),
        ("data:image/png;base64,userphoto.aspx", Source.UNKNOWN),
        ("blob:https://graph.microsoft.com/1", Source.UNKNOWN),
        ("http://graph.microsoft.com/v1.0/me/photo", Source.UNKNOWN),
        ("https://evil.example/graph.microsoft.com/photo", Source.UNKNOWN),
        (f"{SITE}/sites/News/SiteAssets/logo.png", Source.UNKNOWN),
        ("", Source.UNKNOWN),
        (None, Source.UNKNOWN),
    ],
)
def test_the_store_behind_an_address(url, expected):
    """Each kind of photo URL belongs to one store; a URL that only resembles one belongs to none."""
    assert expected == source_of(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{PHOTO}?size=S&accountname=Ana@Contoso.com", "ana@contoso.com"),
        (f"{PHOTO}?size=S&AccountName=ana%40contoso.com", "ana@contoso.com"),
        (f"{PHOTO}?accountname=i%3A0%23.f%7Cmembership%7Cana%40contoso.com", "ana@contoso.com"),
        (f"{PHOTO}?username=ana@contoso.com", "ana@contoso.com"),
        (f"{CDN}?_oat_=1_a&P1=2&accountname=ana%40contoso.com", "ana@contoso.com"),
        (f"{OWA}?email=ana@contoso.com&UA=0&size=HR96x96", "ana@contoso.com"),
        (f"{LOKI}?upn=ana@contoso.com", "ana@contoso.com"),
        (f"{GRAPH}/users/ana@contoso.com/photo/$value", "ana@contoso.com"),
        (f"{GRAPH}/users/Ana%40Contoso.com/photos/48x48/$value", "ana@contoso.com"),
        (f"{PHOTO}?accountname=ana_x.com%23ext%23%40contoso.com", "ana_x.com#ext#@contoso.com"),
        (f"{PHOTO}?accountname=", None),
        (f"{PHOTO}?size=S", None),
        (f"{PHOTO}?accountname=ana", None),
        (f"{PHOTO}?accountname=ana@contoso", None),
        (f"{PHOTO}?accountname=ana%20i@contoso.com", None),
        (f"{GRAPH}/me/photo/$value", None),
        (f"{GRAPH}/users/{GUID}/photo/$value", None),
        (f"{SITE}/personal/ana@contoso.com/photo.jpg", None),
        ("data:image/png;base64,AA", None),
        ("", None),
        (None, None),
    ],
)
def test_the_account_that_an_address_names(url, expected):
    """The account is read from a query parameter or from Graph's path; other parts of a URL contain none."""
    assert expected == account_in(url)


def test_delves_address_names_its_account():
    """The old profile service's URL contains the account as `userId`."""
    assert "ana@contoso.com" == account_in(f"{DELVE}?size=L&userId=ana@contoso.com")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{LOKI}?aadObjectId={GUID}", GUID.lower()),
        (f"{LOKI}?AADOBJECTID={GUID}&x=1", GUID.lower()),
        (f"{GRAPH}/users/{GUID}/photo/$value", GUID.lower()),
        (f"{GRAPH}/users/{GUID}/photos/48x48/$value", GUID.lower()),
        (f"{GRAPH}/users/ana@contoso.com/photo/$value", None),
        (f"{GRAPH}/users/{GUID[:-1]}/photo/$value", None),
        (f"{GRAPH}/groups/{GUID}/photo/$value", None),
        (f"{LOKI}?aadObjectId=", None),
        (PHOTO, None),
        ("", None),
        (None, None),
    ],
)
def test_the_directory_id_that_an_address_names(url, expected):
    """A directory ID is read from Loki's parameter or from Graph's path, and returned in lower case."""
    assert expected == object_id_in(url)


@pytest.mark.parametrize(
    ("url", "upn", "expected"),
    [
        (f"{THUMB}ana_ionescu_contoso_com_MThumb.jpg", "ana.ionescu@contoso.com", True),
        (f"{THUMB}ana_ionescu_contoso_com_LThumb.jpg?t=639", "Ana.Ionescu@Contoso.com", True),
        (f"{THUMB}ANA_Contoso_com_SThumb.png", "ana@contoso.com", True),
        (f"{THUMB}radu_contoso_com_MThumb.jpg", "ana@contoso.com", False),
        (f"{THUMB}mariana_contoso_com_MThumb.jpg", "ana@contoso.com", False),
        (f"{THUMB}{GUID}_MThumb.jpg", "ana@contoso.com", False),
        (f"{THUMB}ana_contoso_com.jpg", "ana@contoso.com", False),
        (f"{SITE}/ana_contoso_com", "ana@contoso.com", False),
        ("", "ana@contoso.com", False),
        (None, "ana@contoso.com", False),
    ],
)
def test_a_thumbnail_named_after_its_owner(url, upn, expected):
    """A thumbnail is a user's if its file is named after the UPN, but not if the name merely contains the UPN."""
    assert expected == thumbnail_of(url, upn)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("i:0#.f|membership|Ana@Contoso.com", "ana@contoso.com"),
        ("i:0h.f|membership|10037ffe@live.com", "10037ffe@live.com"),
        (" ana@contoso.com ", "ana@contoso.com"),
        ("ana", "ana"),
        ("", ""),
    ],
)
def test_a_bare_account(value, expected):
    """The claim's prefix is removed from an account."""
    assert expected == bare_account(value)


@pytest.mark.parametrize("url", ["https://[", "https://[x]y/p.jpg", "https://contoso.sharepoint.com]/p.jpg"])
def test_an_invalid_address_says_nothing(url):
    """An invalid URL gives no store and no owner, and raises no error, because pages may contain mistyped URLs."""
    said = (source_of(url), account_in(url), object_id_in(url), thumbnail_of(url, "ana@contoso.com"))
    assert (Source.UNKNOWN, None, None, False) == said


@pytest.mark.parametrize(
    ("account", "upn", "asked"),
    [
        ("ana_fabrikam.com#ext#@contoso.com", "ana_fabrikam.com#EXT#@contoso.com", "ana_fabrikam.com"),
        ("ana+test@contoso.com", "ana+test@contoso.com", "ana test@contoso.com"),
        ("i:0#.f|membership|ana@contoso.com", "ana@contoso.com", "i:0"),
        ("ana_fabrikam.com", "ana_fabrikam.com#ext#@contoso.com", "ana_fabrikam.com"),
        ("i:0", "ana@contoso.com", "i:0"),
        ("r&d@contoso.com", "r&d@contoso.com", "r"),
        ("o", "o'brien@contoso.com", "o"),
        ("ana_fabrikam.com%23ext%23@contoso.com", "ana_fabrikam.com#ext#@contoso.com", ""),
        ("ana%2Btest@contoso.com", "ana+test@contoso.com", ""),
        ("o'brien@contoso.com", "o'brien@contoso.com", ""),
        ("i%3A0%23.f%7Cmembership%7Cana@contoso.com", "ana@contoso.com", ""),
        ("ana@contoso.com", "ana@contoso.com", ""),
        ("an", "ana@contoso.com", ""),
        ("radu@contoso.com", "ana@contoso.com", ""),
        ("", "ana@contoso.com", ""),
    ],
)
def test_an_account_that_is_not_encoded_is_cut(account, upn, asked):
    """Where the address names the user and asks for somebody else, it says for whom; an encoded one never does."""
    assert cut_account(f"{PHOTO}?size=M&accountname={account}", upn) == asked


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("ana_fabrikam.com#ext#@contoso.com", "ana_fabrikam.com#ext#@contoso.com"),
        ("ana+test@contoso.com", "ana+test@contoso.com"),
        ("i:0#.f|membership|ana@contoso.com", "ana@contoso.com"),
        ("nobody#ana@contoso.com", "nobody#ana@contoso.com"),
    ],
)
def test_an_account_that_is_not_encoded_is_still_the_one_meant(account, expected):
    """Whose picture it should be is what the page's author wrote, not what the browser sends."""
    assert account_in(f"{PHOTO}?size=M&accountname={account}") == expected


@pytest.mark.parametrize(
    ("url", "asks"),
    [
        (f"{GRAPH}/me/photos/48x48/$value", True),
        (f"{LOKI}?aadObjectId={GUID}", True),
        ("https://substrate.office.com/profile/v1.0/me/image", True),
        ("https://m365.cloud.microsoft/photos/users/1/photo?t=1", True),
        (f"{OWA}?email=ana@contoso.com", True),
        (f"{CDN}?size=L", True),
        (f"{GRAPH}/me", False),
        ("https://eur.loki.delve.office.com/api/v2/person?smtp=ana@contoso.com", False),
        ("https://m365.cloud.microsoft/static/persona-card.svg", False),
        ("https://browser.events.data.microsoft.com/OneCollector/1.0/?photo=1", False),
    ],
)
def test_a_request_for_a_photo_is_told_from_others(url, asks):
    """The path says that a photo is requested; what belongs to the page, and telemetry, is something else."""
    assert asks == asks_for_photo(url)
